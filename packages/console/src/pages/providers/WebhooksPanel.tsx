import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { WebhookShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { apiQuery, type Page, useChange } from '../../api/use-api.ts';
import { Badge } from '../../design/Badge.tsx';
import { Button } from '../../design/Button.tsx';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { ConfirmDialog } from '../../design/Dialog.tsx';
import { Panel } from '../../design/Panel.tsx';
import { EmptyState, ErrorState, Loaded } from '../../design/states.tsx';
import { TimeText } from '../../design/TimeText.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { AddWebhookDialog } from './AddWebhookDialog.tsx';
import { DeadLettersDrawer } from './DeadLettersDrawer.tsx';
import { eventPhrases } from './event-phrases.ts';
import { healthOf } from './webhook-health.ts';

/** Endpoints that are told what happens in a tenant. */
export function WebhooksPanel({ provider }: { readonly provider: string }) {
  const say = usePhrases(eventPhrases);
  const { after, row } = useSearch({ from: '/providers/$provider' });
  const navigate = useNavigate({ from: '/providers/$provider' });
  const [isAdding, setAdding] = useState(false);
  const [doomed, setDoomed] = useState<WebhookShape>();
  const query = useQuery(apiQuery<Page<WebhookShape>>(['providers', provider, 'webhooks']));
  const page = { tab: 'events', ...(after === undefined ? {} : { after }) } as const;
  const add = <Button onClick={() => setAdding(true)}>{say('add')}</Button>;
  return (
    <Panel title={say('webhooks')} actions={add} isFlush>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={say('noWebhooks')}>{say('noWebhooksText')}</EmptyState>
          ) : (
            <WebhookTable
              webhooks={items}
              onLetters={({ id }) => navigate({ search: { ...page, row: id }, resetScroll: false })}
              onRemove={setDoomed}
            />
          )
        }
      </Loaded>
      {isAdding && <AddWebhookDialog provider={provider} onClose={() => setAdding(false)} />}
      {doomed !== undefined && (
        <RemoveWebhookDialog provider={provider} webhook={doomed} onClose={() => setDoomed(undefined)} />
      )}
      {row !== undefined && (
        <DeadLettersDrawer
          provider={provider}
          webhook={row}
          onClose={() => navigate({ search: page, resetScroll: false })}
        />
      )}
    </Panel>
  );
}

interface WebhookTableProps {
  readonly webhooks: readonly WebhookShape[];
  readonly onLetters: (webhook: WebhookShape) => void;
  readonly onRemove: (webhook: WebhookShape) => void;
}

function WebhookTable({ webhooks, onLetters, onRemove }: WebhookTableProps) {
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
        <span className="flex justify-end gap-1">
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

interface RemoveWebhookDialogProps {
  readonly provider: string;
  readonly webhook: WebhookShape;
  readonly onClose: () => void;
}

function RemoveWebhookDialog({ provider, webhook, onClose }: RemoveWebhookDialogProps) {
  const say = usePhrases(eventPhrases);
  const toasts = useToasts();
  const change = useChange({
    renews: [['providers', provider, 'webhooks']],
    onDone: () => {
      toasts.done(say('removed'));
      onClose();
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={say('removeTitle')}
      verb={say('remove')}
      isBusy={change.isPending}
      onConfirm={() => change.mutate({ method: 'DELETE', path: ['providers', provider, 'webhooks', webhook.id] })}
    >
      <p className="break-all">{webhook.url}</p>
      <p>{say('removeText')}</p>
      {change.error !== null && <ErrorState error={change.error} />}
    </ConfirmDialog>
  );
}
