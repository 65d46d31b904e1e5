import type { CycleSummary, JobLife } from '@lockstep/engine/ports';
import { type Operation, row, rows } from '../database/operation.ts';

const HISTORY_MAX = 200;

export function* readLife(jobId: string): Operation<JobLife> {
  return toLife(yield* row<LifeRow>('select life from job where id = ?', jobId));
}

interface LifeRow {
  readonly life: string | null;
}

/** A job that nobody has touched waits for its first cycle. */
function toLife(found: LifeRow | undefined): JobLife {
  if (found === undefined || found.life === null) return { state: 'NotRun', hasRun: false };
  // Written by `changeLife` from a JobLife, and by nobody else.
  return JSON.parse(found.life) as JobLife;
}

export function* changeLife(
  jobId: string,
  change: (life: JobLife) => JobLife,
  fence: number | undefined,
): Operation<JobLife | undefined> {
  if (!(yield* holdsLease(jobId, fence))) return undefined;
  yield* rows('insert into job (id) values (?) on conflict do nothing', jobId);
  const before = toLife(yield* row<LifeRow>('select life from job where id = ? for update', jobId));
  const after = change(before);
  yield* rows('update job set life = ? where id = ?', JSON.stringify(after), jobId);
  return after;
}

/**
 * Whether a fence is still the job's newest. The row stays locked until the transaction ends, so that no other process
 * can take the job over between the look and the write. Without a fence everybody may write.
 */
export function* holdsLease(jobId: string, fence: number | undefined): Operation<boolean> {
  if (fence === undefined) return true;
  const held = yield* row('select fence from job where id = ? and fence = ? for update', jobId, fence);
  return held !== undefined;
}

export function* recordCycle(jobId: string, summary: CycleSummary): Operation<void> {
  yield* rows(
    `insert into cycle_history (job_id, cycle_id, ended_ms, summary) values (?, ?, ?, ?)
     on conflict (job_id, cycle_id) do update set ended_ms = excluded.ended_ms, summary = excluded.summary`,
    jobId,
    summary.cycleId,
    summary.endedMs,
    JSON.stringify(summary),
  );
  yield* rows(
    `delete from cycle_history where job_id = ? and ended_ms <
       (select min(ended_ms) from (select ended_ms from cycle_history where job_id = ? order by ended_ms desc limit ?) newest)`,
    jobId,
    jobId,
    HISTORY_MAX,
  );
}

export function* listCycles(jobId: string, limit: number): Operation<readonly CycleSummary[]> {
  const found = yield* rows<{ readonly summary: string }>(
    'select summary from cycle_history where job_id = ? order by ended_ms desc, cycle_id limit ?',
    jobId,
    limit,
  );
  // Written by `recordCycle` from a CycleSummary, and by nobody else.
  return found.map((one) => JSON.parse(one.summary) as CycleSummary);
}
