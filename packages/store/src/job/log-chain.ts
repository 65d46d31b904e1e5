import type { LogRecord, LogVerdict } from '@lockstep/engine/ports';
import type { Database } from '../database/database.ts';
import { type Operation, row, rows } from '../database/operation.ts';
import { chainHash, identityOf } from './append-log.ts';

/**
 * Takes away the oldest records from before a time. Only a run from the beginning goes, so that the anchor, which keeps
 * the last hash taken away, is all the chain needs. Gives how many went.
 */
export function* pruneLog(beforeMs: number, limit: number): Operation<number> {
  // The head's lock keeps two who prune, and whoever appends, apart.
  yield* row('select number from log_head for update');
  const anchor = yield* readEnd('log_anchor');
  const young = yield* row<{ readonly number: number | null }>(
    `select min(number) as number from (select number, at_ms from provisioning_log order by number limit ?) oldest
     where at_ms >= ?`,
    limit,
    beforeMs,
  );
  const last = yield* row<{ readonly number: number; readonly hash: string | null }>(
    `select number, hash from (select number, hash from provisioning_log where number < ? order by number limit ?) oldest
     order by number desc limit 1`,
    young?.number ?? Number.MAX_SAFE_INTEGER,
    limit,
  );
  if (last === undefined) return 0;
  const gone = yield* rows('delete from provisioning_log where number <= ? returning number', last.number);
  if (last.number > anchor.number) {
    yield* rows('update log_anchor set number = ?, hash = ?', last.number, last.hash ?? '');
  }
  return gone.length;
}

interface ChainEnd {
  readonly number: number;
  readonly hash: string;
}

function* readEnd(table: 'log_head' | 'log_anchor'): Operation<ChainEnd> {
  return (yield* row<ChainEnd>(`select number, hash from ${table}`)) ?? { number: 0, hash: '' };
}

interface ChainRow {
  readonly number: number;
  readonly job_id: string;
  readonly cycle_id: string;
  readonly change_id: string | null;
  readonly source_id: string;
  readonly identity: string;
  readonly action: string;
  readonly status: string;
  readonly at_ms: number;
  readonly record: string;
  readonly hash: string | null;
}

const PAGE = 1_000;

/** Goes through the log page by page and recomputes every hash; stops at the first record that is not as it was written. */
export async function verifyLog(database: Pick<Database, 'read'>): Promise<LogVerdict> {
  const anchor = await database.read(() => readEnd('log_anchor'));
  const head = await database.read(() => readEnd('log_head'));
  let at = anchor;
  let checked = 0;
  const broken = (brokenAt: number, why: string): LogVerdict => ({ isIntact: false, brokenAt, why, checked });
  while (at.number < head.number) {
    const page = await database.read(() => chainPage(at.number, head.number));
    for (const one of page) {
      const fault = faultAfter(at, one);
      if (fault !== undefined) return broken(fault.brokenAt, fault.why);
      at = { number: one.number, hash: one.hash ?? '' };
      checked += 1;
    }
    if (page.length < PAGE && at.number < head.number) return broken(at.number + 1, 'the record is missing');
  }
  if (at.hash !== head.hash) return broken(head.number, 'the end of the log is not what was written last');
  const extra = await database.read(() =>
    row<{ readonly number: number }>('select number from provisioning_log where number > ? limit 1', head.number),
  );
  // Records written while this ran lie behind the head that was read first; nothing else may.
  const now = await database.read(() => readEnd('log_head'));
  if (extra !== undefined && now.number === head.number) return broken(extra.number, 'the record was not written here');
  return { isIntact: true, checked, anchor: anchor.number, last: at.number, hash: at.hash };
}

function* chainPage(after: number, until: number): Operation<readonly ChainRow[]> {
  return yield* rows<ChainRow>(
    `select number, job_id, cycle_id, change_id, source_id, identity, action, status, at_ms, record, hash
     from provisioning_log where number > ? and number <= ? order by number limit ?`,
    after,
    until,
    PAGE,
  );
}

function faultAfter(before: ChainEnd, one: ChainRow): { readonly brokenAt: number; readonly why: string } | undefined {
  if (one.number !== before.number + 1) return { brokenAt: before.number + 1, why: 'the record is missing' };
  const why = faultOf(one, before.hash);
  return why === undefined ? undefined : { brokenAt: one.number, why };
}

function faultOf(one: ChainRow, before: string): string | undefined {
  if (chainHash(before, one.number, one.record) !== one.hash) return 'its hash does not fit its content';
  // Its hash fits, so it is the text that was written from a LogRecord.
  const record = JSON.parse(one.record) as LogRecord;
  const isEqual =
    record.jobId === one.job_id &&
    record.cycleId === one.cycle_id &&
    record.changeId === one.change_id &&
    record.source.id === one.source_id &&
    identityOf(record) === one.identity &&
    record.action === one.action &&
    record.status === one.status &&
    record.atMs === one.at_ms;
  return isEqual ? undefined : 'the columns it is found by do not fit its content';
}
