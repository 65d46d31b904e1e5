import type { Escrow, Intent, LogRecord, MembershipOutcome, Outcome, PendingReference } from '@lockstep/engine/ports';
import { marks, type Operation, parts, row, rows } from '../database/operation.ts';
import { dropLink, storeLink } from './link-operations.ts';

export function* recordIntents(jobId: string, intents: readonly Intent[]): Operation<void> {
  for (const intent of intents) {
    yield* rows(
      'insert into intent (job_id, id, object_type, source_id, action, target_id, at_ms) values (?, ?, ?, ?, ?, ?, ?)',
      jobId,
      intent.id,
      intent.objectType,
      intent.sourceId,
      intent.action,
      intent.targetId ?? null,
      intent.atMs,
    );
  }
}

export function* openIntents(jobId: string): Operation<readonly Intent[]> {
  const found = yield* rows<{
    readonly id: string;
    readonly object_type: Intent['objectType'];
    readonly source_id: string;
    readonly action: Intent['action'];
    readonly target_id: string | null;
    readonly at_ms: number;
  }>(
    'select id, object_type, source_id, action, target_id, at_ms from intent where job_id = ? order by at_ms, id',
    jobId,
  );
  return found.map((one) => ({
    id: one.id,
    objectType: one.object_type,
    sourceId: one.source_id,
    action: one.action,
    ...(one.target_id === null ? {} : { targetId: one.target_id }),
    atMs: one.at_ms,
  }));
}

/**
 * Stores everything that became of some objects: links, escrows, references, log; and closes their intents. What is
 * taken away goes in one statement for all, since a cycle stores thousands of outcomes.
 */
export function* recordOutcomes(jobId: string, outcomes: readonly Outcome[]): Operation<void> {
  const intentIds = outcomes.map((outcome) => outcome.intentId).filter((id) => id !== undefined);
  for (const part of parts(intentIds)) {
    yield* rows(`delete from intent where job_id = ? and id in (${marks(part.length)})`, jobId, ...part);
  }
  for (const objectType of ['user', 'group'] as const) {
    const ofType = outcomes.filter((outcome) => outcome.objectType === objectType);
    const idsWith = (key: 'escrow' | 'pending'): readonly string[] =>
      ofType.filter((outcome) => outcome[key] !== undefined).map((outcome) => outcome.sourceId);
    yield* deleteOf('escrow', jobId, { objectType, ids: idsWith('escrow') });
    yield* deleteOf('pending_reference', jobId, { objectType, ids: idsWith('pending') });
  }
  for (const outcome of outcomes) yield* recordOutcome(jobId, outcome);
  yield* appendLog(outcomes.flatMap((outcome) => (outcome.log === undefined ? [] : [outcome.log])));
}

function* deleteOf(
  table: 'escrow' | 'pending_reference',
  jobId: string,
  of: { readonly objectType: Outcome['objectType']; readonly ids: readonly string[] },
): Operation<void> {
  for (const part of parts(of.ids)) {
    yield* rows(
      `delete from ${table} where job_id = ? and object_type = ? and source_id in (${marks(part.length)})`,
      jobId,
      of.objectType,
      ...part,
    );
  }
}

function* recordOutcome(jobId: string, outcome: Outcome): Operation<void> {
  const { objectType, sourceId } = outcome;
  if (outcome.link === null) yield* dropLink(jobId, objectType, sourceId);
  else if (outcome.link !== undefined) yield* storeLink(jobId, outcome.link);
  if (outcome.escrow !== undefined && outcome.escrow !== null) yield* storeEscrow(jobId, outcome.escrow);
  for (const one of outcome.pending ?? []) yield* storePending(jobId, one);
}

function* storePending(jobId: string, one: PendingReference): Operation<void> {
  yield* rows(
    `insert into pending_reference (job_id, object_type, source_id, attribute, referenced_id) values (?, ?, ?, ?, ?)
     on conflict do nothing`,
    jobId,
    one.objectType,
    one.sourceId,
    one.attribute,
    one.referencedId,
  );
}

