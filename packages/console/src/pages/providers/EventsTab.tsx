import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { EventShape, ProviderShape } from 'lockstep/admin-api/answers';
import { type Page, pageQuery } from '../../api/use-api.ts';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { Pager } from '../../design/Pager.tsx';
import { Panel } from '../../design/Panel.tsx';
import { EmptyState, Loaded } from '../../design/states.tsx';
import { TimeText } from '../../design/TimeText.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { eventPhrases } from './event-phrases.ts';
import { WebhooksPanel } from './WebhooksPanel.tsx';

/** What happened in a tenant, and who is told of it. */
export function EventsTab({ provider }: { readonly provider: ProviderShape }) {
  const say = usePhrases(eventPhrases);
  const { after } = useSearch({ from: '/providers/$provider' });
  const navigate = useNavigate({ from: '/providers/$provider' });
  const query = useQuery(
    pageQuery<Page<EventShape>>(['providers', provider.id, 'events'], { order: 'newest', before: after, limit: 50 }),
  );
  return (
    <div className="grid gap-4">
      <WebhooksPanel provider={provider.id} />
      <Panel title={say('events')} isFlush>
        <Loaded query={query} lines={8}>
          {({ items, next }) =>
            items.length === 0 ? (
              <EmptyState title={say('noEvents')}>{say('noEventsText')}</EmptyState>
            ) : (
              <>
                <EventTable provider={provider.id} events={items} />
                <Pager
                  after={after}
                  next={next}
                  onGo={(to) => navigate({ search: { tab: 'events', ...(to === undefined ? {} : { after: to }) } })}
                />
              </>
            )
          }
        </Loaded>
      </Panel>
    </div>
  );
}

/** Where a resource is shown, by its type. */
const TABS: Readonly<Partial<Record<string, 'accounts' | 'groups'>>> = { User: 'accounts', Group: 'groups' };

interface EventTableProps {
  readonly provider: string;
  readonly events: readonly EventShape[];
}

function EventTable({ provider, events }: EventTableProps) {
  const say = usePhrases(eventPhrases);
  const columns: readonly Column<EventShape>[] = [
    { id: 'at', header: say('at'), cell: ({ at }) => <TimeText at={at} />, className: 'whitespace-nowrap' },
    { id: 'kind', header: say('what'), cell: ({ kind }) => say(kind), className: 'whitespace-nowrap' },
    { id: 'type', header: say('type'), cell: ({ type }) => type },
    {
      id: 'resource',
      header: say('resource'),
      cell: ({ type, resourceId, kind }) =>
        TABS[type] !== undefined && kind !== 'deleted' ? (
          <Link
            to="/providers/$provider"
            params={{ provider }}
            search={{ tab: TABS[type], row: resourceId }}
            className="link break-all font-mono text-xs"
          >
            {resourceId}
          </Link>
        ) : (
          <code className="break-all text-xs">{resourceId}</code>
        ),
    },
    { id: 'other', header: say('member'), cell: ({ otherId }) => <code className="break-all text-xs">{otherId}</code> },
    { id: 'entry', header: say('entry'), align: 'end', cell: ({ entry }) => entry.toLocaleString() },
  ];
  return <DataTable caption={say('events')} columns={columns} rows={events} keyOf={({ entry }) => String(entry)} />;
}
