import type { CycleShape } from 'lockstep/admin-api/answers';
import type { Bar } from '../../design/cycle-bars.ts';
import type { Say } from '../../phrases/phrase.ts';
import type { OverviewPhrase } from './phrases.ts';

/** Counts of a cycle that changed something in the app, in the order they are told. */
export const countKinds = ['created', 'linked', 'updated', 'disabled', 'deleted', 'skipped', 'failed'] as const;

/** The words for how a cycle ended. */
export const resultPhrases = {
  succeeded: 'succeeded',
  entryLevelErrors: 'entryLevelErrors',
  failed: 'cycleFailed',
  stopped: 'stopped',
} as const satisfies Record<CycleShape['state'], OverviewPhrase>;

/** Cycles as bars, oldest first. `when` tells a moment as the reader's clock does. */
export function cycleBars(
  cycles: readonly CycleShape[],
  words: { readonly say: Say<OverviewPhrase>; readonly when: (at: string) => string },
): readonly Bar[] {
  const { say, when } = words;
  return cycles.toReversed().map(({ cycleId, counts, state, startedAt }) => {
    const told = countKinds
      .filter((kind) => counts[kind] > 0)
      .map((kind) => `${say(kind)} ${counts[kind].toLocaleString()}`);
    const text = [say(resultPhrases[state]), ...told].join(', ');
    return {
      id: cycleId,
      title: say('barTitle', { when: when(startedAt), text }),
      good: counts.created + counts.linked + counts.updated + counts.disabled + counts.deleted,
      bad: counts.failed,
      isFailed: state === 'failed',
    };
  });
}
