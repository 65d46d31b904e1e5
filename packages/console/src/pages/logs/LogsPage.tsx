import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { LogPageShape, LogShape } from 'lockstep/admin-api/answers';
import { apiUrl, callApi } from '../../api/call-api.ts';
import { pageQuery } from '../../api/use-api.ts';
import { Dialog } from '../../design/Dialog.tsx';
import { Menu } from '../../design/Menu.tsx';
import { Pager } from '../../design/Pager.tsx';
import { PageHeader, Panel } from '../../design/Panel.tsx';
import { EmptyState, Loaded } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { LogFilters } from './LogFilters.tsx';
import { LogTable } from './LogTable.tsx';
import { isFiltered, type LogSearch, logQueryOf, withoutPlace } from './log-search.ts';
import { logPhrases } from './phrases.ts';
import { type RecordTab, RecordView } from './RecordView.tsx';

const PAGE = 50;

/** The provisioning log over all apps. Filters, place and the open record live in the address. */
export function LogsPage() {
  const search = useSearch({ from: '/logs' });
  const navigate = useNavigate({ from: '/logs' });
  const say = usePhrases(logPhrases);
  const query = useQuery(
    pageQuery<LogPageShape>(['logs'], { ...logQueryOf(search), before: search.before, limit: PAGE }),
  );
  const open = (record: LogShape | undefined): void => {
    const { record: _record, tab: _tab, ...rest } = search;
    void navigate({
      search: record === undefined ? rest : { ...rest, record: String(record.number) },
      replace: true,
      resetScroll: false,
    });
  };
  return (
    <>
      <PageHeader title={say('title')} actions={<ExportMenu search={search} />}>
        {say('intro')}
      </PageHeader>
      <div className="grid gap-4">
        <LogFilters search={search} onChange={(next) => navigate({ search: next })} />
        <Panel isFlush>
          <Loaded query={query} lines={10}>
            {({ items, older }) =>
              items.length === 0 ? (
                <EmptyState title={say(isFiltered(search) ? 'noMatch' : 'empty')}>
                  {isFiltered(search) ? undefined : say('emptyText')}
                </EmptyState>
              ) : (
                <>
                  <LogTable rows={items} onOpen={open} marked={search.record} showsApp={search.app === undefined} />
                  <Pager
                    after={search.before}
                    next={older}
                    onGo={(before) =>
                      navigate({
                        search: before === undefined ? withoutPlace(search) : { ...withoutPlace(search), before },
                      })
                    }
                    summary={say('follow')}
                  />
                </>
              )
            }
          </Loaded>
        </Panel>
      </div>
      {search.record !== undefined && (
        <RecordDrawer
          number={search.record}
          rows={query.data?.items ?? []}
          tab={search.tab ?? 'steps'}
          onTab={(tab) => navigate({ search: { ...search, tab }, replace: true, resetScroll: false })}
          onClose={() => open(undefined)}
        />
      )}
    </>
  );
}

interface RecordDrawerProps {
  readonly number: string;
  readonly rows: readonly LogShape[];
  readonly tab: RecordTab;
  readonly onTab: (tab: RecordTab) => void;
  readonly onClose: () => void;
}

/** The record in the address; asked for when it is not on the page, as after a link from elsewhere. */
function RecordDrawer({ number, rows, tab, onTab, onClose }: RecordDrawerProps) {
  const say = usePhrases(logPhrases);
  const known = rows.find((row) => String(row.number) === number);
  const query = useQuery({
    queryKey: ['logs', number],
    queryFn: ({ signal }) => callApi<LogShape>({ path: ['logs', number], signal }),
    ...(known === undefined ? {} : { initialData: known }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Dialog isOpen as="drawer" onClose={onClose} title={query.data?.source.displayName ?? say('record')}>
      <Loaded query={query} lines={6}>
        {(record) => <RecordView record={record} tab={tab} onTab={onTab} />}
      </Loaded>
    </Dialog>
  );
}

function ExportMenu({ search }: { readonly search: LogSearch }) {
  const say = usePhrases(logPhrases);
  const get = (format: string, part?: string): void =>
    window.location.assign(apiUrl({ path: ['logs', 'export'], query: { ...logQueryOf(search), format, part } }));
  return (
    <Menu
      label={say('download')}
      entries={[
        { id: 'json', label: say('exportJson'), onChoose: () => get('json') },
        { id: 'logs', label: say('exportLogs'), onChoose: () => get('csv', 'logs') },
        { id: 'steps', label: say('exportSteps'), onChoose: () => get('csv', 'steps') },
        { id: 'properties', label: say('exportProperties'), onChoose: () => get('csv', 'properties') },
      ]}
    />
  );
}
