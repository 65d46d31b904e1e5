import type { FeedRun, StoredFeed } from '@lockstep/store';
import { feedSource } from './feed-source.ts';

/**
 * How a feed does. `refused`: its newest run wrote nothing. `failed`: it broke in the middle. `brokenOff`: it began and never
 * told how it ended. `overdue`: a declared feed that used to come by itself has not come for long.
 */
export type FeedHealth =
  | { readonly state: 'healthy' | 'running' | 'refused' | 'failed' | 'brokenOff' }
  | { readonly state: 'overdue' /** The longest it took before, in milliseconds. */; readonly usualMs: number };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** No file takes so long; the largest allowed is read and written in minutes. */
const RUN_MAX_MS = HOUR_MS;
/** Fewer runs, or runs of fewer days, are no habit: somebody may be trying things out. */
const HABIT_RUNS = 4;
const HABIT_MS = 3 * DAY_MS;

/** Judges a feed by its newest runs. */
export function feedHealth({ id, runs }: Pick<StoredFeed, 'id' | 'runs'>, nowMs: number): FeedHealth {
  const [newest] = runs;
  if (newest === undefined) return { state: 'healthy' };
  if (newest.state === 'running') return { state: nowMs - newest.startedMs > RUN_MAX_MS ? 'brokenOff' : 'running' };
  if (newest.state !== 'done') return { state: newest.state };
  // Nobody promised to import files by hand.
  const usualMs = feedSource(id).kind === 'declared' ? habitOf(runs) : undefined;
  const isOverdue = usualMs !== undefined && nowMs - newest.startedMs > Math.max(2 * usualMs, DAY_MS);
  return isOverdue ? { state: 'overdue', usualMs } : { state: 'healthy' };
}

/** The longest gap between runs; `undefined` when they make no habit. */
function habitOf(runs: readonly FeedRun[]): number | undefined {
  const starts = runs.map((run) => run.startedMs);
  const span = (starts[0] ?? 0) - (starts.at(-1) ?? 0);
  if (starts.length < HABIT_RUNS || span < HABIT_MS) return undefined;
  return Math.max(...starts.slice(1).map((start, at) => (starts[at] ?? start) - start));
}
