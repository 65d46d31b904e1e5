import type { CycleRun } from './cycle-run.ts';

/** Tells how far the cycle is: objects handled, of about as many as there are. */
export function tellProgress(run: CycleRun): void {
  const done = run.tally.done();
  run.ports.onEvent?.({
    kind: 'progress',
    jobId: run.job.definition.id,
    cycleId: run.cycleId,
    done,
    total: Math.max(run.total, done),
    counts: run.tally.counts(),
  });
}
