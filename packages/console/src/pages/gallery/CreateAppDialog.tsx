import { useNavigate } from '@tanstack/react-router';
import type { TemplateShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { TextField } from '../../design/Field.tsx';
import { ErrorState } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { galleryPhrases } from './phrases.ts';

interface CreateAppDialogProps {
  readonly template: TemplateShape;
  readonly onClose: () => void;
}

interface MadeApp {
  readonly id?: string;
}

/** "Create": name, address and token; the schedule stays off until somebody switches it on. */
export function CreateAppDialog({ template, onClose }: CreateAppDialogProps) {
  const say = usePhrases(galleryPhrases);
  const toasts = useToasts();
  const navigate = useNavigate();
  const [name, setName] = useState(template.title);
  const [tenantUrl, setTenantUrl] = useState('');
  const [token, setToken] = useState('');
  const { connection } = template;
  const change = useChange<MadeApp>({
    renews: [['apps'], ['status']],
    onDone: ({ id }) => {
      toasts.done(say('made', { name }));
      void navigate({ to: '/apps/$app/connection', params: { app: id ?? name } });
    },
  });
  const create = (): void =>
    change.mutate({
      method: 'POST',
      path: ['apps'],
      body: {
        name: name.trim(),
        template: template.template,
        tenantUrl: tenantUrl.trim(),
        ...(token === '' ? {} : { secretToken: token }),
        schedule: { enabled: false },
      },
    });
  const isReady = name.trim() !== '' && /^https?:\/\/\S+$/i.test(tenantUrl.trim());
  const actions = (
    <>
      <Button onClick={onClose}>{say('cancel')}</Button>
      <Button kind="primary" disabled={!isReady} isBusy={change.isPending} onClick={create}>
        {say('create')}
      </Button>
    </>
  );
  return (
    <Dialog isOpen isSticky onClose={onClose} title={say('createTitle')} actions={actions}>
      <div className="grid gap-3">
        <TextField label={say('name')} value={name} onValue={setName} />
        <TextField
          label={say('tenantUrl')}
          hint={connection.tenantUrlHint}
          value={tenantUrl}
          onValue={setTenantUrl}
          inputMode="url"
          spellCheck={false}
        />
        <TextField
          label={connection.tokenLabel}
          hint={connection.tokenHint}
          type="password"
          autoComplete="new-password"
          value={token}
          onValue={setToken}
        />
        <p className="text-muted">{say('offText')}</p>
        {template.setupGuide.length > 0 && (
          <details>
            <summary className="cursor-pointer font-medium">{say('guide')}</summary>
            <ol className="mt-2 grid list-decimal gap-1 pl-5">
              {template.setupGuide.map((step) => (
                <li key={step.title}>
                  <span className="font-medium">{step.title}.</span> {step.text}
                </li>
              ))}
            </ol>
          </details>
        )}
        {change.error !== null && <ErrorState error={change.error} />}
      </div>
    </Dialog>
  );
}
