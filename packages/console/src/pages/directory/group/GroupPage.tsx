import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import type { EntryShape } from 'lockstep/admin-api/answers';
import type { ReactNode } from 'react';
import { apiQuery } from '../../../api/use-api.ts';
import { LinkTabs } from '../../../design/LinkTabs.tsx';
import { Facts, PageHeader, Panel } from '../../../design/Panel.tsx';
import { Loaded } from '../../../design/states.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { EntryActions } from '../EntryActions.tsx';
import { EntryState } from '../EntryState.tsx';
import { attributeFacts, attributeText, stateOf } from '../entry-text.ts';
import { GroupsTab } from './GroupsTab.tsx';
import { InheritedTab } from './InheritedTab.tsx';
import { MembersTab } from './MembersTab.tsx';
import { groupPhrases } from './phrases.ts';

/** A group with the groups it is a direct member of. */
export interface GroupAnswer {
  readonly entry: EntryShape;
  readonly memberOf: readonly { readonly objectId: string; readonly displayName: string | null }[];
}

/** What each part of the page is given. */
export interface GroupTabProps {
  readonly group: GroupAnswer;
  /** As it is shown. */
  readonly name: string;
}

const TABS = {
  members: MembersTab,
  inherited: InheritedTab,
  groups: GroupsTab,
  details: DetailsTab,
} as const satisfies Readonly<Record<string, (props: GroupTabProps) => ReactNode>>;

const NAMES = ['members', 'inherited', 'groups', 'details'] as const satisfies readonly (keyof typeof TABS)[];

/** A group: who is in it, directly and by groups within; a million of them page like ten. */
export function GroupPage() {
  const { key } = useParams({ from: '/directory/groups/$key' });
  const { tab = 'members' } = useSearch({ from: '/directory/groups/$key' });
  const say = usePhrases(groupPhrases);
  const query = useQuery(apiQuery<GroupAnswer>(['directory', 'groups', key]));
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

function DetailsTab({ group }: GroupTabProps) {
  return (
    <Panel>
      <Facts facts={attributeFacts(group.entry)} />
    </Panel>
  );
}
