import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { MemberShape, ProviderGroupShape } from 'lockstep/admin-api/answers';
import { apiQuery, type Page, pageQuery } from '../../../api/use-api.ts';
import { CodeBlock } from '../../../design/CopyText.tsx';
import { type Column, DataTable } from '../../../design/DataTable.tsx';
import { Dialog } from '../../../design/Dialog.tsx';
import { Pager } from '../../../design/Pager.tsx';
import { Facts } from '../../../design/Panel.tsx';
import { Loaded } from '../../../design/states.tsx';
import { TimeText } from '../../../design/TimeText.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { MemberCount } from './MemberCount.tsx';
import { groupPhrases } from './phrases.ts';

interface GroupDrawerProps {
  readonly provider: string;
  /** Its id. */
  readonly group: string;
  readonly onClose: () => void;
}

/** One group with its members. */
export function GroupDrawer({ provider, group, onClose }: GroupDrawerProps) {
  const say = usePhrases(groupPhrases);
  const query = useQuery(apiQuery<ProviderGroupShape>(['providers', provider, 'groups', group]));
  return (
    <Dialog isOpen as="drawer" onClose={onClose} title={query.data?.displayName ?? say('group')}>
      <Loaded query={query} lines={8}>
        {(shown) => (
          <div className="grid gap-4">
            <GroupFacts group={shown} />
            <h3 className="font-semibold">{say('members')}</h3>
            <Members provider={provider} group={group} />
            <h3 className="font-semibold">{say('resource')}</h3>
            <CodeBlock label={say('resource')} text={JSON.stringify(shown.resource, null, 2)} />
          </div>
        )}
      </Loaded>
    </Dialog>
  );
}

function GroupFacts({ group }: { readonly group: ProviderGroupShape }) {
  const say = usePhrases(groupPhrases);
  return (
    <Facts
      facts={[
        [say('members'), <MemberCount key="members" group={group} />],
        [say('created'), <TimeText key="created" at={group.createdAt} />],
        [say('changed'), <TimeText key="changed" at={group.modifiedAt} />],
        [say('externalId'), group.externalId ?? say('unknown')],
        [say('id'), <code key="id">{group.id}</code>],
      ]}
    />
  );
}

const PAGE = 25;

/** Members in pages; the place is in the address, so that it survives the way to an account and back. */
function Members({ provider, group }: Pick<GroupDrawerProps, 'provider' | 'group'>) {
  const say = usePhrases(groupPhrases);
  const search = useSearch({ from: '/providers/$provider' });
  const navigate = useNavigate({ from: '/providers/$provider' });
  const { members: after, ...rest } = search;
  const path = ['providers', provider, 'groups', group, 'members'];
  const query = useQuery(pageQuery<Page<MemberShape>>(path, { after, limit: PAGE }));
  return (
    <Loaded query={query} lines={5}>
      {({ items, next }) =>
        items.length === 0 ? (
          <p className="text-muted">{say('noMembers')}</p>
        ) : (
          <>
            <MemberTable provider={provider} members={items} />
            <Pager
              after={after}
              next={next}
              onGo={(to) =>
                navigate({ search: to === undefined ? rest : { ...rest, members: to }, resetScroll: false })
              }
            />
          </>
        )
      }
    </Loaded>
  );
}

function MemberTable({ provider, members }: { readonly provider: string; readonly members: readonly MemberShape[] }) {
  const say = usePhrases(groupPhrases);
  const tabOf = (type: string) => (type === 'User' ? 'accounts' : 'groups');
  const columns: readonly Column<MemberShape>[] = [
    {
      id: 'member',
      header: say('member'),
      cell: ({ id, type, display }) => (
        <Link
          to="/providers/$provider"
          params={{ provider }}
          search={{ tab: tabOf(type), row: id }}
          className="link break-all"
        >
          {display ?? id}
        </Link>
      ),
    },
    { id: 'type', header: say('type'), cell: ({ type }) => type },
  ];
  return <DataTable caption={say('members')} columns={columns} rows={members} keyOf={({ id }) => id} />;
}
