import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Badge } from '../../design/Badge.tsx';
import { buttonClass } from '../../design/Button.tsx';
import { PageHeader, Panel } from '../../design/Panel.tsx';
import { Loaded } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { AppTable } from './AppTable.tsx';
import { type Matter, mattersOf } from './attention.ts';
import { NoApps } from './NoApps.tsx';
import { homePhrases } from './phrases.ts';
import { serverStatusQuery } from './server-status.ts';

/** What needs attention, and all apps with their health. */
export function HomePage() {
  const say = usePhrases(homePhrases);
  const query = useQuery(serverStatusQuery);
  return (
    <>
      <PageHeader title={say('title')} />
      <Loaded query={query} lines={8}>
        {(status) => (
          <div className="grid gap-4">
            <p className="text-muted">{say('summary', { people: status.users, groups: status.groups })}</p>
            <Attention matters={mattersOf(status.apps, say)} hasApps={status.apps.length > 0} />
            <Panel title={say('apps')} isFlush>
              {status.apps.length === 0 ? <NoApps /> : <AppTable apps={status.apps} />}
            </Panel>
          </div>
        )}
      </Loaded>
    </>
  );
}

function Attention({ matters, hasApps }: { readonly matters: readonly Matter[]; readonly hasApps: boolean }) {
  const say = usePhrases(homePhrases);
  if (!hasApps) return null;
  return (
    <Panel title={say('attention')}>
      {matters.length === 0 ? (
        <p>
          <Badge tone="success">{say('well')}</Badge> <span className="text-muted">{say('wellText')}</span>
        </p>
      ) : (
        <ul className="grid gap-2">
          {matters.map((matter) => (
            <li key={`${matter.appId} ${matter.text}`} className="flex flex-wrap items-center gap-3">
              <Badge tone={matter.tone}>{matter.app}</Badge>
              <span className="min-w-0 flex-1 break-words">{matter.text}</span>
              <MatterLink matter={matter} label={say('look')} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function MatterLink({ matter, label }: { readonly matter: Matter; readonly label: string }) {
  const { appId: app, leadsTo } = matter;
  const name = `${label}: ${matter.app}, ${matter.text}`;
  if (leadsTo === 'failures') {
    return (
      <Link to="/logs" search={{ app, status: 'failure' }} className={buttonClass()} aria-label={name}>
        {label}
      </Link>
    );
  }
  const to = { overview: '/apps/$app', staged: '/apps/$app/staged', connection: '/apps/$app/connection' } as const;
  return (
    <Link to={to[leadsTo]} params={{ app }} className={buttonClass()} aria-label={name}>
      {label}
    </Link>
  );
}
