import type { LogQuery, LogRecord } from '@lockstep/engine/ports';
import { type Operation, rows, type SqlValue } from '../database/operation.ts';

interface Condition {
  readonly sql: string;
  readonly value: SqlValue;
}

/** Log records that fit every given condition; newest first, or oldest first behind a number. */
export function* queryLog(query: LogQuery): Operation<readonly LogRecord[]> {
  const conditions = conditionsOf(query);
  const where = conditions.length === 0 ? '' : `where ${conditions.map((one) => one.sql).join(' and ')}`;
  const order = query.after === undefined ? 'desc' : 'asc';
  const found = yield* rows<{ readonly number: number; readonly record: string }>(
    `select number, record from provisioning_log ${where} order by number ${order} limit ?`,
    ...conditions.map((one) => one.value),
    query.limit,
  );
  return found.map((one) => readRecord(one.record, one.number));
}

function conditionsOf(query: LogQuery): readonly Condition[] {
  const conditions: Condition[] = [];
  const add = (sql: string, value: SqlValue | undefined): void => {
    if (value !== undefined) conditions.push({ sql, value });
  };
  add('job_id = ?', query.jobId);
  add('cycle_id = ?', query.cycleId);
  add('change_id = ?', query.changeId);
  add('source_id = ?', query.sourceId);
  add("identity like ? escape '\\'", query.identity === undefined ? undefined : containing(query.identity));
  add('status = ?', query.status);
  add('action = ?', query.action);
  add('at_ms >= ?', query.fromMs);
  add('at_ms < ?', query.toMs);
  add('number > ?', query.after);
  return conditions;
}

/** A LIKE pattern for text that holds another text; the wildcards in it are taken literally. */
function containing(text: string): string {
  return `%${text.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

function readRecord(text: string, number: number): LogRecord {
  // Written by `appendLog` from a LogRecord, and by nobody else.
  const record = JSON.parse(text) as LogRecord;
  return { ...record, number };
}
