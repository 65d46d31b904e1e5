import { useState } from 'react';
import { useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { CopyText, SecretOnce } from '../../design/CopyText.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { SelectField, TextAreaField, TextField } from '../../design/Field.tsx';
import { ErrorState } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { providerPhrases } from './phrases.ts';
import { readLines } from './read-lines.ts';

const PROFILES = ['generic', 'zenya', 'zero', 'ziflow', 'zenvoices'] as const;

interface MadeProvider {
  readonly title: string;
  readonly scimUrl: string;
  readonly token: string;
}

/** "Add provider": a title, optionally addresses, and then the token, this once. */
export function AddProviderDialog({ onClose }: { readonly onClose: () => void }) {
  const say = usePhrases(providerPhrases);
  const [title, setTitle] = useState('');
  const [profile, setProfile] = useState<(typeof PROFILES)[number]>('generic');
  const [addresses, setAddresses] = useState('');
  const change = useChange<MadeProvider>({ renews: [['providers']] });
  const made = change.data;
  const add = (): void =>
    change.mutate({
      method: 'POST',
      path: ['providers'],
      body: { title: title.trim(), profile, allowedAddresses: readLines(addresses) },
    });
  const actions =
    made === undefined ? (
      <>
        <Button onClick={onClose}>{say('cancel')}</Button>
        <Button kind="primary" disabled={title.trim() === ''} isBusy={change.isPending} onClick={add}>
          {say('add')}
        </Button>
      </>
    ) : (
      <Button kind="primary" onClick={onClose}>
        {say('close')}
      </Button>
    );
  return (
    <Dialog
      isOpen
      isSticky
      onClose={onClose}
      title={made === undefined ? say('add') : say('made', { title: made.title })}
      actions={actions}
    >
      {made === undefined ? (
        <div className="grid gap-3">
          <TextField label={say('name')} value={title} onValue={setTitle} />
          <SelectField
            label={say('profile')}
            value={profile}
            choices={PROFILES.map((value) => ({ value, label: value }))}
            onValue={setProfile}
          />
          <TextAreaField
            label={say('addresses')}
            hint={say('addressesHint')}
            value={addresses}
            onValue={setAddresses}
          />
          {change.error !== null && <ErrorState error={change.error} />}
        </div>
      ) : (
        <div className="grid gap-4">
          <div>
            <p className="font-medium">{say('tenantUrl')}</p>
            <CopyText label={say('tenantUrl')} text={made.scimUrl} />
          </div>
          <SecretOnce label={say('token')} text={made.token} />
        </div>
      )}
    </Dialog>
  );
}
