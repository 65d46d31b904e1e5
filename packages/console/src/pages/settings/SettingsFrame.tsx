import { Outlet } from '@tanstack/react-router';
import { LinkTabs } from '../../design/LinkTabs.tsx';
import { PageHeader } from '../../design/Panel.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { settingsPhrases } from './phrases.ts';

/** Tabs around the settings. */
export function SettingsFrame() {
  const say = usePhrases(settingsPhrases);
  return (
    <>
      <PageHeader title={say('title')} />
      <LinkTabs
        label={say('title')}
        tabs={[
          { label: say('people'), link: { to: '/settings' } },
          { label: say('keys'), link: { to: '/settings/keys' } },
          { label: say('audit'), link: { to: '/settings/audit' } },
        ]}
      />
      <Outlet />
    </>
  );
}
