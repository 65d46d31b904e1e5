import type { AppRoleShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { CheckField, TextField } from '../../design/Field.tsx';
import { ErrorState } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { phrases } from './phrases.ts';
import { draftOfRole, emptyRole, type RoleDraft, roleFault, roleToSave } from './role-draft.ts';

interface RoleDialogProps {
  readonly app: string;
  /** Absent for a new one. */
  readonly role: AppRoleShape | undefined;
  readonly roles: readonly AppRoleShape[];
  readonly onClose: () => void;
}

/** Makes a role, or changes all of it but its value. */
export function RoleDialog({ app, role, roles, onClose }: RoleDialogProps) {
  const say = usePhrases(phrases);
  const toasts = useToasts();
  const start = role === undefined ? emptyRole : draftOfRole(role);
  const [draft, setDraft] = useState<RoleDraft>(start);
  const [isTried, setTried] = useState(false);
  const change = useChange<AppRoleShape>({
    renews: [['apps', app]],
    onDone: ({ displayName }) => {
      toasts.done(say('saved', { name: displayName }));
      onClose();
    },
  });
  const fault = roleFault(
    draft,
    roles.filter(({ id }) => id !== role?.id).map(({ value }) => value),
  );
  const save = (): void => {
    setTried(true);
    if (fault === undefined) change.mutate({ method: 'PUT', path: ['apps', app, 'roles'], body: roleToSave(draft) });
  };
  const actions = (
    <>
      <Button onClick={onClose}>{say('cancel')}</Button>
      <Button kind="primary" isBusy={change.isPending} onClick={save}>
        {say('save')}
      </Button>
    </>
  );
  const title = role === undefined ? say('add') : say('editNamed', { name: role.displayName });
  return (
    <Dialog
      isOpen
      isSticky
      isDirty={JSON.stringify(draft) !== JSON.stringify(start)}
      onClose={onClose}
      title={title}
      actions={actions}
    >
      <div className="grid gap-3">
        <RoleFields
          draft={draft}
          hasFixedValue={role !== undefined}
          fault={isTried ? fault : undefined}
          onDraft={setDraft}
        />
        {change.error !== null && <ErrorState error={change.error} />}
      </div>
    </Dialog>
  );
}

interface RoleFieldsProps {
  readonly draft: RoleDraft;
  readonly hasFixedValue: boolean;
  readonly fault: ReturnType<typeof roleFault>;
  readonly onDraft: (draft: RoleDraft) => void;
}

function RoleFields({ draft, hasFixedValue, fault, onDraft }: RoleFieldsProps) {
  const say = usePhrases(phrases);
  const isOfValue = fault === 'noValue' || fault === 'taken';
  return (
    <>
      <TextField
        label={say('value')}
        hint={say('valueHint')}
        value={draft.value}
        readOnly={hasFixedValue}
        maxLength={200}
        error={isOfValue ? say(fault) : undefined}
        onValue={(value) => onDraft({ ...draft, value })}
      />
      <TextField
        label={say('name')}
        value={draft.displayName}
        onValue={(displayName) => onDraft({ ...draft, displayName })}
      />
      <TextField
        label={say('description')}
        value={draft.description}
        onValue={(description) => onDraft({ ...draft, description })}
      />
      <fieldset className="grid gap-1">
        <legend className="mb-1 font-medium">{say('members')}</legend>
        <CheckField
          label={say('user')}
          checked={draft.forUsers}
          onValue={(forUsers) => onDraft({ ...draft, forUsers })}
        />
        <CheckField
          label={say('group')}
          checked={draft.forGroups}
          onValue={(forGroups) => onDraft({ ...draft, forGroups })}
        />
        {fault === 'noMembers' && (
          <p role="alert" className="text-danger text-xs">
            {say('noMembers')}
          </p>
        )}
      </fieldset>
      <CheckField
        label={say('enabled')}
        checked={draft.isEnabled}
        onValue={(isEnabled) => onDraft({ ...draft, isEnabled })}
      />
    </>
  );
}
