import { useState } from 'react';
import { Button } from '../../../design/Button.tsx';
import { Dialog } from '../../../design/Dialog.tsx';
import { CheckField, TextField } from '../../../design/Field.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { roleTablePhrases } from './phrases.ts';
import { type Role, roleFault } from './role-table-draft.ts';

interface RoleDialogProps {
  /** Absent for a new one. */
  readonly role: Role | undefined;
  /** Names that are taken. */
  readonly others: readonly string[];
  readonly isListed: boolean;
  readonly onClose: () => void;
  readonly onRole: (role: Role) => void;
}

/** One role; it is saved with the whole table. */
export function RoleDialog({ role, others, isListed, onClose, onRole }: RoleDialogProps) {
  const say = usePhrases(roleTablePhrases);
  const start = { name: role?.name ?? '', title: role?.title ?? '', isAdministrator: role?.isAdministrator ?? false };
  const [draft, setDraft] = useState(start);
  const [isTried, setTried] = useState(false);
  const fault = roleFault(draft.name, others, isListed);
  const take = (): void => {
    setTried(true);
    if (fault !== undefined) return;
    const { isAdministrator } = draft;
    const title = draft.title.trim();
    onRole({ name: draft.name.trim(), isAdministrator, ...(title === '' ? {} : { title }) });
  };
  const actions = (
    <>
      <Button onClick={onClose}>{say('cancel')}</Button>
      <Button kind="primary" onClick={take}>
        {say('done')}
      </Button>
    </>
  );
  return (
    <Dialog
      isOpen
      isSticky
      isDirty={JSON.stringify(draft) !== JSON.stringify(start)}
      onClose={onClose}
      title={role === undefined ? say('addRole') : say('editNamed', { name: role.name })}
      actions={actions}
    >
      <div className="grid gap-3">
        <TextField
          label={say('name')}
          hint={say('nameHint')}
          maxLength={200}
          spellCheck={false}
          value={draft.name}
          error={isTried && fault !== undefined ? say(fault) : undefined}
          onValue={(name) => setDraft({ ...draft, name })}
        />
        <TextField
          label={say('title')}
          hint={say('titleHint')}
          maxLength={200}
          value={draft.title}
          onValue={(title) => setDraft({ ...draft, title })}
        />
        <CheckField
          label={say('administrates')}
          checked={draft.isAdministrator}
          onValue={(isAdministrator) => setDraft({ ...draft, isAdministrator })}
        />
      </div>
    </Dialog>
  );
}
