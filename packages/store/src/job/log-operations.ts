import type { LogQuery, LogRecord } from '@lockstep/engine/ports';
import { type Operation, rows, type SqlValue } from '../database/operation.ts';

interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** Log records that fit every given condition; newest first, or oldest first behind a number. */
export function* queryLog(query: LogQuery): Operation<readonly LogRecord[]> {
  const conditions = conditionsOf(query);
  const where = conditions.length === 0 ? '' : `where ${conditions.map((one) => one.sql).join(' and ')}`;
  const order = query.after === undefined ? 'desc' : 'asc';
  const found = yield* rows<{ readonly number: number; readonly record: string }>(
    `select number, record from provisioning_log ${where} order by number ${order} limit ?`,
    ...conditions.flatMap((one) => one.values),
    query.limit,
  );
  return found.map((one) => readRecord(one.record, one.number));
}

/** What is seldom has an index of its own; SQLite uses it only when the index's condition stands in the query word for word. */
const TROUBLE = "status in ('failure', 'warning')";
const REMOVAL = "action in ('delete', 'disable', 'stagedDelete')";

const SELDOM: Readonly<Record<string, string>> = {
  failure: `${TROUBLE} and status = 'failure'`,
  warning: `${TROUBLE} and status = 'warning'`,
  delete: `${REMOVAL} and action = 'delete'`,
  disable: `${REMOVAL} and action = 'disable'`,
  stagedDelete: `${REMOVAL} and action = 'stagedDelete'`,
};

function conditionsOf(query: LogQuery): readonly Condition[] {
  const { sourceIds, identity, status, action } = query;
  const conditions: Condition[] = [];
  const add = (sql: string, value: SqlValue | undefined): void => {
    if (value !== undefined) conditions.push({ sql, values: [value] });
  };
  const addWord = (column: 'status' | 'action', word: string | undefined): void => {
    const seldom = word === undefined ? undefined : SELDOM[word];
    if (seldom === undefined) add(`${column} = ?`, word);
    else conditions.push({ sql: seldom, values: [] });
  };
  add('number = ?', query.number);
  add('job_id = ?', query.jobId);
  add('cycle_id = ?', query.cycleId);
  add('change_id = ?', query.changeId);
  add('source_id = ?', query.sourceId);
  if (sourceIds !== undefined) {
    const places = sourceIds.map(() => '?').join(', ');
    conditions.push({ sql: sourceIds.length === 0 ? '1 = 0' : `source_id in (${places})`, values: sourceIds });
  }
  // Looked for in the index of names alone, which is far smaller than the records.
  const isNamed = "number in (select number from provisioning_log where identity like ? escape '\\')";
  add(isNamed, identity === undefined ? undefined : containing(identity));
  addWord('status', status);
  addWord('action', action);
  add('at_ms >= ?', query.fromMs);
  add('at_ms < ?', query.toMs);
  add('number > ?', query.after);
  add('number < ?', query.before);
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
