import type { Intent, MembershipOutcome, ObjectType, Outcome, PendingReference } from '@lockstep/engine/ports';
import { inList, marks, type Operation, parts, rows } from '../database/operation.ts';
import { appendLog } from './append-log.ts';
import { type EscrowTable, storeEscrow } from './escrow-operations.ts';
import { holdsLease } from './life-operations.ts';
import { dropLink, storeLink } from './link-operations.ts';
import { dropStaged, storeStaged } from './staged-operations.ts';
import { takeOver } from './take-over.ts';

export function* recordIntents(
  jobId: string,
  intents: readonly Intent[],
  fence: number | undefined,
): Operation<boolean> {
  if (!(yield* holdsLease(jobId, fence))) return false;
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
  return true;
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
export function* recordOutcomes(
  jobId: string,
  outcomes: readonly Outcome[],
  fence: number | undefined,
): Operation<boolean> {
  if (!(yield* holdsLease(jobId, fence))) return false;
  const intentIds = outcomes.map((outcome) => outcome.intentId).filter((id) => id !== undefined);
  for (const part of parts(intentIds)) {
    yield* rows(`delete from intent where job_id = ? and id in (${marks(part.length)})`, jobId, ...part);
  }
  for (const objectType of ['user', 'group'] as const) {
    const ofType = outcomes.filter((outcome) => outcome.objectType === objectType);
    const idsWith = (key: 'escrow' | 'referenceEscrow' | 'pending'): readonly string[] =>
      ofType.filter((outcome) => outcome[key] !== undefined).map((outcome) => outcome.sourceId);
    yield* deleteOf('escrow', jobId, { objectType, ids: idsWith('escrow') });
    yield* deleteOf('reference_escrow', jobId, { objectType, ids: idsWith('referenceEscrow') });
    yield* deleteOf('pending_reference', jobId, { objectType, ids: idsWith('pending') });
  }
  for (const outcome of outcomes) yield* recordOutcome(jobId, outcome);
  yield* appendLog(outcomes.flatMap((outcome) => (outcome.log === undefined ? [] : [outcome.log])));
  return true;
}

function* deleteOf(
  table: EscrowTable | 'pending_reference',
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
  yield* recordLink(jobId, outcome);
  const { escrow, referenceEscrow } = outcome;
  if (escrow !== undefined && escrow !== null) yield* storeEscrow('escrow', jobId, escrow);
  if (referenceEscrow !== undefined && referenceEscrow !== null) {
    yield* storeEscrow('reference_escrow', jobId, referenceEscrow);
  }
  if (outcome.staged !== undefined) yield* storeStaged(jobId, outcome.staged);
  if (outcome.unstaged !== undefined) yield* dropStaged(jobId, outcome.unstaged);
  for (const one of outcome.pending ?? []) yield* storePending(jobId, one);
  for (const one of outcome.alsoPending ?? []) yield* storePending(jobId, one);
}

function* recordLink(jobId: string, { link, isReplaced, takesOver, objectType, sourceId }: Outcome): Operation<void> {
  if (isReplaced === true && objectType === 'user') yield* forgetMemberships(jobId, sourceId);
  if (link === undefined) return;
  if (link === null) return yield* dropLink(jobId, objectType, sourceId);
  if (takesOver !== undefined) yield* takeOver(jobId, link, takesOver.atMs);
  yield* storeLink(jobId, link);
}

/** The groups a person was a member of wait for the next account. */
function* forgetMemberships(jobId: string, userId: string): Operation<void> {
  yield* rows(
    `insert into pending_reference (job_id, object_type, source_id, attribute, referenced_id)
     select job_id, 'group', group_id, 'members', user_id from sent_member where job_id = ? and user_id = ?
     on conflict do nothing`,
    jobId,
    userId,
  );
  yield* rows('delete from sent_member where job_id = ? and user_id = ?', jobId, userId);
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
  const found = yield* rows<PendingRow>(
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
  return found.map(toPending);
}

interface PendingRow {
  readonly object_type: ObjectType;
  readonly source_id: string;
  readonly attribute: string;
  readonly referenced_id: string;
}

function toPending(one: PendingRow): PendingReference {
  return {
    objectType: one.object_type,
    sourceId: one.source_id,
    attribute: one.attribute,
    referencedId: one.referenced_id,
  };
}

/** References of some objects that wait for an account. */
export function* pendingReferences(
  jobId: string,
  objectType: ObjectType,
  sourceIds: readonly string[],
): Operation<readonly PendingReference[]> {
  const found: PendingReference[] = [];
  for (const part of parts(sourceIds)) {
    const list = yield* rows<PendingRow>(
      `select object_type, source_id, attribute, referenced_id from pending_reference
       where job_id = ? and object_type = ? and source_id in (${marks(part.length)})
       order by source_id, attribute, referenced_id limit ?`,
      jobId,
      objectType,
      ...part,
      PENDING_MAX,
    );
    found.push(...list.map(toPending));
  }
  return found;
}

/** References that wait for one of some objects. */
export function* referencesTo(jobId: string, referencedIds: readonly string[]): Operation<readonly PendingReference[]> {
  const found: PendingReference[] = [];
  for (const part of parts(referencedIds)) {
    const list = yield* rows<PendingRow>(
      `select object_type, source_id, attribute, referenced_id from pending_reference
       where job_id = ? and referenced_id in (${marks(part.length)}) order by source_id, attribute, referenced_id`,
      jobId,
      ...part,
    );
    found.push(...list.map(toPending));
  }
  return found;
}

const PENDING_MAX = 1_000;

export function* recordMembers(
  jobId: string,
  outcome: MembershipOutcome,
  fence: number | undefined,
): Operation<boolean> {
  if (!(yield* holdsLease(jobId, fence))) return false;
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
  return true;
}

export function* sentMembers(
  jobId: string,
  groupId: string,
  page: { readonly after?: string; readonly limit: number; readonly among?: readonly string[] },
): Operation<readonly string[]> {
  const asked = page.among === undefined ? undefined : inList(page.among);
  const found = yield* rows<{ readonly user_id: string }>(
    `select user_id from sent_member where job_id = ? and group_id = ?
     ${asked === undefined ? '' : `and user_id in (${asked.marks})`} and user_id > ? order by user_id limit ?`,
    jobId,
    groupId,
    ...(asked?.parameters ?? []),
    page.after ?? '',
    page.limit,
  );
  return found.map((one) => one.user_id);
}
