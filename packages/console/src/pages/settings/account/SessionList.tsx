import { useQuery } from '@tanstack/react-query';
import type { OwnSessionShape } from 'lockstep/admin-api/answers';
import { apiQuery, type Page, useChange } from '../../../api/use-api.ts';
import { Badge } from '../../../design/Badge.tsx';
import { Button } from '../../../design/Button.tsx';
import { type Column, DataTable } from '../../../design/DataTable.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { Loaded } from '../../../design/states.tsx';
import { TimeText } from '../../../design/TimeText.tsx';
import { useToasts } from '../../../design/Toasts.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { deviceText } from './device-text.ts';
import { accountPhrases } from './phrases.ts';

/** Where somebody is signed in; one or all others are ended. */
export function SessionList() {
  const say = usePhrases(accountPhrases);
  const toasts = useToasts();
  const query = useQuery(apiQuery<Page<OwnSessionShape>>(['me', 'sessions']));
  const endOthers = useChange<{ readonly count: number }>({
    renews: [['me', 'sessions']],
    onDone: ({ count }) => toasts.done(say('othersEnded', { n: count })),
  });
  const others = query.data?.items.filter(({ isCurrent }) => !isCurrent).length ?? 0;
  const button = (
    <Button
      kind="danger"
      disabled={others === 0}
      isBusy={endOthers.isPending}
      onClick={() => endOthers.mutate({ method: 'DELETE', path: ['me', 'sessions'] }, { onError: toasts.failed })}
    >
      {say('endOthers')}
    </Button>
  );
  return (
    <Panel title={say('sessions')} actions={button} isFlush>
      <p className="px-4 pb-2 text-muted">{say('sessionsText')}</p>
      <Loaded query={query}>{({ items }) => <SessionTable rows={items} />}</Loaded>
    </Panel>
  );
}

const WAYS = { password: 'byPassword', oidc: 'byDirectory', link: 'byLink' } as const;

function SessionTable({ rows }: { readonly rows: readonly OwnSessionShape[] }) {
  const say = usePhrases(accountPhrases);
  const wayOf = (method: string): string => {
    const way = Object.entries(WAYS).find(([name]) => name === method)?.[1];
    return way === undefined ? method : say(way);
  };
  const columns: readonly Column<OwnSessionShape>[] = [
    { id: 'device', header: say('device'), cell: ({ agent }) => <span title={agent}>{deviceText(agent)}</span> },
    { id: 'address', header: say('address'), cell: ({ address }) => address, className: 'break-all' },
    { id: 'seen', header: say('seen'), cell: ({ seenAt }) => <TimeText at={seenAt} as="distance" /> },
    { id: 'since', header: say('since'), cell: ({ createdAt }) => <TimeText at={createdAt} /> },
    { id: 'how', header: say('how'), cell: ({ method }) => wayOf(method) },
    { id: 'actions', header: say('actions'), hidesHeader: true, cell: (session) => <EndSession session={session} /> },
  ];
  return <DataTable caption={say('sessions')} columns={columns} rows={rows} keyOf={({ id }) => id} />;
}

function EndSession({ session }: { readonly session: OwnSessionShape }) {
  const say = usePhrases(accountPhrases);
  const toasts = useToasts();
  const end = useChange({ renews: [['me', 'sessions']], onDone: () => toasts.done(say('ended')) });
  const { id, agent, address, isCurrent } = session;
  if (isCurrent) return <Badge tone="success">{say('here')}</Badge>;
  return (
    <Button
      kind="danger"
      aria-label={say('endNamed', { device: deviceText(agent), address })}
      isBusy={end.isPending}
      onClick={() => end.mutate({ method: 'DELETE', path: ['me', 'sessions', id] }, { onError: toasts.failed })}
    >
      {say('end')}
    </Button>
  );
}
