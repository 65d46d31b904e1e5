import type { LogShape } from 'lockstep/admin-api/answers';
import type { Tone } from '../../design/Badge.tsx';

/** What a status means to the reader. */
export const statusTones: Readonly<Record<LogShape['status'], Tone>> = {
  success: 'success',
  warning: 'warning',
  failure: 'danger',
  skipped: 'neutral',
};

/** So many changed properties are named in a line. */
const NAMED = 3;

/** What a record says in one line: the reason when there is one, else what changed, else the last step. */
export function recordText(
  record: Pick<LogShape, 'error' | 'modifiedProperties' | 'steps'>,
  changed: (what: string) => string,
): string {
  const { error, modifiedProperties, steps } = record;
  if (error !== undefined) return error.reason;
  if (modifiedProperties.length > 0) {
    const names = modifiedProperties.slice(0, NAMED).map(({ displayName }) => displayName);
    const rest = modifiedProperties.length - names.length;
    return changed(rest > 0 ? `${names.join(', ')} +${rest}` : names.join(', '));
  }
  return steps.at(-1)?.description ?? '';
}

/** A body as it went over the wire, set out by its members; text that is no JSON stays as it is. */
export function prettyBody(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

/** A day and time as `<input type="datetime-local">` writes it, as the API takes it; `undefined` for anything else. */
export function toInstant(local: string): string | undefined {
  const at = new Date(local);
  return local === '' || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** An instant as `<input type="datetime-local">` takes it, in the reader's own time. */
export function toLocalInput(instant: string | undefined): string {
  if (instant === undefined) return '';
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return '';
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
