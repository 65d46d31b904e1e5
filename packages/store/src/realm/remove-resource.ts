import type { RealmKey, SomebodyLeft, StoredResource } from '@lockstep/provider/ports';
import { ScimError } from '@lockstep/scim';
import { type Operation, row, rows } from '../database/operation.ts';
import { appendFeed, type NewFeedEntry } from './append-feed.ts';
import { changeMembers } from './change-members.ts';
import { ensureLeft, type RealmPlace } from './ensure-left.ts';
import { lockRow, RESOURCE_COLUMNS, type ResourceRow, toStored } from './resource-row.ts';
import { changeCount, claimValue } from './write-resource.ts';

/** When a resource goes, and who has to be left without it. */
export interface Removal {
  readonly nowMs: number;
  readonly keeps: ((current: StoredResource) => SomebodyLeft | undefined) | undefined;
}

/** Turns a living resource into a tombstone and takes it out of every group, all in one transaction. */
export function* removeResource(
  place: RealmPlace,
  target: { readonly type: string; readonly id: string },
  how: Removal,
): Operation<boolean> {
  const { realm } = place;
  const { nowMs } = how;
  const found = yield* lockRow(realm, target.type, target.id);
  if (found === undefined) return false;
  const left = how.keeps?.(toStored(found));
  const groups = yield* rows<{ readonly id: string; readonly type: string; readonly seq: number }>(
    `select r.id, r.type, r.seq from membership m join resource r on r.seq = m.group_seq where m.member_seq = ?`,
    found.seq,
  );
  const entries: NewFeedEntry[] = groups.map((group) => ({
    kind: 'memberRemoved',
    type: group.type,
    resourceId: group.id,
    otherId: found.id,
  }));
  yield* rows('delete from membership where member_seq = ?', found.seq);
  const own = { realm, seq: found.seq, id: found.id, type: found.type };
  entries.push(...(yield* changeMembers(own, [{ do: 'clear' }])));
  for (const group of groups) {
    yield* rows('update resource set version = version + 1, modified_ms = ? where seq = ?', nowMs, group.seq);
  }
  yield* rows(
    'update resource set deleted_ms = ?, modified_ms = ?, version = version + 1 where seq = ?',
    nowMs,
    nowMs,
    found.seq,
  );
  yield* rows('delete from unique_value where seq = ?', found.seq);
  yield* changeCount(realm, target.type, -1);
  entries.push({ kind: 'deleted', type: target.type, resourceId: target.id });
  yield* appendFeed(realm, nowMs, entries);
  if (left !== undefined) yield* ensureLeft(place, left);
  return true;
}

/** Makes a tombstone live again with everything but its memberships. */
export function* restoreResource(
  realm: RealmKey,
  target: { readonly type: string; readonly id: string },
  nowMs: number,
): Operation<StoredResource | undefined> {
  const found = yield* row<ResourceRow & { readonly unique_name: string | null }>(
    `select ${RESOURCE_COLUMNS}, unique_name from resource
     where realm = ? and id = ? and type = ? and deleted_ms is not null for update`,
    realm,
    target.id,
    target.type,
  );
  if (found === undefined) return undefined;
  if (found.unique_name !== null) {
    const taken = yield* row(
      'select id from resource where realm = ? and type = ? and unique_name = ? and deleted_ms is null',
      realm,
      target.type,
      found.unique_name,
    );
    if (taken !== undefined) throw new ScimError('uniqueness', `another ${target.type} has taken the name meanwhile`);
  }
  const unique = yield* rows<{ readonly path: string; readonly value: string }>(
    'select path, value from resource_value where seq = ? and is_unique = 1',
    found.seq,
  );
  for (const one of unique) yield* claimValue({ realm, type: target.type, seq: found.seq }, one);
  yield* rows(
    'update resource set deleted_ms = null, modified_ms = ?, version = version + 1 where seq = ?',
    nowMs,
    found.seq,
  );
  yield* changeCount(realm, target.type, 1);
  yield* appendFeed(realm, nowMs, [{ kind: 'restored', type: target.type, resourceId: target.id }]);
  return toStored({ ...found, version: found.version + 1, modified_ms: nowMs });
}

/** Drops old tombstones for good. */
export function* purgeTombstones(realm: RealmKey, deletedBeforeMs: number, limit: number): Operation<number> {
  const gone = yield* rows(
    `delete from resource where seq in
       (select seq from resource where realm = ? and deleted_ms is not null and deleted_ms < ? order by deleted_ms limit ?)
     returning seq`,
    realm,
    deletedBeforeMs,
    limit,
  );
  return gone.length;
}
