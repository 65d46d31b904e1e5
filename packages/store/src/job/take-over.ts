import type { Link } from '@lockstep/engine/ports';
import { type Operation, rows } from '../database/operation.ts';

/**
 * Takes an account from whoever else it is linked to. What groups were told of them holds for the new link from now on, and
 * the groups wait to be compared: the app must not keep memberships of somebody else's.
 */
export function* takeOver(jobId: string, link: Link, atMs: number): Operation<void> {
  const { objectType, sourceId, targetId } = link;
  const others = yield* rows<{ readonly source_id: string }>(
    'select source_id from link where job_id = ? and object_type = ? and target_id = ? and source_id <> ?',
    jobId,
    objectType,
    targetId,
    sourceId,
  );
  for (const other of others) {
    yield* rows(
      'delete from link where job_id = ? and object_type = ? and source_id = ?',
      jobId,
      objectType,
      other.source_id,
    );
    yield* rows(
      'delete from pending_reference where job_id = ? and object_type = ? and source_id = ?',
      jobId,
      objectType,
      other.source_id,
    );
    if (objectType === 'user') yield* moveMemberships(jobId, { from: other.source_id, to: sourceId, atMs });
    else yield* moveMembers(jobId, other.source_id, sourceId);
  }
}

function* moveMemberships(
  jobId: string,
  { from, to, atMs }: { readonly from: string; readonly to: string; readonly atMs: number },
): Operation<void> {
  yield* rows(
    `insert into reference_escrow
       (job_id, object_type, source_id, failures, first_failed_ms, next_attempt_ms, error_code, message)
     select job_id, 'group', group_id, 0, cast(? as bigint), cast(? as bigint), 'MembersDue', ?
       from sent_member where job_id = ? and user_id = ?
     on conflict do nothing`,
    atMs,
    atMs,
    'An account in the group belongs to another person now.',
    jobId,
    from,
  );
  yield* rows(
    `insert into sent_member (job_id, group_id, user_id)
     select job_id, group_id, cast(? as text) from sent_member where job_id = ? and user_id = ? on conflict do nothing`,
    to,
    jobId,
    from,
  );
  yield* rows('delete from sent_member where job_id = ? and user_id = ?', jobId, from);
}

function* moveMembers(jobId: string, from: string, to: string): Operation<void> {
  yield* rows(
    `insert into sent_member (job_id, group_id, user_id)
     select job_id, cast(? as text), user_id from sent_member where job_id = ? and group_id = ? on conflict do nothing`,
    to,
    jobId,
    from,
  );
  yield* rows('delete from sent_member where job_id = ? and group_id = ?', jobId, from);
}
