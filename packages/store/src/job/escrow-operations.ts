import type { Escrow, FailureCounts, ObjectType } from '@lockstep/engine/ports';
import { marks, type Operation, parts, row, rows } from '../database/operation.ts';

/** Failures of objects, and of references, are kept apart (rule ERR-4). */
export type EscrowTable = 'escrow' | 'reference_escrow';

interface EscrowRow {
  readonly object_type: ObjectType;
  readonly source_id: string;
  readonly failures: number;
  readonly first_failed_ms: number;
  readonly next_attempt_ms: number;
  readonly error_code: string;
  readonly message: string;
}

const COLUMNS = 'object_type, source_id, failures, first_failed_ms, next_attempt_ms, error_code, message';

export function* storeEscrow(table: EscrowTable, jobId: string, escrow: Escrow): Operation<void> {
  yield* rows(
    `insert into ${table} (job_id, ${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (job_id, object_type, source_id) do update set failures = excluded.failures,
       first_failed_ms = excluded.first_failed_ms, next_attempt_ms = excluded.next_attempt_ms,
       error_code = excluded.error_code, message = excluded.message`,
    jobId,
    escrow.objectType,
    escrow.sourceId,
    escrow.failures,
    escrow.firstFailedMs,
    escrow.nextAttemptMs,
    escrow.errorCode,
    escrow.message,
  );
}

export function* dueEscrows(
  table: EscrowTable,
  jobId: string,
  due: { readonly nowMs: number; readonly limit: number },
): Operation<readonly Escrow[]> {
  const found = yield* rows<EscrowRow>(
    `select ${COLUMNS} from ${table} where job_id = ? and next_attempt_ms <= ? order by next_attempt_ms limit ?`,
    jobId,
    due.nowMs,
    due.limit,
  );
  return found.map(toEscrow);
}

export function* escrowsOf(
  table: EscrowTable,
  jobId: string,
  of: { readonly objectType: ObjectType; readonly sourceIds: readonly string[] },
): Operation<readonly Escrow[]> {
  const found: Escrow[] = [];
  for (const part of parts(of.sourceIds)) {
    const list = yield* rows<EscrowRow>(
      `select ${COLUMNS} from ${table} where job_id = ? and object_type = ? and source_id in (${marks(part.length)})`,
      jobId,
      of.objectType,
      ...part,
    );
    found.push(...list.map(toEscrow));
  }
  return found;
}

export function* countEscrows(jobId: string): Operation<number> {
  const found = yield* row<{ readonly count: number }>('select count(*) as count from escrow where job_id = ?', jobId);
  return found?.count ?? 0;
}

/** Failures that a quarantine may be judged by: an app that asks for patience has not failed. */
export function* failureCounts(jobId: string): Operation<FailureCounts> {
  // Joined from the side of the failures, which are few: links are many.
  const found = yield* row<CountsRow>(
    `select
       (select count(*) from escrow where job_id = ? and failures > 0 and error_code <> 'TooManyRequests') as failures,
       (select count(*) from reference_escrow where job_id = ? and failures > 0 and error_code <> 'TooManyRequests') as reference_failures,
       (select count(*) from link where job_id = ?) as links,
       (select count(*) from escrow e join link l
          on l.job_id = e.job_id and l.object_type = e.object_type and l.source_id = e.source_id
          where e.job_id = ? and e.failures > 0) as failing_links`,
    jobId,
    jobId,
    jobId,
    jobId,
  );
  return {
    failures: found?.failures ?? 0,
    referenceFailures: found?.reference_failures ?? 0,
    successes: (found?.links ?? 0) - (found?.failing_links ?? 0),
  };
}

interface CountsRow {
  readonly failures: number;
  readonly reference_failures: number;
  readonly links: number;
  readonly failing_links: number;
}

function toEscrow(one: EscrowRow): Escrow {
  return {
    objectType: one.object_type,
    sourceId: one.source_id,
    failures: one.failures,
    firstFailedMs: one.first_failed_ms,
    nextAttemptMs: one.next_attempt_ms,
    errorCode: one.error_code,
    message: one.message,
  };
}
