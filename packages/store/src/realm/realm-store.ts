import type { Member, RealmKey, RealmStore, StoredResource } from '@lockstep/provider/ports';
import type { ScimError } from '@lockstep/scim';
import { type Database, refuseDuplicate } from '../database/database.ts';
import { type Operation, rows } from '../database/operation.ts';
import { feedHead, readFeed } from './append-feed.ts';
import { countLiving, queryResources, withRelations } from './query-resources.ts';
import { purgeTombstones, removeResource, restoreResource } from './remove-resource.ts';
import { findRow } from './resource-row.ts';
import { updateAllResources } from './update-all.ts';
import { insertResource, uniquenessError, updateResource } from './write-resource.ts';

/** Realms over a database. */
export function createRealmStore(database: Database): RealmStore {
  const { read, write } = database;
  return {
    read: (realm, id, options) =>
      read(function* (): Operation<StoredResource | undefined> {
        const found = yield* findRow(realm, options.type, id);
        if (found === undefined) return undefined;
        return (yield* withRelations([found], options.include))[0];
      }),
    query: (realm, query) => queryResources(database, realm, query),
    insert: (realm, resource) => write(() => insertResource(realm, resource)),
    update: (realm, target, mutate) =>
      refuseDuplicate(
        write(() => updateResource(realm, target, mutate)),
        (index) => duplicateOf(target.type, index),
      ),
    updateAll: (realm, type, updates) =>
      refuseDuplicate(
        write(() => updateAllResources(realm, type, updates)),
        (index) => duplicateOf(type, index),
      ),
    remove: (realm, target, nowMs) => write(() => removeResource(realm, target, nowMs)),
    restore: (realm, target, nowMs) =>
      refuseDuplicate(
        write(() => restoreResource(realm, target, nowMs)),
        (index) => duplicateOf(target.type, index),
      ),
    purge: (realm, deletedBeforeMs, limit) => write(() => purgeTombstones(realm, deletedBeforeMs, limit)),
    members: (realm, groupId, page) => read(() => memberPage(realm, groupId, page)),
    feed: (realm, after, limit) => read(() => readFeed(realm, after, limit)),
    feedHead: (realm) => read(() => feedHead(realm)),
    count: (realm, type) => read(() => countLiving(realm, type)),
  };
}

function* memberPage(
  realm: RealmKey,
  groupId: string,
  page: { readonly after?: string; readonly limit: number },
): Operation<readonly Member[]> {
  const found = yield* rows<Member>(
    `select u.id, u.type, u.display from resource g join membership m on m.group_seq = g.seq
     join resource u on u.seq = m.member_seq
     where g.realm = ? and g.id = ? and g.deleted_ms is null
       and m.member_seq > coalesce((select seq from resource where realm = ? and id = ?), 0)
     order by m.member_seq limit ?`,
    realm,
    groupId,
    realm,
    page.after ?? '',
    page.limit,
  );
  return found.map(({ id, type, display }) => ({ id, type, display }));
}

/** The conflict of a write that met a unique index; which one is read off its name or columns. */
function duplicateOf(type: string, index: string): ScimError {
  return uniquenessError(type, index.includes('external_id') ? 'externalId' : 'name');
}
