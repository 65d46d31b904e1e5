import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { PageHeader, Panel } from '../../design/Panel.tsx';
import { Loaded } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { AppTable } from './AppTable.tsx';
import { Attention } from './Attention.tsx';
import { mattersOf } from './attention.ts';
import { NoApps } from './NoApps.tsx';
import { homePhrases } from './phrases.ts';
import { SetUpNotice } from './SetUpNotice.tsx';
import { serverStatusQuery } from './server-status.ts';

/** So many apps are listed here; the others are a page away. */
const LISTED = 50;

/** What needs attention, and all apps with their health. */
export function HomePage() {
  const say = usePhrases(homePhrases);
  const query = useQuery(serverStatusQuery());
  return (
    <>
      <PageHeader title={say('title')} />
      <Loaded query={query} lines={8}>
        {(status) => (
          <div className="grid gap-4">
            {status.users + status.apps.length === 0 && <SetUpNotice />}
            <p className="text-muted">{say('summary', { people: status.users, groups: status.groups })}</p>
            <Attention matters={mattersOf(status.apps, say)} hasApps={status.apps.length > 0} />
            <Panel title={say('apps')} isFlush>
              {status.apps.length === 0 ? <NoApps /> : <AppTable apps={status.apps.slice(0, LISTED)} />}
              {status.apps.length > LISTED && (
                <p className="border-border border-t px-4 py-2">
                  <Link to="/apps" className="link">
                    {say('moreApps', { n: status.apps.length })}
                  </Link>
                </p>
              )}
            </Panel>
          </div>
        )}
      </Loaded>
    </>
  );
}
