import { hash } from 'node:crypto';
import type { LogRecord } from '@lockstep/engine/ports';
import { type Operation, row, rows } from '../database/operation.ts';

/**
 * Hash of a record in the chain: SHA-256 over the hash before it, its number and its stored text, a line each. The text
 * holds everything the other columns are made from.
 */
export function chainHash(before: string, number: number, text: string): string {
  return hash('sha256', `${before}\n${number}\n${text}`);
}

/**
 * Appends to the log. The numbers come from one counter row that stays locked until the transaction commits, so that a
 * reader who follows the log by number never misses a record, and the chain of hashes has one order.
 */
export function* appendLog(records: readonly LogRecord[]): Operation<void> {
  if (records.length === 0) return;
  const head = yield* row<{ readonly number: number; readonly hash: string }>(
    'update log_head set number = number + ? returning number, hash',
    records.length,
  );
  let number = (head?.number ?? 0) - records.length;
  let chain = head?.hash ?? '';
  for (const record of records) {
    number += 1;
    const text = JSON.stringify(record);
    chain = chainHash(chain, number, text);
    yield* rows(
      `insert into provisioning_log
         (number, job_id, cycle_id, change_id, source_id, identity, action, status, at_ms, record, hash)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      number,
      record.jobId,
      record.cycleId,
      record.changeId,
      record.source.id,
      identityOf(record),
      record.action,
      record.status,
      record.atMs,
      text,
      chain,
    );
  }
  yield* rows('update log_head set hash = ?', chain);
}

/** Everything a log can be searched by, in lower case: one name or id a line. */
export function identityOf(record: LogRecord): string {
  const texts = [record.source.displayName, record.source.id, record.target?.displayName, record.target?.id];
  return texts
    .filter((text) => text !== undefined)
    .join('\n')
    .toLowerCase();
}
