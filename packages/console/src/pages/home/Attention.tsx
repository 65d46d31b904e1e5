import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ExpiryShape } from 'lockstep/admin-api/answers';
import type { ReactNode } from 'react';
import { useMay } from '../../api/me.ts';
import { apiQuery, type Page } from '../../api/use-api.ts';
import { Badge, type Tone } from '../../design/Badge.tsx';
import { buttonClass } from '../../design/Button.tsx';
import { Panel } from '../../design/Panel.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import type { Matter } from './attention.ts';
import { type EndingSecrets, endingSecrets } from './ending-secrets.ts';
import { homePhrases } from './phrases.ts';

interface AttentionProps {
  readonly matters: readonly Matter[];
  readonly hasApps: boolean;
}

/** What somebody should look at, worst first, and the tokens, keys and certificates that end soon. */
export function Attention({ matters, hasApps }: AttentionProps) {
  const say = usePhrases(homePhrases);
  const ending = useEndingSecrets();
  const isWell = matters.length === 0 && ending === undefined;
  if (isWell && !hasApps) return null;
  return (
    <Panel title={say('attention')}>
      {isWell ? (
        <p>
          <Badge tone="success">{say('well')}</Badge> <span className="text-muted">{say('wellText')}</span>
        </p>
      ) : (
        <ul className="grid gap-2">
          {matters.map((matter) => (
            <Line
              key={`${matter.appId} ${matter.text}`}
              tone={matter.tone}
              of={matter.app}
              text={matter.text}
              link={<MatterLink matter={matter} label={say('look')} />}
            />
          ))}
          {ending !== undefined && <Line {...ending} of={say('secrets')} link={<SecretsLink text={ending.text} />} />}
        </ul>
      )}
    </Panel>
  );
}

/** So many are looked at: the soonest. */
const LOOKED_AT = 100;

/** `undefined` also for whoever may not see them. */
function useEndingSecrets(): EndingSecrets | undefined {
  const say = usePhrases(homePhrases);
  const isAllowed = useMay('people') === true;
  const { data } = useQuery({
    ...apiQuery<Page<ExpiryShape>>(['secrets', 'expiring'], { limit: LOOKED_AT }),
    enabled: isAllowed,
  });
  return endingSecrets(data?.items ?? [], { nowMs: Date.now(), say });
}

interface LineProps {
  readonly tone: Tone;
  readonly of: string;
  readonly text: string;
  readonly link: ReactNode;
}

function Line({ tone, of, text, link }: LineProps) {
  return (
    <li className="flex flex-wrap items-center gap-3">
      <Badge tone={tone}>{of}</Badge>
      <span className="min-w-0 flex-1 break-words">{text}</span>
      {link}
    </li>
  );
}

function SecretsLink({ text }: { readonly text: string }) {
  const say = usePhrases(homePhrases);
  return (
    <Link to="/settings/secrets" className={buttonClass()} aria-label={`${say('look')}: ${text}`}>
      {say('look')}
    </Link>
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
