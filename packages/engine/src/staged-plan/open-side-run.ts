import { JobBusyError } from '../cycle/cycle-error.ts';
import type { CyclePorts } from '../cycle/cycle-ports.ts';
import { type CycleRun, createTally, storeWrites } from '../cycle/cycle-run.ts';
import { createDoubts, settleDoubts } from '../cycle/doubts.ts';
import { createLeaseKeeper } from '../cycle/lease-keeper.ts';
import type { CompiledJob } from '../job/compile-job.ts';
import { portsOf } from '../job/directory-of.ts';
import type { Outcome } from '../ports/engine-store.ts';

/** Told what was stored about objects. */
export type OutcomeListener = (outcomes: readonly Outcome[]) => void;

/**
 * Does something with a job that no cycle may run beside: takes its lease, opens a run with the guard on, and gives the
 * lease back. The position of the job stays as it is.
 *
 * @throws {JobBusyError} when the job's lease is held elsewhere
 */
export async function withSideRun<T>(
  {
    job,
    ports: given,
    onOutcomes,
  }: { readonly job: CompiledJob; readonly ports: CyclePorts; readonly onOutcomes?: OutcomeListener },
  work: (run: CycleRun) => Promise<T>,
): Promise<T> {
  const jobId = job.definition.id;
  const ports = portsOf(job, given);
  const lease = createLeaseKeeper(jobId, ports);
  if (!(await lease.take())) throw new JobBusyError(jobId);
  try {
    const staged = await ports.store.countStaged(jobId);
    const writes = storeWrites(jobId, ports.store, lease.fence);
    const run: CycleRun = {
      job,
      ports,
      cycleId: ports.random.guid(),
      kind: 'incremental',
      tally: createTally(),
      total: 0,
      escrows: new Map(),
      doubts: createDoubts(await ports.store.openIntents(jobId)),
      accountLists: new Map(),
      referrers: new Map(),
      referenceEscrows: new Map(),
      heldBack: job.definition.guard === undefined ? undefined : [],
      hasStaged: staged.pending + staged.approved + staged.rejected > 0,
      guardText: undefined,
      prunedBecause: undefined,
      keepLease: lease.keep,
      ...writes,
      record: async (outcomes) => {
        await writes.record(outcomes);
        onOutcomes?.(outcomes);
      },
    };
    const result = await work(run);
    await settleDoubts(run);
    return result;
  } finally {
    await lease.release();
  }
}
