import type {
  IndexedValue,
  NewResource,
  RealmKey,
  ResourceChange,
  StoredResource,
  UpdateOutcome,
} from '@lockstep/provider/ports';
import { ScimError } from '@lockstep/scim';
import { type Operation, parts, row, rows } from '../database/operation.ts';
import { appendFeed, type NewFeedEntry } from './append-feed.ts';
import { changeMembers } from './change-members.ts';
import { checkStorable } from './check-storable.ts';
import { ensureLeft, type RealmPlace } from './ensure-left.ts';
import { lockRow, type ResourceRow, toStored } from './resource-row.ts';

/** Inserts a resource with its keys, members and feed entries; the unique indexes decide whether it may. */
export function* insertResource(realm: RealmKey, added: NewResource): Operation<StoredResource> {
  const { keys } = added;
  checkStorable(added.text, keys);
  const inserted = yield* row<{ readonly seq: number }>(
    `insert into resource (realm, type, id, version, created_ms, modified_ms, is_managed, is_protected, is_active,
       unique_name, external_id, unique_external_id, display, text)
     values (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing returning seq`,
    realm,
    added.type,
    added.id,
    added.nowMs,
    added.nowMs,
    Number(added.isManaged),
    Number(added.isProtected ?? false),
    Number(keys.isActive),
    keys.uniqueName,
    keys.externalId,
    keys.isExternalIdUnique ? keys.externalId : null,
    keys.display,
    added.text,
  );
  if (inserted === undefined) throw yield* explainConflict(realm, added);
  yield* insertValues({ realm, type: added.type, seq: inserted.seq }, keys.values);
  const entries: NewFeedEntry[] = [{ kind: 'created', type: added.type, resourceId: added.id }];
  if (added.memberIds !== undefined && added.memberIds.length > 0) {
    const group = { realm, seq: inserted.seq, id: added.id, type: added.type };
    entries.push(...(yield* changeMembers(group, [{ do: 'add', ids: added.memberIds }])));
  }
  if (added.isProtected !== true) yield* changeCount(realm, added.type, 1);
  yield* appendFeed(realm, added.nowMs, entries);
  return {
    id: added.id,
    type: added.type,
    version: 1,
    createdMs: added.nowMs,
    modifiedMs: added.nowMs,
    isManaged: added.isManaged,
    text: added.text,
  };
}

/** Reads, changes and writes one resource; see `RealmStore.update`. */
export function* updateResource(
  place: RealmPlace,
  target: { readonly type: string; readonly id: string },
  mutate: (current: StoredResource) => ResourceChange | undefined,
): Operation<UpdateOutcome | undefined> {
  const { realm } = place;
  const before = yield* lockRow(realm, target.type, target.id);
  if (before === undefined) return undefined;
  const current = toStored(before);
  const change = mutate(current);
  if (change === undefined) return { resource: current, isChanged: false };
  checkStorable(change.text, change.keys);
  const group = { realm, seq: before.seq, id: before.id, type: before.type };
  const memberEntries = change.members === undefined ? [] : yield* changeMembers(group, change.members);
  const attributeEntries = yield* writeAttributes(realm, before, change);
  const entries = [...attributeEntries, ...memberEntries];
  if (entries.length === 0) return { resource: current, isChanged: false };
  yield* rows('update resource set version = version + 1, modified_ms = ? where seq = ?', change.nowMs, before.seq);
  yield* appendFeed(realm, change.nowMs, entries);
  if (change.keeps !== undefined) yield* ensureLeft(place, change.keeps);
  return {
    isChanged: true,
    resource: {
      ...current,
      version: before.version + 1,
      modifiedMs: change.nowMs,
      text: change.text ?? before.text,
      isManaged: change.isManaged ?? current.isManaged,
    },
  };
}

function* writeAttributes(
  realm: RealmKey,
  before: ResourceRow,
  change: ResourceChange,
): Operation<readonly NewFeedEntry[]> {
  const entries: NewFeedEntry[] = [];
  const entry = (kind: NewFeedEntry['kind']): NewFeedEntry => ({ kind, type: before.type, resourceId: before.id });
  if (change.isManaged !== undefined && Number(change.isManaged) !== before.is_managed) {
    yield* rows('update resource set is_managed = ? where seq = ?', Number(change.isManaged), before.seq);
    entries.push(entry('linked'));
  }
  if (change.text === undefined || change.keys === undefined || change.text === before.text) return entries;
  const { keys } = change;
  const was = yield* row<{ readonly is_active: number }>('select is_active from resource where seq = ?', before.seq);
  yield* rows(
    `update resource set text = ?, is_active = ?, unique_name = ?, external_id = ?, unique_external_id = ?, display = ?
     where seq = ?`,
    change.text,
    Number(keys.isActive),
    keys.uniqueName,
    keys.externalId,
    keys.isExternalIdUnique ? keys.externalId : null,
    keys.display,
    before.seq,
  );
  yield* replaceValues({ realm, type: before.type, seq: before.seq }, keys.values);
  entries.push(entry('updated'));
  if (was !== undefined && was.is_active !== Number(keys.isActive)) {
    entries.push(entry(keys.isActive ? 'activated' : 'deactivated'));
  }
  return entries;
}

