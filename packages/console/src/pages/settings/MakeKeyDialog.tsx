import { useState } from 'react';
import { useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { SecretOnce } from '../../design/CopyText.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { SelectField, TextField } from '../../design/Field.tsx';
import { ErrorState } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { endOfDay } from './end-of-day.ts';
import { settingsPhrases } from './phrases.ts';
import { type ConsoleRole, useRoleChoices } from './roles.ts';

/** Makes a key for a script: what for, as what, until when; the key is shown this once. */
export function MakeKeyDialog({ onClose }: { readonly onClose: () => void }) {
  const say = usePhrases(settingsPhrases);
  const choices = useRoleChoices();
  const [label, setLabel] = useState('');
  const [role, setRole] = useState<ConsoleRole>('auditor');
  const [until, setUntil] = useState('');
  const change = useChange<{ readonly key: string }>({ renews: [['keys']] });
  const made = change.data;
  const make = (
    <Button
      kind="primary"
      disabled={label.trim() === ''}
      isBusy={change.isPending}
      onClick={() =>
        change.mutate({
          method: 'POST',
          path: ['keys'],
          body: { label: label.trim(), role, expiresAt: endOfDay(until) },
        })
      }
    >
      {say('makeKey')}
    </Button>
  );
  return (
    <Dialog
      isOpen
      isSticky
      onClose={onClose}
      title={say('makeKey')}
      actions={made === undefined ? make : <Button onClick={onClose}>{say('close')}</Button>}
    >
      {made === undefined ? (
        <div className="grid gap-3">
          <TextField label={say('label')} hint={say('labelHint')} value={label} onValue={setLabel} />
          <SelectField label={say('role')} value={role} choices={choices} onValue={setRole} />
          <TextField label={say('until')} hint={say('untilHint')} type="date" value={until} onValue={setUntil} />
          {change.error !== null && <ErrorState error={change.error} />}
        </div>
      ) : (
        <SecretOnce label={say('key')} text={made.key} />
      )}
    </Dialog>
  );
}
