import type { CycleShape } from '../admin-api/status-shape.ts';
import { plainText } from './print-table.ts';

const STATES: Readonly<Record<CycleShape['state'], string>> = {
  succeeded: 'succeeded',
  entryLevelErrors: 'came to its end, some objects failed',
  failed: 'failed',
  stopped: 'was stopped and will go on',
};

/** One sentence about a cycle that ended. */
export function cycleText(cycle: CycleShape): string {
  const { created, linked, updated, disabled, deleted, skipped, failed } = cycle.counts;
  const counts = Object.entries({ created, linked, updated, disabled, deleted, skipped, failed })
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${what}`);
  const why = cycle.error === undefined ? '' : `: ${plainText(cycle.error.message)}`;
  const done = counts.length === 0 ? 'nothing to do' : counts.join(', ');
  return `${cycle.kind} cycle ${STATES[cycle.state]}${why}; ${done}; ${cycle.seconds.toFixed(1)} s`;
}
