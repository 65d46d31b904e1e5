import { useState } from 'react';
import { useChange } from '../../../api/use-api.ts';
import { Button } from '../../../design/Button.tsx';
import { Dialog } from '../../../design/Dialog.tsx';
import { SelectField, TextAreaField } from '../../../design/Field.tsx';
import { ErrorState } from '../../../design/states.tsx';
import { useToasts } from '../../../design/Toasts.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { type Principal, PrincipalPicker } from '../../../pickers/PrincipalPicker.tsx';
import { readNames } from '../../assignments/read-names.ts';
import { groupPhrases } from './phrases.ts';

interface AddMembersDialogProps {
  readonly group: string;
  readonly name: string;
  readonly onClose: () => void;
}

/** So many the server takes at once. */
const MEMBERS_MAX = 1_000;

/** Adds people and groups to a group: picked one after the other, or from a pasted list, all or none. */
export function AddMembersDialog({ group, name, onClose }: AddMembersDialogProps) {
  const say = usePhrases(groupPhrases);
  const toasts = useToasts();
  const [kind, setKind] = useState<'users' | 'groups' | 'list'>('users');
  const [picked, setPicked] = useState<readonly Principal[]>([]);
  const [list, setList] = useState('');
  const change = useChange<{ readonly isChanged: boolean }>({
    renews: [['directory']],
    onDone: ({ isChanged }) => {
      toasts.done(say(isChanged ? 'added' : 'nothingAdded'));
      onClose();
    },
  });
  const names = [...picked.map(({ objectId }) => objectId), ...readNames(list)];
  const isTooMany = names.length > MEMBERS_MAX;
  const add = (): void =>
    change.mutate({ method: 'POST', path: ['directory', 'groups', group, 'members'], body: { add: names } });
  const actions = (
    <>
      <Button onClick={onClose}>{say('cancel')}</Button>
      <Button kind="primary" disabled={names.length === 0 || isTooMany} isBusy={change.isPending} onClick={add}>
        {say('addCount', { n: names.length })}
      </Button>
    </>
  );
  return (
    <Dialog isOpen isSticky onClose={onClose} title={say('addTitle', { name })} actions={actions}>
      <div className="grid gap-3">
        <SelectField
          label={say('addKind')}
          value={kind}
          choices={[
            { value: 'users', label: say('people') },
            { value: 'groups', label: say('aGroup') },
            { value: 'list', label: say('list') },
          ]}
          onValue={setKind}
        />
        {kind === 'list' ? (
          <TextAreaField
            label={say('listNames')}
            hint={say('listHint')}
            rows={8}
            value={list}
            error={isTooMany ? say('tooMany') : undefined}
            onValue={setList}
          />
        ) : (
          <PrincipalPicker
            key={kind}
            kind={kind}
            // Never takes a pick in, so that it is empty again and the next can be typed at once.
            value={undefined}
            onPick={(one) => one !== undefined && setPicked([...without(picked, one), one])}
          />
        )}
        <Chosen picked={picked} onDrop={(one) => setPicked(without(picked, one))} />
        {change.error !== null && <ErrorState error={change.error} />}
      </div>
    </Dialog>
  );
}

interface ChosenProps {
  readonly picked: readonly Principal[];
  readonly onDrop: (principal: Principal) => void;
}

function Chosen({ picked, onDrop }: ChosenProps) {
  const say = usePhrases(groupPhrases);
  return (
    <section aria-label={say('chosen')}>
      <h3 className="font-medium">{say('chosen')}</h3>
      {picked.length === 0 && <p className="text-muted">{say('noneChosen')}</p>}
      <ul className="grid gap-1">
        {picked.map((one) => (
          <li key={one.objectId} className="flex items-center justify-between gap-2">
            <span className="min-w-0 break-words">
              {one.label} <span className="text-muted text-xs">{one.detail}</span>
            </span>
            <Button kind="quiet" aria-label={say('takeBack', { name: one.label })} onClick={() => onDrop(one)}>
              <span aria-hidden="true">✕</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function without(picked: readonly Principal[], one: Principal): readonly Principal[] {
  return picked.filter(({ objectId }) => objectId !== one.objectId);
}