export interface Place {
  readonly realm: RealmKey;
  readonly type: string;
  readonly seq: number;
}

function* insertValues(place: Place, values: readonly IndexedValue[]): Operation<void> {
  for (const part of parts(values, 100)) {
    const tuples = part.map(() => '(?, ?, ?, ?, ?, ?)').join(', ');
    yield* rows(
      `insert into resource_value (realm, type, path, value, seq, is_unique) values ${tuples} on conflict do nothing`,
      ...part.flatMap((indexed) => [
        place.realm,
        place.type,
        indexed.path,
        indexed.value,
        place.seq,
        Number(indexed.isUnique),
      ]),
    );
  }
  for (const indexed of values) if (indexed.isUnique) yield* claimValue(place, indexed);
}

/** @throws {ScimError} `uniqueness` when the index says another resource has the value. */
export function* claimValue(place: Place, indexed: Omit<IndexedValue, 'isUnique'>): Operation<void> {
  const claimed = yield* row(
    `insert into unique_value (realm, type, path, value, seq) values (?, ?, ?, ?, ?)
     on conflict (realm, type, path, value) do update set seq = excluded.seq where unique_value.seq = excluded.seq
     returning seq`,
    place.realm,
    place.type,
    indexed.path,
    indexed.value,
    place.seq,
  );
  if (claimed === undefined) throw new ScimError('uniqueness', `another ${place.type} has this ${indexed.path}`);
}

/** Writes only the indexed values that differ: most updates touch none. */
function* replaceValues(place: Place, values: readonly IndexedValue[]): Operation<void> {
  const present = yield* rows<{ readonly path: string; readonly value: string }>(
    'select path, value from resource_value where seq = ?',
    place.seq,
  );
  const name = (indexed: { path: string; value: string }): string => `${indexed.path}\n${indexed.value}`;
  const wanted = new Set(values.map(name));
  yield* deleteValues(
    place,
    present.filter((old) => !wanted.has(name(old))),
  );
  const known = new Set(present.map(name));
  yield* insertValues(
    place,
    values.filter((indexed) => !known.has(name(indexed))),
  );
}

function* deleteValues(
  place: Place,
  gone: readonly { readonly path: string; readonly value: string }[],
): Operation<void> {
  for (const part of parts(gone, 100)) {
    const tuples = part.map(() => '(?, ?)').join(', ');
    for (const table of ['resource_value', 'unique_value']) {
      yield* rows(
        `delete from ${table} where realm = ? and type = ? and seq = ? and (path, value) in (values ${tuples})`,
        place.realm,
        place.type,
        place.seq,
        ...part.flatMap((old) => [old.path, old.value]),
      );
    }
  }
}

/** Keeps the number of living resources per type, so that a list's total needs no count over the realm. */
export function* changeCount(realm: RealmKey, type: string, by: number): Operation<void> {
  yield* rows(
    `insert into realm_count (realm, type, living) values (?, ?, ?)
     on conflict (realm, type) do update set living = realm_count.living + excluded.living`,
    realm,
    type,
    by,
  );
}

/** Finds which unique key refused the row, for a text that helps; the index has already decided. */
function* explainConflict(realm: RealmKey, added: NewResource): Operation<ScimError> {
  const { keys } = added;
  if (keys.uniqueName !== null) {
    const taken = yield* row<{ readonly id: string }>(
      'select id from resource where realm = ? and type = ? and unique_name = ? and deleted_ms is null',
      realm,
      added.type,
      keys.uniqueName,
    );
    if (taken !== undefined) return uniquenessError(added.type, 'name', taken.id);
  }
  if (keys.isExternalIdUnique && keys.externalId !== null) return uniquenessError(added.type, 'externalId');
  return new ScimError('uniqueness', `a resource with id ${added.id} exists already`);
}

/** The conflict of a unique index in SCIM's words. The id of the holder is for the operator only. */
export function uniquenessError(type: string, key: 'name' | 'externalId', holderId?: string): ScimError {
  const what = key === 'externalId' ? 'externalId' : type === 'Group' ? 'displayName' : 'userName';
  return new ScimError(
    'uniqueness',
    `another ${type} has this ${what}`,
    holderId === undefined ? {} : { hint: `held by ${holderId}` },
  );
}
