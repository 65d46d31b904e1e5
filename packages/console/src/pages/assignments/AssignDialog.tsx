import { useQuery } from '@tanstack/react-query';
import type { AppRoleShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { apiQuery, type Page, useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { SelectField, TextAreaField } from '../../design/Field.tsx';
import { ErrorState } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { type Principal, PrincipalPicker } from '../../pickers/PrincipalPicker.tsx';
import { phrases } from './phrases.ts';
import { readNames } from './read-names.ts';

/** Assigns one person or group, or everybody on a pasted list, with a role. */
export function AssignDialog({ app, onClose }: { readonly app: string; readonly onClose: () => void }) {
  const say = usePhrases(phrases);
  const toasts = useToasts();
  const [kind, setKind] = useState<'users' | 'groups' | 'list'>('users');
  const [principal, setPrincipal] = useState<Principal>();
  const [list, setList] = useState('');
  const [role, setRole] = useState('');
  const roles = useQuery(apiQuery<Page<AppRoleShape>>(['apps', app, 'roles']));
  const change = useChange<{ readonly added: number }>({
    renews: [['apps', app]],
    onDone: ({ added }) => {
      toasts.done(say('assigned', { n: added }));
      onClose();
    },
  });
  const names = kind === 'list' ? readNames(list) : principal === undefined ? [] : [principal.objectId];
  const roleChoices = [
    { value: '', label: say('defaultAccess') },
    ...(roles.data?.items ?? [])
      .filter((one) => one.isEnabled)
      .map((one) => ({ value: one.value, label: one.displayName })),
  ];
  const assign = (): void => {
    const one = (name: string) => (kind === 'groups' ? { group: name } : { user: name });
    const add = names.map((name) => ({ ...one(name), ...(role === '' ? {} : { roles: [role] }) }));
    change.mutate({ method: 'POST', path: ['apps', app, 'assignments', 'batch'], body: { add } });
  };
  const actions = (
    <>
      <Button onClick={onClose}>{say('cancel')}</Button>
      <Button kind="primary" disabled={names.length === 0} isBusy={change.isPending} onClick={assign}>
        {say('assign')}
      </Button>
    </>
  );
  return (
    <Dialog isOpen isSticky onClose={onClose} title={say('assignTitle')} actions={actions}>
      <div className="grid gap-3">
        <SelectField
          label={say('whom')}
          value={kind}
          choices={[
            { value: 'users', label: say('onePerson') },
            { value: 'groups', label: say('oneGroup') },
            { value: 'list', label: say('manyPeople') },
          ]}
          onValue={(next) => {
            setKind(next);
            setPrincipal(undefined);
          }}
        />
        {kind === 'list' ? (
          <TextAreaField label={say('list')} hint={say('listHint')} rows={8} value={list} onValue={setList} />
        ) : (
          <PrincipalPicker key={kind} kind={kind} value={principal} onPick={setPrincipal} />
        )}
        <SelectField label={say('role')} value={role} choices={roleChoices} onValue={setRole} />
        {change.error !== null && <ErrorState error={change.error} />}
      </div>
    </Dialog>
  );
}
