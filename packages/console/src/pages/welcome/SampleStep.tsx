import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SampleProgressShape } from 'lockstep/admin-api/answers';
import { apiQuery, useChange } from '../../api/use-api.ts';
import { Notice } from '../../design/Badge.tsx';
import { Button, buttonClass } from '../../design/Button.tsx';
import { Panel } from '../../design/Panel.tsx';
import { ProgressBar } from '../../design/ProgressBar.tsx';
import { ErrorState, Loaded } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { AppTable } from '../home/AppTable.tsx';
import { serverStatusQuery } from '../home/server-status.ts';
import { welcomePhrases } from './phrases.ts';
import { StepEnd } from './StepEnd.tsx';

const POLL_MS = 700;

/** Loads the sample company, and shows how it comes and how its apps get their people. */
export function SampleStep() {
  const query = useQuery({
    ...apiQuery<SampleProgressShape>(['sample']),
    refetchInterval: ({ state }) => (state.data?.state === 'loading' ? POLL_MS : false),
  });
  return (
    <>
      <Loaded query={query} lines={4}>
        {(progress) => <Sample progress={progress} />}
      </Loaded>
      <StepEnd back="people" />
    </>
  );
}

function Sample({ progress }: { readonly progress: SampleProgressShape }) {
  const say = usePhrases(welcomePhrases);
  switch (progress.state) {
    case 'possible':
      return <Offer />;
    case 'loading':
      return (
        <Panel title={say('loading')}>
          <ProgressBar label={say('loading')} done={progress.done} total={progress.total} />
          <p className="mt-2 tabular-nums">{say('loadingCount', { done: progress.done, total: progress.total })}</p>
        </Panel>
      );
    case 'loaded':
      return <LoadedSample people={progress.people} groups={progress.groups} />;
    case 'notEmpty':
    case 'interrupted':
      return (
        <Notice
          tone="warning"
          title={say(progress.state)}
          actions={
            <Link to="/" className={buttonClass()}>
              {say('seeHome')}
            </Link>
          }
        >
          {say(`${progress.state}Text`)}
        </Notice>
      );
    case 'failed':
      return (
        <Notice tone="danger" title={say('failed')} isAlert>
          {progress.message}
        </Notice>
      );
  }
}

function Offer() {
  const say = usePhrases(welcomePhrases);
  const start = useChange<SampleProgressShape>({ renews: [['sample']] });
  return (
    <Panel title={say('sampleTitle')}>
      <p className="mb-3 max-w-prose">{say('sampleText')}</p>
      {start.error !== null && <ErrorState error={start.error} />}
      <Button
        kind="primary"
        isBusy={start.isPending}
        onClick={() => start.mutate({ method: 'POST', path: ['sample'] })}
      >
        {say('load')}
      </Button>
    </Panel>
  );
}

function LoadedSample({ people, groups }: { readonly people: number; readonly groups: number }) {
  const say = usePhrases(welcomePhrases);
  const status = useQuery(serverStatusQuery());
  return (
    <Panel title={say('loaded')}>
      <p className="mb-3" role="status">
        {say('loadedText', { people, groups })}
      </p>
      <Loaded query={status} lines={4}>
        {({ apps }) => <AppTable apps={apps} />}
      </Loaded>
      <p className="mt-3">
        <Link to="/" className={buttonClass('primary')}>
          {say('seeHome')}
        </Link>
      </p>
    </Panel>
  );
}
