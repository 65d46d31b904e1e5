import { useState } from 'react';
import { useChange } from '../../../api/use-api.ts';
import { Button } from '../../../design/Button.tsx';
import { TextField } from '../../../design/Field.tsx';
import { ErrorState } from '../../../design/states.tsx';
import { useToasts } from '../../../design/Toasts.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { isComplete, NO_PASSWORDS, type PasswordDraft, passwordFaults } from './password-draft.ts';
import { accountPhrases } from './phrases.ts';

/** Changes the own password; the current one is asked for. */
export function PasswordForm() {
  const say = usePhrases(accountPhrases);
  const toasts = useToasts();
  const [draft, setDraft] = useState(NO_PASSWORDS);
  const change = useChange({
    renews: [['me', 'sessions']],
    onDone: () => {
      setDraft(NO_PASSWORDS);
      toasts.done(say('changed'));
    },
  });
  const faults = passwordFaults(draft);
  const field = (name: keyof PasswordDraft) => {
    const fault = faults.get(name);
    return {
      label: say(name),
      type: 'password',
      autoComplete: name === 'current' ? 'current-password' : 'new-password',
      value: draft[name],
      onValue: (value: string) => setDraft({ ...draft, [name]: value }),
      ...(fault === undefined ? {} : { error: say(fault) }),
    } as const;
  };
  return (
    <form
      className="grid max-w-md gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const body = { currentPassword: draft.current, newPassword: draft.next };
        change.mutate({ method: 'POST', path: ['me', 'password'], body });
      }}
    >
      <p className="text-muted">{say('passwordText')}</p>
      <TextField {...field('current')} />
      <TextField {...field('next')} hint={say('nextHint')} />
      <TextField {...field('again')} />
      {change.error !== null && <ErrorState error={change.error} />}
      <div>
        <Button kind="primary" type="submit" disabled={!isComplete(draft)} isBusy={change.isPending}>
          {say('change')}
        </Button>
      </div>
    </form>
  );
}
