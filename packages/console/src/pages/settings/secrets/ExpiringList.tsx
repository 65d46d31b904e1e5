import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ExpiryShape } from 'lockstep/admin-api/answers';
import { type Page, pageQuery } from '../../../api/use-api.ts';
import { Badge } from '../../../design/Badge.tsx';
import { buttonClass } from '../../../design/Button.tsx';
import { type Column, DataTable } from '../../../design/DataTable.tsx';
import { Pager } from '../../../design/Pager.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { EmptyState, Loaded } from '../../../design/states.tsx';
import { TimeText } from '../../../design/TimeText.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { secretsPhrases } from './phrases.ts';
import { renewalOf, urgencyOf } from './renewal.ts';

const PAGE = 50;

/** Everything with an end, soonest first, each with a link to where it is made anew. */
export function ExpiringList() {
  const say = usePhrases(secretsPhrases);
  const { after } = useSearch({ from: '/settings/secrets' });
  const navigate = useNavigate({ from: '/settings/secrets' });
  const query = useQuery(pageQuery<Page<ExpiryShape>>(['secrets', 'expiring'], { after, limit: PAGE }));
  const go = (next: string | undefined) => navigate({ search: next === undefined ? {} : { after: next } });
  return (
    <Panel title={say('expiring')} isFlush>
      <Loaded query={query} lines={5}>
        {({ items, next }) =>
          items.length === 0 ? (
            <EmptyState title={say('noExpiring')}>{say('noExpiringText')}</EmptyState>
          ) : (
            <>
              <ExpiryTable rows={items} />
              <Pager after={after} next={next} onGo={go} summary={say('expiringText')} />
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

function ExpiryTable({ rows }: { readonly rows: readonly ExpiryShape[] }) {
  const say = usePhrases(secretsPhrases);
  const columns: readonly Column<ExpiryShape>[] = [
    { id: 'ends', header: say('ends'), cell: (one) => <End of={one} />, className: 'whitespace-nowrap' },
    { id: 'what', header: say('what'), cell: ({ kind }) => say(kind) },
    { id: 'label', header: say('of'), cell: (one) => nameOf(one, say('theServer')) },
    { id: 'renew', header: say('renew'), hidesHeader: true, cell: (one) => <Renew of={one} /> },
  ];
  return (
    <DataTable
      caption={say('expiring')}
      columns={columns}
      rows={rows}
      keyOf={({ kind, id, provider }) => `${kind} ${provider?.id ?? ''} ${id}`}
    />
  );
}

function nameOf({ kind, label, provider }: ExpiryShape, server: string): string {
  if (kind === 'appToken') return label;
  return [provider?.title ?? server, ...(label === '' ? [] : [label])].join(': ');
}

function End({ of }: { readonly of: ExpiryShape }) {
  const say = usePhrases(secretsPhrases);
  const urgency = urgencyOf(of, Date.now());
  return (
    <span className="flex flex-wrap items-center gap-2">
      <TimeText at={of.expiresAt} />
      {urgency === 'ended' && <Badge tone="danger">{say('ended')}</Badge>}
      {urgency === 'soon' && (
        <Badge tone="warning">
          <TimeText at={of.expiresAt} as="distance" />
        </Badge>
      )}
    </span>
  );
}

function Renew({ of }: { readonly of: ExpiryShape }) {
  const say = usePhrases(secretsPhrases);
  const renewal = renewalOf(of);
  const name = say('renewNamed', { name: `${say(of.kind)}, ${nameOf(of, say('theServer'))}` });
  const look = { className: buttonClass(), 'aria-label': name } as const;
  if (renewal.to === '/apps/$app/connection') {
    return (
      <Link to={renewal.to} params={{ app: renewal.app }} {...look}>
        {say('renew')}
      </Link>
    );
  }
  if (renewal.to !== '/providers/$provider') {
    return (
      <Link to={renewal.to} {...look}>
        {say('renew')}
      </Link>
    );
  }
  const search = renewal.tab === 'connection' ? {} : { tab: renewal.tab };
  return (
    <Link to="/providers/$provider" params={{ provider: renewal.provider }} search={search} {...look}>
      {say('renew')}
    </Link>
  );
}
