import { useState } from 'react';
import { useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { SecretOnce } from '../../design/CopyText.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { TextField } from '../../design/Field.tsx';
import { ErrorState } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { eventPhrases } from './event-phrases.ts';
import { isEndpointUrl } from './webhook-health.ts';

interface AddWebhookDialogProps {
  readonly provider: string;
  readonly onClose: () => void;
}

/** Adds an endpoint; its signing secret is shown this once. */
export function AddWebhookDialog({ provider, onClose }: AddWebhookDialogProps) {
  const say = usePhrases(eventPhrases);
  const [url, setUrl] = useState('');
  const change = useChange<{ readonly secret: string }>({ renews: [['providers', provider, 'webhooks']] });
  const made = change.data;
  const isWrong = url.trim() !== '' && !isEndpointUrl(url);
  const add = (): void =>
    change.mutate({ method: 'POST', path: ['providers', provider, 'webhooks'], body: { url: url.trim() } });
  const actions =
    made === undefined ? (
      <>
        <Button onClick={onClose}>{say('cancel')}</Button>
        <Button kind="primary" disabled={!isEndpointUrl(url)} isBusy={change.isPending} onClick={add}>
          {say('add')}
        </Button>
      </>
    ) : (
      <Button kind="primary" onClick={onClose}>
        {say('close')}
      </Button>
    );
  return (
    <Dialog isOpen isSticky onClose={onClose} title={say('add')} actions={actions}>
      {made === undefined ? (
        <div className="grid gap-3">
          <TextField
            label={say('url')}
            hint={say('urlHint')}
            inputMode="url"
            spellCheck={false}
            maxLength={2_000}
            value={url}
            error={isWrong ? say('urlFault') : undefined}
            onValue={setUrl}
          />
          {change.error !== null && <ErrorState error={change.error} />}
        </div>
      ) : (
        <div className="grid gap-3">
          <p>{say('secretText')}</p>
          <SecretOnce label={say('secret')} text={made.secret} />
        </div>
      )}
    </Dialog>
  );
}
