import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ProviderShape, RequestShape, RequestSummaryShape } from 'lockstep/admin-api/answers';
import { apiQuery, type Page, pageQuery } from '../../../api/use-api.ts';
import { Button } from '../../../design/Button.tsx';
import { Pager } from '../../../design/Pager.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { EmptyState, Loaded } from '../../../design/states.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { DeviationSummary } from './DeviationSummary.tsx';
import { requestPhrases } from './phrases.ts';
import { RequestDrawer } from './RequestDrawer.tsx';
import { RequestFilters } from './RequestFilters.tsx';
import { RequestTable } from './RequestTable.tsx';
import { isRequestFiltered, type RequestFilter, requestFilterOf, requestQueryOf } from './request-search.ts';

const PAGE = 50;
const STAY = { resetScroll: false } as const;
const EMPTY_TEXTS = { off: 'emptyOff', problems: 'emptyProblems', all: 'emptyAll' } as const;

/** What the clients of a tenant sent, newest first, and how it departs from the protocol. */
export function RequestsTab({ provider }: { readonly provider: ProviderShape }) {
  const say = usePhrases(requestPhrases);
  const search = useSearch({ from: '/providers/$provider' });
  const navigate = useNavigate({ from: '/providers/$provider' });
  const { after, row } = search;
  const filter = requestFilterOf(search);
  const path = ['providers', provider.id, 'requests'];
  const query = useQuery(pageQuery<Page<RequestShape>>(path, { ...requestQueryOf(filter), after, limit: PAGE }));
  const summary = useQuery(apiQuery<RequestSummaryShape>([...path, 'summary']));
  const page = { tab: 'requests', ...filter, ...(after === undefined ? {} : { after }) } as const;
  const show = (next: RequestFilter) => navigate({ search: { tab: 'requests', ...next }, ...STAY });
  const refresh = () => Promise.all([query.refetch(), summary.refetch()]);
  return (
    <div className="grid gap-4">
      <Loaded query={summary} lines={3}>
        {(shown) => (
          <DeviationSummary provider={provider} summary={shown} onShow={(code) => show({ deviation: code })} />
        )}
      </Loaded>
      <RequestFilters search={filter} onChange={show} />
      <Panel
        title={say('requests')}
        actions={
          <Button isBusy={query.isFetching} onClick={refresh}>
            {say('refresh')}
          </Button>
        }
        isFlush
      >
        <Loaded query={query} lines={10}>
          {({ items, next }) =>
            items.length === 0 ? (
              <EmptyState title={say(isRequestFiltered(filter) ? 'noMatch' : 'empty')}>
                {isRequestFiltered(filter) ? undefined : say(EMPTY_TEXTS[summary.data?.mode ?? 'problems'])}
              </EmptyState>
            ) : (
              <>
                <RequestTable
                  requests={items}
                  marked={row}
                  onOpen={({ number }) => navigate({ search: { ...page, row: String(number) }, ...STAY })}
                />
                <Pager
                  after={after}
                  next={next}
                  summary={say('newestFirst')}
                  onGo={(to) =>
                    navigate({ search: { tab: 'requests', ...filter, ...(to === undefined ? {} : { after: to }) } })
                  }
                />
              </>
            )
          }
        </Loaded>
      </Panel>
      {row !== undefined && (
        <RequestDrawer
          key={row}
          provider={provider.id}
          number={row}
          onClose={() => navigate({ search: page, ...STAY })}
        />
      )}
    </div>
  );
}
