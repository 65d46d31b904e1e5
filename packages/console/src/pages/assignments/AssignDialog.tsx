import { useQuery } from '@tanstack/react-query';
import type { AppRoleShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { apiQuery, type Page, useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { CheckField, SelectField, TextAreaField } from '../../design/Field.tsx';
import { ErrorState } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { type Principal, PrincipalPicker } from '../../pickers/PrincipalPicker.tsx';
import { phrases } from './phrases.ts';
import { readNames } from './read-names.ts';

/** Assigns one person or group, or everybody on a pasted list, with roles. */
export function AssignDialog({ app, onClose }: { readonly app: string; readonly onClose: () => void }) {
  const say = usePhrases(phrases);
  const toasts = useToasts();
  const [kind, setKind] = useState<'users' | 'groups' | 'list'>('users');
  const [principal, setPrincipal] = useState<Principal>();
  const [list, setList] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const roles = useQuery(apiQuery<Page<AppRoleShape>>(['apps', app, 'roles']));
  const change = useChange<{ readonly added: number }>({
    renews: [['apps', app]],
    onDone: ({ added }) => {
      toasts.done(say('assigned', { n: added }));
      onClose();
    },
  });
  const names = kind === 'list' ? readNames(list) : principal === undefined ? [] : [principal.objectId];
  const assign = (): void => {
    const one = (name: string) => (kind === 'groups' ? { group: name } : { user: name });
    const add = names.map((name) => ({ ...one(name), ...(chosen.length === 0 ? {} : { roles: chosen }) }));
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
        <RoleChoice
          roles={(roles.data?.items ?? []).filter(({ isEnabled }) => isEnabled)}
          chosen={chosen}
          onChosen={setChosen}
        />
        {change.error !== null && <ErrorState error={change.error} />}
      </div>
    </Dialog>
  );
}

interface RoleChoiceProps {
  readonly roles: readonly AppRoleShape[];
  /** Values. */
  readonly chosen: readonly string[];
  readonly onChosen: (values: readonly string[]) => void;
}

/** One role, several, or none: then the app gives its default access. */
function RoleChoice({ roles, chosen, onChosen }: RoleChoiceProps) {
  const say = usePhrases(phrases);
  if (roles.length === 0) return null;
  return (
    <fieldset className="grid max-h-48 gap-2 overflow-auto">
      <legend className="mb-1 font-medium">{say('roles')}</legend>
      <p className="text-muted text-xs">{say('rolesHint')}</p>
      {roles.map(({ value, displayName }) => (
        <CheckField
          key={value}
          label={displayName}
          checked={chosen.includes(value)}
          onValue={(isOn) => onChosen(isOn ? [...chosen, value] : chosen.filter((one) => one !== value))}
        />
      ))}
    </fieldset>
  );
}
