import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { CountedProviderShape, ProviderGroupShape } from 'lockstep/admin-api/answers';
import { type Page, pageQuery } from '../../../api/use-api.ts';
import { type Column, DataTable } from '../../../design/DataTable.tsx';
import { PagedList } from '../../../design/PagedList.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { SearchBox } from '../../../design/SearchBox.tsx';
import { EmptyState } from '../../../design/states.tsx';
import { TimeText } from '../../../design/TimeText.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { GroupDrawer } from './GroupDrawer.tsx';
import { MemberCount } from './MemberCount.tsx';
import { groupPhrases } from './phrases.ts';

const PAGE = 50;
const STAY = { resetScroll: false } as const;

/** Groups that directories sent, or why there are none. */
export function GroupsTab({ provider }: { readonly provider: CountedProviderShape }) {
  const say = usePhrases(groupPhrases);
  if (provider.hasGroups) return <GroupList provider={provider.id} />;
  return (
    <Panel isFlush>
      <EmptyState title={say('absent')}>{say('absentText')}</EmptyState>
    </Panel>
  );
}

function GroupList({ provider }: { readonly provider: string }) {
  const say = usePhrases(groupPhrases);
  const { search, after, row } = useSearch({ from: '/providers/$provider' });
  const navigate = useNavigate({ from: '/providers/$provider' });
  const query = useQuery(
    pageQuery<Page<ProviderGroupShape>>(['providers', provider, 'groups'], { search, after, limit: PAGE }),
  );
  const place = { tab: 'groups', ...(search === undefined ? {} : { search }) } as const;
  const page = { ...place, ...(after === undefined ? {} : { after }) };
  return (
    <div className="grid gap-4">
      <SearchBox
        label={say('search')}
        placeholder={say('search')}
        value={search ?? ''}
        onSearch={(text) => navigate({ search: { tab: 'groups', ...(text === '' ? {} : { search: text }) } })}
      />
      <PagedList
        query={query}
        lines={10}
        after={after}
        onGo={(to) => navigate({ search: to === undefined ? place : { ...place, after: to } })}
        empty={
          <EmptyState title={say(search === undefined ? 'empty' : 'noMatch')}>
            {say(search === undefined ? 'emptyText' : 'noMatchText')}
          </EmptyState>
        }
      >
        {(items) => (
          <GroupTable
            groups={items}
            marked={row}
            onOpen={({ id }) => navigate({ search: { ...page, row: id }, ...STAY })}
          />
        )}
      </PagedList>
      {row !== undefined && (
        <GroupDrawer key={row} provider={provider} group={row} onClose={() => navigate({ search: page, ...STAY })} />
      )}
    </div>
  );
}

interface GroupTableProps {
  readonly groups: readonly ProviderGroupShape[];
  readonly marked: string | undefined;
  readonly onOpen: (group: ProviderGroupShape) => void;
}

function GroupTable({ groups, marked, onOpen }: GroupTableProps) {
  const say = usePhrases(groupPhrases);
  const columns: readonly Column<ProviderGroupShape>[] = [
    {
      id: 'name',
      header: say('name'),
      cell: (group) => (
        <button type="button" className="link break-all text-left" onClick={() => onOpen(group)}>
          {group.displayName}
        </button>
      ),
    },
    { id: 'members', header: say('members'), align: 'end', cell: (group) => <MemberCount group={group} /> },
    { id: 'changed', header: say('changed'), cell: ({ modifiedAt }) => <TimeText at={modifiedAt} /> },
    {
      id: 'externalId',
      header: say('externalId'),
      cell: ({ externalId }) => <code className="break-all text-xs">{externalId}</code>,
    },
  ];
  return (
    <DataTable
      caption={say('title')}
      columns={columns}
      rows={groups}
      keyOf={({ id }) => id}
      isMarked={({ id }) => id === marked}
    />
  );
}
