import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { apiQuery } from '../../../api/use-api.ts';
import { LinkTabs } from '../../../design/LinkTabs.tsx';
import { Facts, PageHeader, Panel } from '../../../design/Panel.tsx';
import { Loaded } from '../../../design/states.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { EntryActions } from '../EntryActions.tsx';
import { EntryState } from '../EntryState.tsx';
import type { EntryAnswer } from '../entry-answer.ts';
import { attributeFacts, attributeText, stateOf } from '../entry-text.ts';
import { ExplainTab } from '../explain/ExplainTab.tsx';
import { GroupsTab } from './GroupsTab.tsx';
import { InheritedTab } from './InheritedTab.tsx';
import { MembersTab } from './MembersTab.tsx';
import { groupPhrases } from './phrases.ts';

/** What each part of the page is given. */
export interface GroupTabProps {
  readonly group: EntryAnswer;
  /** As it is shown. */
  readonly name: string;
}

const TABS = {
  members: MembersTab,
  inherited: InheritedTab,
  groups: GroupsTab,
  explain: ExplainGroupTab,
  details: DetailsTab,
} as const satisfies Readonly<Record<string, (props: GroupTabProps) => ReactNode>>;

const NAMES = [
  'members',
  'inherited',
  'groups',
  'explain',
  'details',
] as const satisfies readonly (keyof typeof TABS)[];

/** A group: who is in it, directly and by groups within; a million of them page like ten. */
export function GroupPage() {
  const { key } = useParams({ from: '/directory/groups/$key' });
  const { tab = 'members' } = useSearch({ from: '/directory/groups/$key' });
  const say = usePhrases(groupPhrases);
  const query = useQuery(apiQuery<EntryAnswer>(['directory', 'groups', key]));
  const Tab: (props: GroupTabProps) => ReactNode = TABS[tab];
  return (
    <Loaded query={query} title={say('title')}>
      {(group) => {
        const { entry } = group;
        const name = attributeText(entry, 'displayName') || entry.objectId;
        return (
          <>
            <PageHeader
              title={name}
              actions={<EntryActions entry={entry} />}
              {...(stateOf(entry) === 'deleted' ? { badge: <EntryState entry={entry} /> } : {})}
            >
              {attributeText(entry, 'description')}
            </PageHeader>
            <LinkTabs
              label={say('parts')}
              tabs={NAMES.map((one) => ({
                label: say(one),
                isHere: one === tab,
                link: {
                  to: '/directory/groups/$key',
                  params: { key },
                  search: one === 'members' ? {} : { tab: one },
                },
              }))}
            />
            <Tab key={entry.objectId} group={group} name={name} />
          </>
        );
      }}
    </Loaded>
  );
}

function ExplainGroupTab({ group }: GroupTabProps) {
  const { after, before } = useSearch({ from: '/directory/groups/$key' });
  const navigate = useNavigate({ from: '/directory/groups/$key' });
  return (
    <ExplainTab
      entry={group.entry}
      after={after}
      before={before}
      onGo={(place) => navigate({ search: { tab: 'explain', ...place }, resetScroll: false })}
    />
  );
}

function DetailsTab({ group }: GroupTabProps) {
  return (
    <Panel>
      <Facts facts={attributeFacts(group.entry)} />
    </Panel>
  );
}
