import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { InheritedShape } from 'lockstep/admin-api/answers';
import { type Page, pageQuery } from '../../../api/use-api.ts';
import { type Column, DataTable } from '../../../design/DataTable.tsx';
import { Pager } from '../../../design/Pager.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { EmptyState, Loaded } from '../../../design/states.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { EntryLink } from '../EntryLink.tsx';
import type { GroupTabProps } from './GroupPage.tsx';
import { groupPhrases } from './phrases.ts';

/** People who are in the group by groups within it alone. */
export function InheritedTab({ group }: GroupTabProps) {
  const { after } = useSearch({ from: '/directory/groups/$key' });
  const navigate = useNavigate({ from: '/directory/groups/$key' });
  const say = usePhrases(groupPhrases);
  const path = ['directory', 'groups', group.entry.objectId, 'inherited'];
  const query = useQuery(pageQuery<Page<InheritedShape>>(path, { after, limit: 50 }));
  const columns: readonly Column<InheritedShape>[] = [
    {
      id: 'name',
      header: say('name'),
      cell: ({ objectId, displayName }) => <EntryLink type="User" objectId={objectId} text={displayName ?? objectId} />,
    },
    {
      id: 'through',
      header: say('through'),
      cell: ({ through }) => (
        <ul className="flex flex-wrap gap-x-3">
          {through.map(({ objectId, displayName }) => (
            <li key={objectId}>
              <EntryLink type="Group" objectId={objectId} text={displayName ?? objectId} />
            </li>
          ))}
        </ul>
      ),
    },
  ];
  return (
    <Panel isFlush>
      <Loaded query={query} lines={8}>
        {({ items, next }) =>
          items.length === 0 && after === undefined ? (
            <EmptyState title={say('noInherited')}>{say('inheritedText')}</EmptyState>
          ) : (
            <>
              <p className="px-4 py-3 text-muted">{say('inheritedText')}</p>
              <DataTable caption={say('inherited')} columns={columns} rows={items} keyOf={({ objectId }) => objectId} />
              <Pager
                after={after}
                next={next}
                onGo={(to) => navigate({ search: { tab: 'inherited', ...(to === undefined ? {} : { after: to }) } })}
              />
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}
