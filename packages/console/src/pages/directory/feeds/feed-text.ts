import type { FeedRunShape, FeedShape } from 'lockstep/admin-api/answers';
import type { Tone } from '../../../design/Badge.tsx';

/** What a health means to the reader. */
export const healthTones: Readonly<Record<FeedShape['state'], Tone>> = {
  healthy: 'success',
  running: 'accent',
  refused: 'danger',
  failed: 'danger',
  brokenOff: 'warning',
  overdue: 'warning',
};

/** What a run did, as the table's columns; a run that did nothing has none. */
export interface RunCounts {
  readonly created: number;
  readonly changed: number;
  readonly removed: number;
  /** Faults that kept everything from being written. */
  readonly refused: number;
}

/** Counts of a run; whoever came back counts as made, and what changed in groups is told elsewhere. */
export function countsOf({ counts, refusal }: Pick<FeedRunShape, 'counts' | 'refusal'>): RunCounts {
  const of = (name: string): number => counts?.[name] ?? 0;
  return {
    created: of('created') + of('restored'),
    changed: of('updated'),
    removed: of('removed'),
    refused: refusal?.faults ?? 0,
  };
}

/** Feeds that want somebody to do something. */
export function needingCare(feeds: readonly FeedShape[]): readonly FeedShape[] {
  return feeds.filter(({ state }) => state !== 'healthy' && state !== 'running');
}
