import type { ObjectType, StagedCounts, StagedRemoval, StagedState, StagedStore } from '@lockstep/engine/ports';
import { marks, type Operation, parts, rows, type SqlValue } from '../database/operation.ts';

interface StagedRow {
  readonly removal: string;
  readonly state: StagedState;
}

export function* storeStaged(jobId: string, removals: readonly StagedRemoval[]): Operation<void> {
  for (const removal of removals) {
    yield* rows(
      `insert into staged_removal (job_id, id, object_type, source_id, kind, state, staged_ms, expires_ms, removal)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (job_id, id) do update set state = excluded.state, staged_ms = excluded.staged_ms,
         expires_ms = excluded.expires_ms, removal = excluded.removal`,
      jobId,
      removal.id,
      removal.objectType,
      removal.sourceId,
      removal.kind,
      removal.state,
      removal.stagedMs,
      removal.expiresMs,
      JSON.stringify(removal),
    );
  }
}

export function* dropStaged(jobId: string, ids: readonly string[]): Operation<void> {
  for (const part of parts(ids)) {
    yield* rows(`delete from staged_removal where job_id = ? and id in (${marks(part.length)})`, jobId, ...part);
  }
}

export function* listStaged(
  jobId: string,
  query: Parameters<StagedStore['staged']>[1],
): Operation<readonly StagedRemoval[]> {
  const conditions = ['job_id = ?', 'id > ?'];
  const parameters: SqlValue[] = [jobId, query.after ?? ''];
  if (query.state !== undefined) {
    conditions.push('state = ?');
    parameters.push(query.state);
  }
  if (query.expiredMs !== undefined) {
    conditions.push('expires_ms <= ?');
    parameters.push(query.expiredMs);
  }
  const found = yield* rows<StagedRow>(
    `select removal, state from staged_removal where ${conditions.join(' and ')} order by id limit ?`,
    ...parameters,
    query.limit,
  );
  return found.map(toStaged);
}

export function* stagedOf(
  jobId: string,
  objectType: ObjectType,
  sourceIds: readonly string[],
): Operation<readonly StagedRemoval[]> {
  const found: StagedRemoval[] = [];
  for (const part of parts(sourceIds)) {
    const list = yield* rows<StagedRow>(
      `select removal, state from staged_removal
       where job_id = ? and object_type = ? and source_id in (${marks(part.length)})`,
      jobId,
      objectType,
      ...part,
    );
    found.push(...list.map(toStaged));
  }
  return found;
}

export function* countStaged(jobId: string): Operation<StagedCounts> {
  const found = yield* rows<{ readonly state: StagedState; readonly count: number }>(
    'select state, count(*) as count from staged_removal where job_id = ? group by state',
    jobId,
  );
  const of = (state: StagedState): number => found.find((one) => one.state === state)?.count ?? 0;
  return { pending: of('pending'), approved: of('approved'), rejected: of('rejected') };
}

export function* decideStaged(jobId: string, decision: Parameters<StagedStore['decideStaged']>[1]): Operation<number> {
  const set = `update staged_removal set state = ? where job_id = ? and state = 'pending'`;
  if (decision.ids === undefined) {
    return (yield* rows(`${set} returning id`, decision.state, jobId)).length;
  }
  let count = 0;
  for (const part of parts([...new Set(decision.ids)])) {
    const sql = `${set} and id in (${marks(part.length)}) returning id`;
    count += (yield* rows(sql, decision.state, jobId, ...part)).length;
  }
  return count;
}

/** The column has the state as it is; the text has the one it was stored with. */
function toStaged(found: StagedRow): StagedRemoval {
  // Written by `storeStaged` from a StagedRemoval, and by nobody else.
  return { ...(JSON.parse(found.removal) as StagedRemoval), state: found.state };
}
