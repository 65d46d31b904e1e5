import type { WebhookShape } from 'lockstep/admin-api/answers';
import { useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { eventPhrases } from './event-phrases.ts';

interface WebhookActionsProps {
  readonly provider: string;
  readonly webhook: WebhookShape;
}

interface Outcome {
  readonly delivered: boolean;
  readonly error?: string;
}

/** Sends an endpoint a test event, and switches it off and on. */
export function WebhookActions({ provider, webhook }: WebhookActionsProps) {
  const say = usePhrases(eventPhrases);
  const toasts = useToasts();
  const { id, url, isOn } = webhook;
  const list = ['providers', provider, 'webhooks'];
  const change = useChange({ renews: [list] });
  const tried = useChange<Outcome>({
    renews: [],
    onDone: ({ delivered, error = '' }) => {
      if (delivered) toasts.done(say('testTaken'));
      else toasts.failed(new Error(say('testRefused', { error })));
    },
  });
  return (
    <>
      <Button
        kind="quiet"
        isBusy={tried.isPending}
        aria-label={say('sendTestNamed', { url })}
        onClick={() => tried.mutate({ method: 'POST', path: [...list, id, 'test'] }, { onError: toasts.failed })}
      >
        {say('sendTest')}
      </Button>
      <Button
        kind="quiet"
        isBusy={change.isPending}
        aria-label={say(isOn ? 'switchOffNamed' : 'switchOnNamed', { url })}
        onClick={() =>
          change.mutate({ method: 'PATCH', path: [...list, id], body: { isOn: !isOn } }, { onError: toasts.failed })
        }
      >
        {say(isOn ? 'switchOff' : 'switchOn')}
      </Button>
    </>
  );
}
