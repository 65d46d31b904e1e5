import type { WebhookShape } from 'lockstep/admin-api/answers';
import { Badge } from '../../design/Badge.tsx';
import { Button } from '../../design/Button.tsx';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { TimeText } from '../../design/TimeText.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { eventPhrases } from './event-phrases.ts';
import { WebhookActions } from './WebhookActions.tsx';
import { healthOf } from './webhook-health.ts';

interface WebhookTableProps {
  readonly provider: string;
  readonly webhooks: readonly WebhookShape[];
  readonly onLetters: (webhook: WebhookShape) => void;
  readonly onRemove: (webhook: WebhookShape) => void;
}

/** Endpoints with how they stand and what can be done. */
export function WebhookTable({ provider, webhooks, onLetters, onRemove }: WebhookTableProps) {
  const say = usePhrases(eventPhrases);
  const columns: readonly Column<WebhookShape>[] = [
    { id: 'url', header: say('url'), cell: ({ url }) => <span className="break-all">{url}</span> },
    { id: 'state', header: say('state'), cell: (webhook) => <Health webhook={webhook} /> },
    { id: 'position', header: say('told'), align: 'end', cell: ({ position }) => position.toLocaleString() },
    { id: 'created', header: say('created'), cell: ({ createdAt }) => <TimeText at={createdAt} /> },
    {
      id: 'actions',
      header: say('actions'),
      hidesHeader: true,
      cell: (webhook) => (
        <span className="flex flex-wrap justify-end gap-1">
          <WebhookActions provider={provider} webhook={webhook} />
          <Button kind="quiet" aria-label={say('lettersOf', { url: webhook.url })} onClick={() => onLetters(webhook)}>
            {say('letters')}
          </Button>
          <Button kind="quiet" aria-label={say('removeNamed', { url: webhook.url })} onClick={() => onRemove(webhook)}>
            {say('remove')}
          </Button>
        </span>
      ),
    },
  ];
  return <DataTable caption={say('webhooks')} columns={columns} rows={webhooks} keyOf={({ id }) => id} />;
}

function Health({ webhook }: { readonly webhook: WebhookShape }) {
  const say = usePhrases(eventPhrases);
  const health = healthOf(webhook);
  if (health.is === 'well') return <Badge tone="success">{say('well')}</Badge>;
  if (health.is === 'off') return <Badge>{say('off')}</Badge>;
  return (
    <div className="grid gap-1">
      <span>
        <Badge tone="warning">{say('retrying', { n: health.attempts })}</Badge>
      </span>
      <span className="break-words text-muted text-xs">
        {health.error} · {say('nextTry')} <TimeText at={health.nextAt} />
      </span>
    </div>
  );
}
