import type { Directory } from '@lockstep/engine/ports';
import type { RealmKey } from '@lockstep/provider/ports';
import type { Database } from '../database/database.ts';
import { feedHead } from '../realm/append-feed.ts';
import { directMemberIds, directoryChanges } from './change-operations.ts';
import { countObjects, objectPage, objectRows, toGroups, toUsers } from './user-operations.ts';

/** The engine's view of the directory realm. */
export function createDirectory(database: Database, realm: RealmKey): Directory {
  const { read } = database;
  return {
    head: () => read(() => feedHead(realm)),
    changes: (appId, after, limit) => read(() => directoryChanges(realm, { appId }, { after, limit })),
    userPage: (appId, page) =>
      read(function* () {
        const found = yield* objectPage(realm, { appId, type: 'User' }, page);
        return yield* toUsers(appId, found, { realm, groupIds: page.groupIds ?? [] });
      }),
    groupPage: (appId, page) =>
      read(function* () {
        return yield* toGroups(appId, yield* objectPage(realm, { appId, type: 'Group' }, page));
      }),
    users: (appId, ids, groupIds = []) =>
      read(function* () {
        return yield* toUsers(appId, yield* objectRows(realm, 'User', ids), { realm, groupIds });
      }),
    groups: (appId, ids) =>
      read(function* () {
        return yield* toGroups(appId, yield* objectRows(realm, 'Group', ids));
      }),
    memberIds: (groupId, page) => read(() => directMemberIds(realm, groupId, page)),
    count: (appId, scope) =>
      read(function* () {
        const users = yield* countObjects(realm, { appId, type: 'User' }, scope);
        return { users, groups: yield* countObjects(realm, { appId, type: 'Group' }, scope) };
      }),
  };
}
