import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { EntryShape } from 'lockstep/admin-api/answers';
import { apiQuery, type Page, pageQuery } from '../../api/use-api.ts';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { Pager } from '../../design/Pager.tsx';
import { PageHeader, Panel } from '../../design/Panel.tsx';
import { EmptyState, Loaded } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { EntryActions } from './EntryActions.tsx';
import { EntryState } from './EntryState.tsx';
import { attributeText, stateOf } from './entry-text.ts';
import { directoryPhrases } from './phrases.ts';

interface MemberRow {
  readonly objectId: string;
  readonly type: string;
  readonly displayName: string | null;
}

/** A group and its direct members; a million of them page like ten. */
export function GroupPage() {
  const { key } = useParams({ from: '/directory/groups/$key' });
  const { after } = useSearch({ from: '/directory/groups/$key' });
  const navigate = useNavigate({ from: '/directory/groups/$key' });
  const say = usePhrases(directoryPhrases);
  const group = useQuery(apiQuery<{ readonly entry: EntryShape }>(['directory', 'groups', key]));
  const members = useQuery(pageQuery<Page<MemberRow>>(['directory', 'groups', key, 'members'], { after, limit: 50 }));
  const columns: readonly Column<MemberRow>[] = [
    {
      id: 'name',
      header: say('name'),
      cell: ({ objectId, type, displayName }) => (
        <Link
          to={type === 'Group' ? '/directory/groups/$key' : '/directory/users/$key'}
          params={{ key: objectId }}
          className="link"
        >
          {displayName ?? objectId}
        </Link>
      ),
    },
    { id: 'type', header: say('type'), cell: ({ type }) => say(type === 'Group' ? 'Group' : 'User') },
  ];
  return (
    <Loaded query={group} title={say('groups')}>
      {({ entry }) => (
        <>
          <PageHeader
            title={attributeText(entry, 'displayName') || entry.objectId}
            actions={<EntryActions entry={entry} />}
            {...(stateOf(entry) === 'deleted' ? { badge: <EntryState entry={entry} /> } : {})}
          >
            {attributeText(entry, 'description')}
          </PageHeader>
          <Panel title={say('members')} isFlush>
            <Loaded query={members} lines={8}>
              {({ items, next }) =>
                items.length === 0 ? (
                  <EmptyState title={say('empty_members')} />
                ) : (
                  <>
                    <DataTable
                      caption={say('members')}
                      columns={columns}
                      rows={items}
                      keyOf={({ objectId }) => objectId}
                    />
                    <Pager
                      after={after}
                      next={next}
                      onGo={(to) => navigate({ search: to === undefined ? {} : { after: to } })}
                    />
                  </>
                )
              }
            </Loaded>
          </Panel>
        </>
      )}
    </Loaded>
  );
}
