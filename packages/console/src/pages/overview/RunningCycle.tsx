import type { StatusShape } from 'lockstep/admin-api/answers';
import { Facts, Panel } from '../../design/Panel.tsx';
import { ProgressBar } from '../../design/ProgressBar.tsx';
import { designPhrases } from '../../design/phrases.ts';
import { TimeText } from '../../design/TimeText.tsx';
import { spanText } from '../../design/time-text.ts';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { countKinds } from './cycle-bar.ts';
import { overviewPhrases } from './phrases.ts';

/** The cycle that runs with its progress, or when the next one comes. */
export function RunningCycle({ status }: { readonly status: StatusShape }) {
  const say = usePhrases(overviewPhrases);
  const { progress, lastCycle, nextRunAt } = status;
  if (progress !== undefined) return <Progress progress={progress} />;
  return (
    <Panel title={say('nothingRuns')}>
      <Facts
        facts={[
          [
            say('lastRun'),
            lastCycle === undefined ? say('never') : <TimeText key="last" at={lastCycle.endedAt} as="distance" />,
          ],
          [
            say('nextRun'),
            nextRunAt === undefined ? say('never') : <TimeText key="next" at={nextRunAt} as="distance" />,
          ],
        ]}
      />
    </Panel>
  );
}

function Progress({ progress }: { readonly progress: NonNullable<StatusShape['progress']> }) {
  const say = usePhrases(overviewPhrases);
  const sayDesign = usePhrases(designPhrases);
  const { kind, done, total, counts, secondsLeft } = progress;
  const told =
    counts === undefined
      ? []
      : countKinds.filter((one) => counts[one] > 0).map((one) => `${say(one)} ${counts[one].toLocaleString()}`);
  return (
    <Panel title={say(kind)}>
      <div className="grid gap-2">
        <ProgressBar label={say(kind)} done={done} total={total} />
        <p className="flex flex-wrap justify-between gap-2 tabular-nums">
          <span>{total === 0 ? say('counting') : say('progress', { done, total })}</span>
          {secondsLeft !== undefined && <span>{say('left', { span: spanText(secondsLeft * 1_000, sayDesign) })}</span>}
        </p>
        {told.length > 0 && <p className="text-muted tabular-nums">{told.join(' · ')}</p>}
      </div>
    </Panel>
  );
}
