import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { AuditShape } from 'lockstep/admin-api/answers';
import { type Page, pageQuery } from '../../api/use-api.ts';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { Pager } from '../../design/Pager.tsx';
import { Panel } from '../../design/Panel.tsx';
import { EmptyState, Loaded } from '../../design/states.tsx';
import { TimeText } from '../../design/TimeText.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { AuditDrawer } from './AuditDrawer.tsx';
import { AuditFilters } from './AuditFilters.tsx';
import { auditPhrases } from './audit-phrases.ts';
import { auditFilterOf, isAuditFiltered } from './audit-search.ts';

const PAGE = 50;
const STAY = { replace: true, resetScroll: false } as const;

/** Who changed what in the configuration, newest first. Filters, place and the open record live in the address. */
export function AuditPage() {
  const say = usePhrases(auditPhrases);
  const search = useSearch({ from: '/settings/audit' });
  const navigate = useNavigate({ from: '/settings/audit' });
  const filter = auditFilterOf(search);
  const query = useQuery(pageQuery<Page<AuditShape>>(['audit'], { ...filter, after: search.after, limit: PAGE }));
  const { record, ...rest } = search;
  const go = (after: string | undefined) => navigate({ search: after === undefined ? filter : { ...filter, after } });
  const emptyText = isAuditFiltered(search) ? undefined : say('emptyText');
  return (
    <div className="grid gap-4">
      <AuditFilters search={search} onChange={(next) => navigate({ search: next })} />
      <Panel title={say('title')} isFlush>
        <Loaded query={query} lines={8}>
          {({ items, next }) =>
            items.length === 0 ? (
              <EmptyState title={say(isAuditFiltered(search) ? 'noMatch' : 'empty')}>{emptyText}</EmptyState>
            ) : (
              <>
                <AuditTable
                  rows={items}
                  marked={record}
                  onOpen={({ number }) => navigate({ search: { ...rest, record: String(number) }, ...STAY })}
                />
                <Pager after={search.after} next={next} onGo={go} summary={say('newestFirst')} />
              </>
            )
          }
        </Loaded>
      </Panel>
      {record !== undefined && (
        <AuditDrawer
          number={record}
          rows={query.data?.items ?? []}
          onClose={() => navigate({ search: rest, ...STAY })}
        />
      )}
    </div>
  );
}

interface AuditTableProps {
  readonly rows: readonly AuditShape[];
  readonly marked: string | undefined;
  readonly onOpen: (record: AuditShape) => void;
}

function AuditTable({ rows, marked, onOpen }: AuditTableProps) {
  const say = usePhrases(auditPhrases);
  const columns: readonly Column<AuditShape>[] = [
    { id: 'when', header: say('when'), cell: ({ at }) => <TimeText at={at} />, className: 'whitespace-nowrap' },
    { id: 'who', header: say('actor'), cell: ({ actor }) => actor },
    {
      id: 'what',
      header: say('action'),
      cell: (record) => (
        <button type="button" className="link break-all text-left font-mono text-xs" onClick={() => onOpen(record)}>
          {record.action}
        </button>
      ),
    },
    { id: 'subject', header: say('subject'), cell: ({ subject }) => <span className="break-all">{subject}</span> },
    {
      id: 'changes',
      header: say('changes'),
      align: 'end',
      cell: ({ differences }) => differences.length.toLocaleString(),
    },
  ];
  return (
    <DataTable
      caption={say('title')}
      columns={columns}
      rows={rows}
      keyOf={({ number }) => String(number)}
      isMarked={({ number }) => String(number) === marked}
    />
  );
}
