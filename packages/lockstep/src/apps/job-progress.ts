import type { CycleEvent } from '@lockstep/engine';
import type { Clock, CycleCounts } from '@lockstep/engine/ports';

/** Where a running cycle stands. */
export interface JobProgress {
  readonly cycleId: string;
  readonly kind: 'initial' | 'incremental';
  readonly startedMs: number;
  /** Objects handled so far, of about `total`. */
  readonly done: number;
  readonly total: number;
  readonly counts: CycleCounts | undefined;
}

/** Remembers where running cycles stand, and hands on what they tell. */
export interface ProgressBoard {
  note(event: CycleEvent): void;
  of(jobId: string): JobProgress | undefined;
  /** The job's cycle has ended, however that was. */
  clear(jobId: string): void;
  onEvent(listener: (event: CycleEvent) => void): () => void;
}

export function createProgressBoard(clock: Clock): ProgressBoard {
  const progress = new Map<string, JobProgress>();
  const listeners = new Set<(event: CycleEvent) => void>();
  return {
    note: (event) => {
      const next = advance(progress.get(event.jobId), event, clock.nowMs());
      if (next !== undefined) progress.set(event.jobId, next);
      for (const listener of listeners) listener(event);
    },
    of: (jobId) => progress.get(jobId),
    clear: (jobId) => {
      progress.delete(jobId);
    },
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function advance(known: JobProgress | undefined, event: CycleEvent, nowMs: number): JobProgress | undefined {
  if (event.kind === 'started') {
    const { cycleId, cycle } = event;
    return { cycleId, kind: cycle, startedMs: nowMs, done: 0, total: 0, counts: undefined };
  }
  if (event.kind !== 'progress' || known === undefined) return known;
  return { ...known, done: event.done, total: event.total, counts: event.counts };
}
