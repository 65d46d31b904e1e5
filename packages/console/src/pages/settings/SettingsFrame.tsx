import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { meQuery } from '../../api/me.ts';
import { LinkTabs } from '../../design/LinkTabs.tsx';
import { PageHeader } from '../../design/Panel.tsx';
import { Loaded } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { settingsPhrases } from './phrases.ts';
import { tabsFor } from './settings-tabs.ts';

/** Tabs around the settings: those that whoever is signed in may see. */
export function SettingsFrame() {
  const say = usePhrases(settingsPhrases);
  const query = useQuery(meQuery);
  return (
    <>
      <PageHeader title={say('title')} />
      <Loaded query={query} lines={6}>
        {(me) => (
          <>
            <LinkTabs
              label={say('title')}
              tabs={tabsFor(me).map(({ label, to }) => ({ label: say(label), link: { to } }))}
            />
            <Outlet />
          </>
        )}
      </Loaded>
    </>
  );
}
