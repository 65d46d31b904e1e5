import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type Page, pageQuery } from '../../../api/use-api.ts';
import { Pager } from '../../../design/Pager.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { Loaded } from '../../../design/states.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { EntryLink } from '../EntryLink.tsx';
import type { EntryAnswer } from '../entry-answer.ts';
import type { GroupTabProps } from './GroupPage.tsx';
import { groupPhrases } from './phrases.ts';

/** Groups that are members of this one, and groups that this one is a member of. */
export function GroupsTab({ group }: GroupTabProps) {
  const { after } = useSearch({ from: '/directory/groups/$key' });
  const navigate = useNavigate({ from: '/directory/groups/$key' });
  const say = usePhrases(groupPhrases);
  const path = ['directory', 'groups', group.entry.objectId, 'groups'];
  const query = useQuery(pageQuery<Page<EntryAnswer['memberOf'][number]>>(path, { after, limit: 50 }));
  return (
    <div className="grid items-start gap-4 xl:grid-cols-2">
      <Panel title={say('within')}>
        <Loaded query={query}>
          {({ items, next }) => (
            <>
              {items.length === 0 && <p>{say('noneWithin')}</p>}
              <GroupList groups={items} />
              <Pager
                after={after}
                next={next}
                onGo={(to) => navigate({ search: { tab: 'groups', ...(to === undefined ? {} : { after: to }) } })}
              />
            </>
          )}
        </Loaded>
      </Panel>
      <Panel title={say('around')}>
        {group.memberOf.length === 0 && <p>{say('noneAround')}</p>}
        <GroupList groups={group.memberOf} />
      </Panel>
    </div>
  );
}

function GroupList({ groups }: { readonly groups: EntryAnswer['memberOf'] }) {
  return (
    <ul className="grid gap-1">
      {groups.map(({ objectId, displayName }) => (
        <li key={objectId}>
          <EntryLink type="Group" objectId={objectId} text={displayName ?? objectId} />
        </li>
      ))}
    </ul>
  );
}