/** Waiting references whose object has a managed account by now, whole objects at a time. */
export function* resolvableReferences(
  jobId: string,
  page: { readonly after?: { readonly objectType: string; readonly sourceId: string }; readonly limit: number },
): Operation<readonly PendingReference[]> {
  const found = yield* rows<{
    readonly object_type: PendingReference['objectType'];
    readonly source_id: string;
    readonly attribute: string;
    readonly referenced_id: string;
  }>(
    `select p.object_type, p.source_id, p.attribute, p.referenced_id from pending_reference p
     join (select distinct w.object_type, w.source_id from pending_reference w
           join link l on l.job_id = w.job_id and l.object_type = 'user' and l.source_id = w.referenced_id and l.state = 'managed'
           where w.job_id = ? and (w.object_type > ? or (w.object_type = ? and w.source_id > ?))
           order by w.object_type, w.source_id limit ?) o
       on o.object_type = p.object_type and o.source_id = p.source_id
     where p.job_id = ? order by p.object_type, p.source_id, p.attribute, p.referenced_id`,
    jobId,
    page.after?.objectType ?? '',
    page.after?.objectType ?? '',
    page.after?.sourceId ?? '',
    page.limit,
    jobId,
  );
  return found.map((one) => ({
    objectType: one.object_type,
    sourceId: one.source_id,
    attribute: one.attribute,
    referencedId: one.referenced_id,
  }));
}

function* storeEscrow(jobId: string, escrow: Escrow): Operation<void> {
  yield* rows(
    `insert into escrow (job_id, object_type, source_id, failures, first_failed_ms, next_attempt_ms, error_code, message)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
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

export function* dueEscrows(jobId: string, nowMs: number, limit: number): Operation<readonly Escrow[]> {
  const found = yield* rows<{
    readonly object_type: Escrow['objectType'];
    readonly source_id: string;
    readonly failures: number;
    readonly first_failed_ms: number;
    readonly next_attempt_ms: number;
    readonly error_code: string;
    readonly message: string;
  }>(
    `select object_type, source_id, failures, first_failed_ms, next_attempt_ms, error_code, message from escrow
     where job_id = ? and next_attempt_ms <= ? order by next_attempt_ms limit ?`,
    jobId,
    nowMs,
    limit,
  );
  return found.map((one) => ({
    objectType: one.object_type,
    sourceId: one.source_id,
    failures: one.failures,
    firstFailedMs: one.first_failed_ms,
    nextAttemptMs: one.next_attempt_ms,
    errorCode: one.error_code,
    message: one.message,
  }));
}

export function* recordMembers(jobId: string, outcome: MembershipOutcome): Operation<void> {
  for (const part of parts(outcome.removedUserIds)) {
    yield* rows(
      `delete from sent_member where job_id = ? and group_id = ? and user_id in (${marks(part.length)})`,
      jobId,
      outcome.groupId,
      ...part,
    );
  }
  for (const part of parts(outcome.addedUserIds, 200)) {
    yield* rows(
      `insert into sent_member (job_id, group_id, user_id) values ${part.map(() => '(?, ?, ?)').join(', ')}
       on conflict do nothing`,
      ...part.flatMap((userId) => [jobId, outcome.groupId, userId]),
    );
  }
}

export function* sentMembers(
  jobId: string,
  groupId: string,
  page: { readonly after?: string; readonly limit: number },
): Operation<readonly string[]> {
  const found = yield* rows<{ readonly user_id: string }>(
    'select user_id from sent_member where job_id = ? and group_id = ? and user_id > ? order by user_id limit ?',
    jobId,
    groupId,
    page.after ?? '',
    page.limit,
  );
  return found.map((one) => one.user_id);
}

/**
 * Appends to the log. The numbers come from one counter row that stays locked until the transaction commits, so that a
 * reader who follows the log by number never misses a record.
 */
function* appendLog(records: readonly LogRecord[]): Operation<void> {
  if (records.length === 0) return;
  const head = yield* row<{ readonly number: number }>(
    'update log_head set number = number + ? returning number',
    records.length,
  );
  let number = (head?.number ?? 0) - records.length;
  for (const record of records) {
    number += 1;
    yield* rows(
      `insert into provisioning_log (number, job_id, cycle_id, source_id, identity, action, status, at_ms, record)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      number,
      record.jobId,
      record.cycleId,
      record.source.id,
      identityOf(record),
      record.action,
      record.status,
      record.atMs,
      JSON.stringify(record),
    );
  }
}

/** Everything a log can be searched by, in lower case: one name or id a line. */
function identityOf(record: LogRecord): string {
  const texts = [record.source.displayName, record.source.id, record.target?.displayName, record.target?.id];
  return texts
    .filter((text) => text !== undefined)
    .join('\n')
    .toLowerCase();
}
