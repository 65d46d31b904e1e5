import type { CycleCounts, CycleSummary, JobState } from '../ports/engine-store.ts';
import type { JobStatistics } from '../ports/job-life.ts';
import { judgeCycle } from '../quarantine/judge-cycle.ts';
import type { CycleRun } from './cycle-run.ts';
import type { LeaseKeeper } from './lease-keeper.ts';

/**
 * Stores what a cycle leaves behind: its place in the history, the statistics, and what it makes of the job's life. Whoever
 * has taken the job over does that itself; this run then only tells what it saw.
 */
export async function concludeCycle(run: CycleRun, lease: LeaseKeeper, summary: CycleSummary): Promise<void> {
  if (summary.error?.code === 'LeaseLost') return;
  const { store } = run.ports;
  const jobId = run.job.definition.id;
  const prunesEscrows = await judgeLife(run, lease, summary);
  if (prunesEscrows) await store.reset(jobId, { watermark: false, links: false, escrows: true });
  const state = await store.state(jobId);
  const statistics = countCycle(state.statistics, summary, prunesEscrows);
  const finished: JobState = { ...state, lastCycle: summary, statistics };
  await Promise.all([lease.save(finished), store.recordCycle(jobId, summary)]);
}

async function judgeLife(run: CycleRun, lease: LeaseKeeper, summary: CycleSummary): Promise<boolean> {
  const { store, clock, onEvent } = run.ports;
  const { id: jobId, quarantine = {} } = run.job.definition;
  const [before, counts, staged] = await Promise.all([
    store.life(jobId),
    store.failureCounts(jobId),
    store.countStaged(jobId),
  ]);
  const nowMs = clock.nowMs();
  const evidence = {
    summary,
    counts,
    limits: quarantine,
    pendingRemovals: staged.pending,
    ...(run.guardText === undefined ? {} : { guardText: run.guardText }),
    ...(run.prunedBecause === undefined ? {} : { prunedBecause: run.prunedBecause }),
  };
  // Most cycles change nothing about the job: those write nothing.
  if (judgeCycle(before, evidence, nowMs).life === before) return false;
  let prunesEscrows = false;
  const after = await store.changeLife(
    jobId,
    (life) => {
      const verdict = judgeCycle(life, evidence, nowMs);
      prunesEscrows = verdict.prunesEscrows;
      return verdict.life;
    },
    lease.fence(),
  );
  if (after === undefined) return false;
  const isNews = after.state !== before.state || after.quarantine?.reason !== before.quarantine?.reason;
  if (isNews) onEvent?.({ kind: 'lifeChanged', jobId, cycleId: run.cycleId, before, after });
  return prunesEscrows;
}

/** The statistics of a job that has not run. */
export const NO_STATISTICS: JobStatistics = {
  successiveFailures: 0,
  escrowsPruned: false,
  cycles: 0,
  totals: { created: 0, linked: 0, updated: 0, disabled: 0, deleted: 0, skipped: 0, failed: 0, skippedBy: {} },
};

function countCycle(
  before: JobStatistics = NO_STATISTICS,
  summary: CycleSummary,
  escrowsPruned: boolean,
): JobStatistics {
  const counted = { ...before, cycles: before.cycles + 1, totals: sum(before.totals, summary.counts) };
  if (summary.state === 'stopped') return counted;
  if (summary.state === 'failed') return { ...counted, successiveFailures: before.successiveFailures + 1 };
  const { created, linked, updated, disabled, deleted } = summary.counts;
  const hasExports = created + linked + updated + disabled + deleted > 0;
  const isSteady = summary.state === 'succeeded';
  return {
    ...counted,
    successiveFailures: 0,
    // A later cycle without trouble is the sign that the customer has cleaned up.
    escrowsPruned: escrowsPruned || (before.escrowsPruned && !isSteady),
    lastSuccess: summary,
    ...(hasExports ? { lastSuccessWithExports: summary } : {}),
    ...(isSteady ? { steadyFirstMs: before.steadyFirstMs ?? summary.endedMs, steadyLastMs: summary.endedMs } : {}),
  };
}

function sum(before: CycleCounts, one: CycleCounts): CycleCounts {
  const skippedBy: Record<string, number> = { ...before.skippedBy };
  for (const [code, count] of Object.entries(one.skippedBy)) skippedBy[code] = (skippedBy[code] ?? 0) + count;
  return {
    created: before.created + one.created,
    linked: before.linked + one.linked,
    updated: before.updated + one.updated,
    disabled: before.disabled + one.disabled,
    deleted: before.deleted + one.deleted,
    skipped: before.skipped + one.skipped,
    failed: before.failed + one.failed,
    skippedBy,
  };
}
