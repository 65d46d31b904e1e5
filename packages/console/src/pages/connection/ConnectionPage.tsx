import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { AppShape, ConnectionResultShape } from 'lockstep/admin-api/answers';
import { apiQuery, useChange } from '../../api/use-api.ts';
import { Notice } from '../../design/Badge.tsx';
import { Button } from '../../design/Button.tsx';
import { Facts, Panel } from '../../design/Panel.tsx';
import { ErrorState, Loaded } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { connectionPhrases } from './phrases.ts';

/** How the app is reached, and Test Connection. */
export function ConnectionPage() {
  const { app } = useParams({ from: '/apps/$app/connection' });
  const say = usePhrases(connectionPhrases);
  const query = useQuery(apiQuery<{ readonly app: AppShape }>(['apps', app]));
  const test = useChange<ConnectionResultShape>({ renews: [] });
  const actions = (
    <Button
      kind="primary"
      isBusy={test.isPending}
      onClick={() => test.mutate({ method: 'POST', path: ['apps', app, 'test'] })}
    >
      {say('test')}
    </Button>
  );
  return (
    <div className="grid gap-4">
      <Panel title={say('title')} actions={actions}>
        <Loaded query={query}>{({ app: shown }) => <AppFacts app={shown} />}</Loaded>
      </Panel>
      {test.error !== null && <ErrorState error={test.error} />}
      {test.data !== undefined && <Outcome result={test.data} />}
      <p className="max-w-prose text-muted">{say('change')}</p>
    </div>
  );
}

function AppFacts({ app }: { readonly app: AppShape }) {
  const say = usePhrases(connectionPhrases);
  return (
    <Facts
      facts={[
        [say('tenantUrl'), app.tenantUrl],
        [say('secret'), say(app.hasSecret ? 'stored' : 'missing')],
        [say('dialect'), app.dialect],
        [say('updates'), app.updateMethod],
        [say('scope'), say(app.scope)],
        [say('interval'), app.schedule.interval],
        [say('onChange'), say(app.schedule.onChange ? 'yes' : 'no')],
      ]}
    />
  );
}

function Outcome({ result }: { readonly result: ConnectionResultShape }) {
  const say = usePhrases(connectionPhrases);
  if (!result.isOk) {
    return (
      <Notice tone="danger" title={say('notOk')} isAlert>
        <p>{result.message}</p>
        <p>{result.hint}</p>
      </Notice>
    );
  }
  return (
    <Notice tone="success" title={say('ok')} isAlert>
      <p className="mt-2 font-medium">{say('features')}</p>
      <Facts facts={Object.entries(result.features).map(([name, value]) => [name, String(value)] as const)} />
    </Notice>
  );
}
