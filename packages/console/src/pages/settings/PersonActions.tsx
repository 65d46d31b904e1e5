import type { PersonShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { SecretOnce } from '../../design/CopyText.tsx';
import { ConfirmDialog, Dialog } from '../../design/Dialog.tsx';
import { SelectField } from '../../design/Field.tsx';
import { ErrorState } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { settingsPhrases } from './phrases.ts';
import { isRole, useRoleChoices } from './roles.ts';

/** The role of a person, which counts from the next request on. */
export function RoleSelect({ person }: { readonly person: PersonShape }) {
  const say = usePhrases(settingsPhrases);
  const toasts = useToasts();
  const choices = useRoleChoices();
  const change = useChange({ renews: [['people'], ['me']] });
  if (!isRole(person.role)) return person.role;
  return (
    <SelectField
      label={say('roleOf', { name: person.name })}
      hidesLabel
      value={person.role}
      choices={choices}
      disabled={change.isPending}
      onValue={(role) =>
        change.mutate(
          { method: 'PATCH', path: ['people', person.id], body: { role } },
          { onSuccess: () => toasts.done(say('roleSaved', { name: person.name })), onError: toasts.failed },
        )
      }
    />
  );
}

/** A new link to choose a password, and the removal of a person. */
export function PersonActions({ person }: { readonly person: PersonShape }) {
  const say = usePhrases(settingsPhrases);
  const toasts = useToasts();
  const [isAsking, setAsking] = useState(false);
  const link = useChange<{ readonly link: string }>({ renews: [['people']] });
  const remove = useChange({
    renews: [['people']],
    onDone: () => {
      setAsking(false);
      toasts.done(say('personRemoved', { name: person.name }));
    },
  });
  const path = ['people', person.id];
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        isBusy={link.isPending}
        aria-label={say('newLinkFor', { name: person.name })}
        onClick={() => link.mutate({ method: 'POST', path: [...path, 'link'] }, { onError: toasts.failed })}
      >
        {say('newLink')}
      </Button>
      <Button kind="danger" aria-label={say('removePerson', { name: person.name })} onClick={() => setAsking(true)}>
        {say('remove')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={say('removePerson', { name: person.name })}
        verb={say('remove')}
        typed={person.name}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate({ method: 'DELETE', path })}
      >
        <p>{say('removePersonText')}</p>
        {remove.error !== null && <ErrorState error={remove.error} />}
      </ConfirmDialog>
      <Dialog isOpen={link.data !== undefined} isSticky onClose={link.reset} title={say('newLink')}>
        {link.data !== undefined && (
          <div className="grid gap-3">
            <p>{say('linkText', { name: person.name })}</p>
            <SecretOnce label={say('link')} text={link.data.link} />
          </div>
        )}
      </Dialog>
    </div>
  );
}
