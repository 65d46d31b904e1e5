import type { JobState } from '@lockstep/engine/ports';
import { type Operation, row, rows } from '../database/operation.ts';

export interface LeaseTimes {
  readonly nowMs: number;
  readonly untilMs: number;
}

/** Takes the lease when it is free, run out, or already the holder's. The fence rises with each change of holder. */
export function* acquireLease(jobId: string, holder: string, times: LeaseTimes): Operation<number | undefined> {
  yield* rows('insert into job (id) values (?) on conflict do nothing', jobId);
  const taken = yield* row<{ readonly fence: number }>(
    `update job set fence = case when lease_holder = ? then fence else fence + 1 end, lease_holder = ?, lease_until_ms = ?
     where id = ? and (lease_holder is null or lease_holder = ? or lease_until_ms <= ?) returning fence`,
    holder,
    holder,
    times.untilMs,
    jobId,
    holder,
    times.nowMs,
  );
  return taken?.fence;
}

export function* releaseLease(jobId: string, holder: string): Operation<void> {
  yield* rows(
    'update job set lease_holder = null, lease_until_ms = null where id = ? and lease_holder = ?',
    jobId,
    holder,
  );
}

export function* readState(jobId: string): Operation<JobState> {
  const found = yield* row<{ readonly state: string | null }>('select state from job where id = ?', jobId);
  if (found === undefined || found.state === null) return { jobId, kind: 'initial', watermark: 0 };
  // Written by `saveState` from a JobState, and by nobody else.
  return JSON.parse(found.state) as JobState;
}

/** False when a newer holder has the lease. */
export function* saveState(state: JobState, fence: number): Operation<boolean> {
  const saved = yield* row(
    'update job set state = ? where id = ? and fence = ? returning id',
    JSON.stringify(state),
    state.jobId,
    fence,
  );
  return saved !== undefined;
}

/** Forgets parts of what a job knows, as a restart asks. */
export function* resetJob(
  jobId: string,
  what: { readonly watermark: boolean; readonly links: boolean; readonly escrows: boolean },
): Operation<void> {
  if (what.watermark) {
    const state = yield* readState(jobId);
    const { pass: _dropped, ...kept } = state;
    const fresh: JobState = { ...kept, kind: 'initial', watermark: 0 };
    yield* rows('update job set state = ? where id = ?', JSON.stringify(fresh), jobId);
  }
  if (what.links) {
    for (const table of ['link', 'sent_member', 'pending_reference', 'intent', 'staged_removal']) {
      yield* rows(`delete from ${table} where job_id = ?`, jobId);
    }
  }
  if (!what.escrows) return;
  for (const table of ['escrow', 'reference_escrow']) yield* rows(`delete from ${table} where job_id = ?`, jobId);
}
