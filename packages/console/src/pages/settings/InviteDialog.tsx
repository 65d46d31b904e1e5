import { useState } from 'react';
import { useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { SecretOnce } from '../../design/CopyText.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { SelectField, TextField } from '../../design/Field.tsx';
import { ErrorState } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { settingsPhrases } from './phrases.ts';
import { type ConsoleRole, useRoleChoices } from './roles.ts';

/** Invites a person: a name and a role, and then the link to choose a password, this once. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const say = usePhrases(settingsPhrases);
  const choices = useRoleChoices();
  const [name, setName] = useState('');
  const [role, setRole] = useState<ConsoleRole>('auditor');
  const change = useChange<{ readonly link: string }>({ renews: [['people']] });
  const made = change.data;
  const invite = (
    <Button
      kind="primary"
      disabled={name.trim() === ''}
      isBusy={change.isPending}
      onClick={() => change.mutate({ method: 'POST', path: ['people'], body: { name: name.trim(), role } })}
    >
      {say('invite')}
    </Button>
  );
  return (
    <Dialog
      isOpen
      isSticky
      onClose={onClose}
      title={say('inviteTitle')}
      actions={made === undefined ? invite : <Button onClick={onClose}>{say('close')}</Button>}
    >
      {made === undefined ? (
        <div className="grid gap-3">
          <TextField label={say('name')} value={name} onValue={setName} />
          <SelectField label={say('role')} value={role} choices={choices} onValue={setRole} />
          {change.error !== null && <ErrorState error={change.error} />}
        </div>
      ) : (
        <div className="grid gap-3">
          <p>{say('linkText', { name })}</p>
          <SecretOnce label={say('link')} text={made.link} />
        </div>
      )}
    </Dialog>
  );
}
