import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { RolePreview as PreviewShape, RoleTable } from 'lockstep/admin-api/answers';
import type { ApiError } from '../../../api/api-error.ts';
import { callApi } from '../../../api/call-api.ts';
import type { Page } from '../../../api/use-api.ts';
import { Badge } from '../../../design/Badge.tsx';
import { type Column, DataTable } from '../../../design/DataTable.tsx';
import { Pager } from '../../../design/Pager.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { SearchBox } from '../../../design/SearchBox.tsx';
import { EmptyState, Loaded } from '../../../design/states.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { roleTablePhrases } from './phrases.ts';

const PAGE = 25;

interface RolePreviewProps {
  readonly provider: string;
  /** A table that is not saved; absent = as it is. */
  readonly table: RoleTable | undefined;
}

/** A preview is asked by POST, since a whole table goes with it, and reads only. */
function previewQuery(
  props: RolePreviewProps & { readonly search: string | undefined; readonly after: string | undefined },
) {
  const { provider, table, search, after } = props;
  const path = ['providers', provider, 'roles', 'preview'];
  return queryOptions<Page<PreviewShape>, ApiError>({
    queryKey: [...path, { table, search, after }],
    queryFn: ({ signal }) =>
      callApi({
        method: 'POST',
        path,
        query: { search, after, limit: PAGE },
        body: table === undefined ? {} : { table },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** Who has which roles, or would get which by the table as it is typed. */
export function RolePreview({ provider, table }: RolePreviewProps) {
  const say = usePhrases(roleTablePhrases);
  const { search, after } = useSearch({ from: '/providers/$provider' });
  const navigate = useNavigate({ from: '/providers/$provider' });
  const query = useQuery(previewQuery({ provider, table, search, after }));
  const place = { tab: 'roles', ...(search === undefined ? {} : { search }) } as const;
  const isDraft = table !== undefined;
  const go = (next: { readonly search?: string; readonly after?: string }) =>
    navigate({ search: { tab: 'roles', ...next }, resetScroll: false });
  return (
    <Panel title={say(isDraft ? 'previewDraft' : 'preview')} isFlush>
      <div className="flex flex-wrap items-center gap-3 px-4 pb-3">
        <SearchBox
          label={say('search')}
          placeholder={say('search')}
          value={search ?? ''}
          onSearch={(text) => go(text === '' ? {} : { search: text })}
        />
        <span className="text-muted">{say('previewText')}</span>
      </div>
      <Loaded query={query} lines={5}>
        {({ items, next }) =>
          items.length === 0 ? (
            <EmptyState title={say(search === undefined ? 'nobody' : 'noMatch')} />
          ) : (
            <>
              <PreviewTable rows={items} isDraft={isDraft} />
              <Pager after={after} next={next} onGo={(to) => go(to === undefined ? place : { ...place, after: to })} />
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

function PreviewTable({ rows, isDraft }: { readonly rows: readonly PreviewShape[]; readonly isDraft: boolean }) {
  const say = usePhrases(roleTablePhrases);
  const list = (names: readonly string[]): string => names.join(', ');
  const columns: readonly Column<PreviewShape>[] = [
    { id: 'account', header: say('account'), cell: ({ userName }) => <span className="break-all">{userName}</span> },
    { id: 'values', header: say('values'), cell: ({ values }) => list(values) },
    { id: 'before', header: say('before'), cell: ({ before }) => list(before) || say('nothing') },
    ...(isDraft ? [{ id: 'after', header: say('after'), cell: (row: PreviewShape) => <After row={row} /> }] : []),
    { id: 'unknown', header: say('unknown'), cell: ({ unknown }) => list(unknown) },
    {
      id: 'administrates',
      header: say(isDraft ? 'administratesAfter' : 'administrator'),
      cell: ({ administratesBefore, administratesAfter }) => {
        if (administratesAfter) return say('yes');
        return administratesBefore ? <Badge tone="warning">{say('noMore')}</Badge> : '';
      },
    },
  ];
  return <DataTable caption={say('preview')} columns={columns} rows={rows} keyOf={({ id }) => id} />;
}

function After({ row }: { readonly row: PreviewShape }) {
  const say = usePhrases(roleTablePhrases);
  const isChanged = JSON.stringify(row.before) !== JSON.stringify(row.after);
  return (
    <span className="flex flex-wrap gap-1">
      {isChanged && <Badge tone="accent">{say('changes')}</Badge>}
      {row.after.join(', ') || say('nothing')}
    </span>
  );
}
