/** What is typed to change the password. */
export interface PasswordDraft {
  readonly current: string;
  readonly next: string;
  readonly again: string;
}

export const NO_PASSWORDS: PasswordDraft = { current: '', next: '', again: '' };

/** As the server asks; whether the password is good in other ways it says itself. */
const LENGTH_MIN = 12;

/** What is wrong with the draft, by field; empty fields are not wrong yet. */
export function passwordFaults({
  next,
  again,
}: PasswordDraft): ReadonlyMap<keyof PasswordDraft, 'tooShort' | 'differs'> {
  const faults = new Map<keyof PasswordDraft, 'tooShort' | 'differs'>();
  if (next !== '' && [...next].length < LENGTH_MIN) faults.set('next', 'tooShort');
  if (again !== '' && again !== next) faults.set('again', 'differs');
  return faults;
}

/** Whether everything is there to be sent. */
export function isComplete(draft: PasswordDraft): boolean {
  const { current, next, again } = draft;
  return current !== '' && next !== '' && again === next && passwordFaults(draft).size === 0;
}
