import { TargetError } from '@lockstep/scim/client';
import type { CompiledJob } from '../job/compile-job.ts';
import { portsOf } from '../job/directory-of.ts';
import type { CycleSummary, JobState } from '../ports/engine-store.ts';
import { concludeCycle } from './conclude-cycle.ts';
import { CycleError, JobBusyError, jobFailure } from './cycle-error.ts';
import type { CyclePorts } from './cycle-ports.ts';
import { type CycleRun, createTally, storeWrites } from './cycle-run.ts';
import { createDoubts, type Doubts, settleDoubts } from './doubts.ts';
import { judgeHeldRemovals } from './hold-removals.ts';
import { runIncremental } from './incremental-cycle.ts';
import { runInitial } from './initial-cycle.ts';
import { type CycleEnd, createLeaseKeeper, type LeaseKeeper } from './lease-keeper.ts';
import { recoverUncertain } from './recover.ts';
import { settleDecided } from './staged-removals.ts';

/**
 * Runs one cycle of a job from where it stands: the initial one until the whole directory has been gone through, then
 * incremental ones from the watermark. The watermark moves only after the outcomes of a page are stored, so a crash
 * anywhere repeats work and loses none.
 *
 * A cycle that fails as a whole is an outcome, not an exception: the summary says why.
 *
 * @throws {JobBusyError} when the job's lease is held elsewhere
 */
export async function runCycle(job: CompiledJob, given: CyclePorts): Promise<CycleSummary> {
  const ports = portsOf(job, given);
  const jobId = job.definition.id;
  const lease = createLeaseKeeper(jobId, ports);
  if (!(await lease.take())) throw new JobBusyError(jobId);
  try {
    const state = await ports.store.state(jobId);
    const doubts = createDoubts(await ports.store.openIntents(jobId));
    const run = openRun({ job, ports, state, lease, doubts });
    ports.onEvent?.({ kind: 'started', jobId, cycleId: run.cycleId, cycle: run.kind });
    const startedMs = ports.clock.nowMs();
    const end = await runToEnd(run, lease, state);
    const summary = summaryOf(run, startedMs, end);
    await concludeCycle(run, lease, summary);
    ports.onEvent?.({ kind: 'finished', jobId, cycleId: run.cycleId, summary });
    return summary;
  } finally {
    await lease.release();
  }
}

interface Opening {
  readonly job: CompiledJob;
  readonly ports: CyclePorts;
  readonly state: JobState;
  readonly lease: LeaseKeeper;
  readonly doubts: Doubts;
}

/** An initial cycle that was interrupted goes on under its own id. */
function openRun({ job, ports, state, lease, doubts }: Opening): CycleRun {
  return {
    job,
    ports,
    cycleId: state.pass?.cycleId ?? ports.random.guid(),
    kind: state.kind,
    tally: createTally(),
    total: 0,
    escrows: new Map(),
    referenceEscrows: new Map(),
    doubts,
    accountLists: new Map(),
    referrers: new Map(),
    heldBack: job.definition.guard === undefined ? undefined : [],
    hasStaged: false,
    guardText: undefined,
    prunedBecause: state.pass?.prunedBecause,
    keepLease: lease.keep,
    ...storeWrites(job.definition.id, ports.store, lease.fence),
  };
}

async function runToEnd(run: CycleRun, lease: LeaseKeeper, state: JobState): Promise<CycleEnd> {
  try {
    await settleDecided(run);
    await recoverUncertain(run);
    const isDone =
      state.kind === 'initial' ? await runInitial(run, lease, state) : await runIncremental(run, lease, state);
    if (isDone) await judgeHeldRemovals(run);
    await settleDoubts(run);
    return { kind: isDone ? 'finished' : 'stopped' };
  } catch (error) {
    return { kind: 'failed', error: asCycleError(error) };
  }
}

function asCycleError(error: unknown): CycleError {
  const fatal = jobFailure(error);
  if (fatal !== undefined) return fatal;
  if (error instanceof TargetError) return new CycleError('TargetUnreachable', error.message, error);
  return new CycleError('InternalError', error instanceof Error ? error.message : String(error), error);
}

function summaryOf(run: CycleRun, startedMs: number, end: CycleEnd): CycleSummary {
  const counts = run.tally.counts();
  const shared = { cycleId: run.cycleId, kind: run.kind, startedMs, endedMs: run.ports.clock.nowMs(), counts };
  if (end.kind === 'failed') {
    return { ...shared, state: 'failed', error: { code: end.error.code, message: end.error.message } };
  }
  if (end.kind === 'stopped') return { ...shared, state: 'stopped' };
  return { ...shared, state: counts.failed > 0 ? 'entryLevelErrors' : 'succeeded' };
}
