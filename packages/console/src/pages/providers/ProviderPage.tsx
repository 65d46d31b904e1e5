import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import type { CountedProviderShape } from 'lockstep/admin-api/answers';
import type { ReactNode } from 'react';
import { apiQuery } from '../../api/use-api.ts';
import { Badge } from '../../design/Badge.tsx';
import { LinkTabs } from '../../design/LinkTabs.tsx';
import { PageHeader } from '../../design/Panel.tsx';
import { Loaded } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { AccountsTab } from './AccountsTab.tsx';
import { ConnectionTab } from './ConnectionTab.tsx';
import { EventsTab } from './EventsTab.tsx';
import { GroupsTab } from './groups/GroupsTab.tsx';
import { providerPhrases } from './phrases.ts';
import { RequestsTab } from './requests/RequestsTab.tsx';
import { RolesTab } from './roles/RolesTab.tsx';
import { SignInTab } from './sign-in/SignInTab.tsx';

interface TabProps {
  readonly provider: CountedProviderShape;
}

/** Tabs by their name in the address, in their order. */
const TABS = {
  connection: ConnectionTab,
  accounts: AccountsTab,
  groups: GroupsTab,
  roles: RolesTab,
  'sign-in': SignInTab,
  requests: RequestsTab,
  events: EventsTab,
} as const satisfies Readonly<Record<string, (props: TabProps) => ReactNode>>;

const NAMES = Object.keys(TABS) as readonly (keyof typeof TABS)[]; // the keys of the record

/** One tenant: how it is reached, what it holds and what happens in it. */
export function ProviderPage() {
  const { provider } = useParams({ from: '/providers/$provider' });
  const { tab: asked } = useSearch({ from: '/providers/$provider' });
  const say = usePhrases(providerPhrases);
  const query = useQuery(apiQuery<CountedProviderShape>(['providers', provider]));
  const tab = NAMES.find((name) => name === asked) ?? 'connection';
  const Tab: (props: TabProps) => ReactNode = TABS[tab];
  return (
    <Loaded query={query} lines={6} title={say('title')}>
      {(shown) => (
        <>
          <PageHeader
            title={shown.title}
            badge={
              shown.provisioning === 'on' ? (
                <Badge tone="success">{say('isOn')}</Badge>
              ) : (
                <Badge tone="warning">{say('isOff')}</Badge>
              )
            }
          />
          <LinkTabs
            label={say('parts')}
            tabs={NAMES.map((name) => ({
              label: say(name),
              isHere: name === tab,
              link: {
                to: '/providers/$provider',
                params: { provider },
                search: name === 'connection' ? {} : { tab: name },
              },
            }))}
          />
          <Tab key={shown.id} provider={shown} />
        </>
      )}
    </Loaded>
  );
}
