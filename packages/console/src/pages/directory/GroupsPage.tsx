import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { DirectoryPageShape, EntryShape } from 'lockstep/admin-api/answers';
import { pageQuery } from '../../api/use-api.ts';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { Pager } from '../../design/Pager.tsx';
import { PageHeader, Panel } from '../../design/Panel.tsx';
import { SearchBox } from '../../design/SearchBox.tsx';
import { EmptyState, Loaded } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { DirectoryTabs } from './DirectoryTabs.tsx';
import { attributeText } from './entry-text.ts';
import { NewEntryLink } from './NewEntryLink.tsx';
import { directoryPhrases } from './phrases.ts';

/** Groups of the directory, searched and paged by the server. */
export function GroupsPage() {
  const say = usePhrases(directoryPhrases);
  const { search, after } = useSearch({ from: '/directory/groups' });
  const navigate = useNavigate({ from: '/directory/groups' });
  const query = useQuery(pageQuery<DirectoryPageShape>(['directory', 'groups'], { search, after, limit: 50 }));
  const filter = search === undefined ? {} : { search };
  const columns: readonly Column<EntryShape>[] = [
    {
      id: 'name',
      header: say('name'),
      cell: (one) => (
        <Link to="/directory/groups/$key" params={{ key: one.objectId }} className="link">
          {attributeText(one, 'displayName') || one.objectId}
        </Link>
      ),
    },
    { id: 'description', header: say('description'), cell: (one) => attributeText(one, 'description') },
  ];
  return (
    <>
      <PageHeader title={say('groups')} actions={<NewEntryLink to="/directory/groups/new" text={say('newGroup')} />} />
      <DirectoryTabs />
      <div className="grid gap-4">
        <SearchBox
          label={say('searchGroups')}
          placeholder={say('searchGroups')}
          value={search ?? ''}
          onSearch={(text) => navigate({ search: text === '' ? {} : { search: text } })}
        />
        <Panel isFlush>
          <Loaded query={query} lines={8}>
            {({ items, next, total }) =>
              items.length === 0 ? (
                <EmptyState title={say('noGroups')} />
              ) : (
                <>
                  <DataTable
                    caption={say('groups')}
                    columns={columns}
                    rows={items}
                    keyOf={({ objectId }) => objectId}
                  />
                  <Pager
                    after={after}
                    next={next}
                    summary={say('count', { n: total })}
                    onGo={(to) => navigate({ search: to === undefined ? filter : { ...filter, after: to } })}
                  />
                </>
              )
            }
          </Loaded>
        </Panel>
      </div>
    </>
  );
}
