import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { WebhookShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { apiQuery, type Page, useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { ConfirmDialog } from '../../design/Dialog.tsx';
import { Panel } from '../../design/Panel.tsx';
import { EmptyState, ErrorState, Loaded } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { AddWebhookDialog } from './AddWebhookDialog.tsx';
import { DeadLettersDrawer } from './DeadLettersDrawer.tsx';
import { eventPhrases } from './event-phrases.ts';
import { WebhookTable } from './WebhookTable.tsx';

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
              provider={provider}
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
