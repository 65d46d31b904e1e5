import { useQuery } from '@tanstack/react-query';
import { Outlet, useParams } from '@tanstack/react-router';
import { Badge } from '../../design/Badge.tsx';
import { LinkTabs } from '../../design/LinkTabs.tsx';
import { PageHeader } from '../../design/Panel.tsx';
import { Loaded } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { AppBadge } from './AppBadge.tsx';
import { appFramePhrases } from './phrases.ts';
import { statusQuery } from './status.ts';

/** Name, state and tabs around every page of an app. */
export function AppFrame() {
  const { app } = useParams({ from: '/apps/$app' });
  const say = usePhrases(appFramePhrases);
  const query = useQuery(statusQuery(app));
  const pending = query.data?.staged.pending ?? 0;
  const params = { app };
  const tabs = [
    { label: say('overview'), link: { to: '/apps/$app', params } },
    { label: say('connection'), link: { to: '/apps/$app/connection', params } },
    { label: say('behaviour'), link: { to: '/apps/$app/behaviour', params } },
    { label: say('mappings'), link: { to: '/apps/$app/mappings', params } },
    { label: say('scope'), link: { to: '/apps/$app/scope', params } },
    { label: say('assignments'), link: { to: '/apps/$app/assignments', params } },
    { label: say('roles'), link: { to: '/apps/$app/roles', params } },
    { label: say('plan'), link: { to: '/apps/$app/plan', params } },
    { label: say('onDemand'), link: { to: '/apps/$app/on-demand', params } },
    {
      label: say('staged'),
      link: { to: '/apps/$app/staged', params },
      ...(pending > 0 ? { badge: <Badge tone="warning">{pending.toLocaleString()}</Badge> } : {}),
    },
    { label: say('import'), link: { to: '/apps/$app/import', params } },
    { label: say('drift'), link: { to: '/apps/$app/drift', params } },
    { label: say('links'), link: { to: '/apps/$app/links', params } },
    { label: say('logs'), link: { to: '/logs', search: { app } } },
  ] as const;
  return (
    <Loaded query={query} title={say('app')}>
      {(status) => (
        <>
          <PageHeader title={status.app} badge={<AppBadge status={status} />} />
          <LinkTabs label={say('parts')} tabs={tabs} />
          <Outlet />
        </>
      )}
    </Loaded>
  );
}
