import { useQuery } from '@tanstack/react-query';
import type { DeadLetterShape } from 'lockstep/admin-api/answers';
import { apiQuery, type Page, useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { EmptyState, Loaded } from '../../design/states.tsx';
import { TimeText } from '../../design/TimeText.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { eventPhrases } from './event-phrases.ts';

interface DeadLettersDrawerProps {
  readonly provider: string;
  /** Its id. */
  readonly webhook: string;
  readonly onClose: () => void;
}

interface Redelivered {
  readonly delivered: boolean;
  readonly error?: string;
}

/** Events that an endpoint did not take in all attempts; each can be sent once more. */
export function DeadLettersDrawer({ provider, webhook, onClose }: DeadLettersDrawerProps) {
  const say = usePhrases(eventPhrases);
  const toasts = useToasts();
  const path = ['providers', provider, 'webhooks', webhook, 'dead-letters'];
  const query = useQuery(apiQuery<Page<DeadLetterShape>>(path, { limit: 100 }));
  const send = useChange<Redelivered>({
    renews: [path],
    onDone: ({ delivered, error }) => {
      if (delivered) toasts.done(say('delivered'));
      else toasts.failed(new Error(say('notDelivered', { error: error ?? '' })));
    },
  });
  const columns: readonly Column<DeadLetterShape>[] = [
    { id: 'entry', header: say('entry'), align: 'end', cell: ({ entry }) => entry.toLocaleString() },
    { id: 'at', header: say('givenUp'), cell: ({ deadAt }) => <TimeText at={deadAt} /> },
    { id: 'attempts', header: say('attempts'), align: 'end', cell: ({ attempts }) => attempts },
    { id: 'error', header: say('error'), cell: ({ error }) => <span className="break-words">{error}</span> },
    {
      id: 'actions',
      header: say('actions'),
      hidesHeader: true,
      cell: ({ entry }) => (
        <Button
          aria-label={say('redeliverNamed', { entry })}
          isBusy={send.isPending}
          onClick={() =>
            send.mutate({ method: 'POST', path: [...path, String(entry), 'redeliver'] }, { onError: toasts.failed })
          }
        >
          {say('redeliver')}
        </Button>
      ),
    },
  ];
  return (
    <Dialog isOpen as="drawer" onClose={onClose} title={say('letters')}>
      <Loaded query={query}>
        {({ items, next }) =>
          items.length === 0 ? (
            <EmptyState title={say('noLetters')}>{say('noLettersText')}</EmptyState>
          ) : (
            <div className="grid gap-2">
              <DataTable caption={say('letters')} columns={columns} rows={items} keyOf={({ entry }) => String(entry)} />
              {next !== undefined && <p className="text-muted">{say('moreLetters')}</p>}
            </div>
          )
        }
      </Loaded>
    </Dialog>
  );
}
