import type { RealmStore, StoredResource } from '@lockstep/provider/ports';
import type { ScimError } from '@lockstep/scim';
import { type Database, refuseDuplicate } from '../database/database.ts';
import type { Operation } from '../database/operation.ts';
import { feedHead, readFeed } from './append-feed.ts';
import { createPageAnchors } from './page-anchors.ts';
import { countLiving, queryResources, withRelations } from './query-resources.ts';
import { countMembers, readFirstMembers, readMemberPage } from './read-members.ts';
import { purgeTombstones, removeResource, restoreResource } from './remove-resource.ts';
import { findRow } from './resource-row.ts';
import { updateAllResources } from './update-all.ts';
import { insertResource, uniquenessError, updateResource } from './write-resource.ts';

/** Realms over a database. */
export function createRealmStore(database: Database): RealmStore {
  const { read, write, flavour } = database;
  const anchors = database.flavour === 'sqlite' ? createPageAnchors() : undefined;
  return {
    read: (realm, id, options) =>
      read(function* (): Operation<StoredResource | undefined> {
        const found = yield* findRow(realm, options.type, id);
        if (found === undefined) return undefined;
        return (yield* withRelations([found], options.include))[0];
      }),
    query: (realm, query) => queryResources(database, realm, query, anchors),
    insert: (realm, resource) => write(() => insertResource(realm, resource)),
    update: (realm, target, mutate) =>
      refuseDuplicate(
        write(() => updateResource({ realm, flavour }, target, mutate)),
        (index) => duplicateOf(target.type, index),
      ),
    updateAll: (realm, type, updates) =>
      refuseDuplicate(
        write(() => updateAllResources({ realm, flavour }, type, updates)),
        (index) => duplicateOf(type, index),
      ),
    remove: (realm, target, nowMs, keeps) =>
      write(() => {
        anchors?.forget(realm, target.type);
        return removeResource({ realm, flavour }, target, { nowMs, keeps });
      }),
    restore: (realm, target, nowMs) =>
      refuseDuplicate(
        write(() => {
          anchors?.forget(realm, target.type);
          return restoreResource(realm, target, nowMs);
        }),
        (index) => duplicateOf(target.type, index),
      ),
    purge: (realm, deletedBeforeMs, limit) => write(() => purgeTombstones(realm, deletedBeforeMs, limit)),
    members: (realm, groupId, page) => readMemberPage(database, { realm, id: groupId }, page),
    firstMembers: (realm, groupIds) => readFirstMembers(database, realm, groupIds),
    countMembers: (realm, groupIds, most) => read(() => countMembers(realm, groupIds, most)),
    feed: (realm, after, limit) => read(() => readFeed(realm, after, limit)),
    feedHead: (realm) => read(() => feedHead(realm)),
    count: (realm, type) => read(() => countLiving(realm, type)),
  };
}

/** The conflict of a write that met a unique index; which one is read off its name or columns. */
function duplicateOf(type: string, index: string): ScimError {
  return uniquenessError(type, index.includes('external_id') ? 'externalId' : 'name');
}
