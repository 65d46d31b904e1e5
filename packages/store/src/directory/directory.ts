import type { Directory } from '@lockstep/engine/ports';
import type { RealmKey } from '@lockstep/provider/ports';
import type { Database } from '../database/database.ts';
import { feedHead } from '../realm/append-feed.ts';
import { directMemberIds, directoryChanges } from './change-operations.ts';
import { nestedMemberIds } from './nested-groups.ts';
import { countObjects, type DirectoryView, objectPage, objectRows, toGroups, toUsers } from './user-operations.ts';

/** The engine's view of the directory realm. */
export function createDirectory(database: Database, realm: RealmKey): Directory {
  return openView(database, { realm, isFlattened: false });
}

function openView(database: Database, view: DirectoryView): Directory {
  const { read } = database;
  const { realm, isFlattened } = view;
  return {
    head: () => read(() => feedHead(realm)),
    changes: (appId, after, limit) => read(() => directoryChanges(realm, { appId, isFlattened }, { after, limit })),
    userPage: (appId, page) =>
      read(function* () {
        const found = yield* objectPage(view, { appId, type: 'User' }, page);
        return yield* toUsers(view, { appId, groupIds: page.groupIds ?? [] }, found);
      }),
    groupPage: (appId, page) =>
      read(function* () {
        return yield* toGroups(appId, yield* objectPage(view, { appId, type: 'Group' }, page));
      }),
    users: (appId, ids, groupIds = []) =>
      read(function* () {
        return yield* toUsers(view, { appId, groupIds }, yield* objectRows(realm, 'User', ids));
      }),
    groups: (appId, ids) =>
      read(function* () {
        return yield* toGroups(appId, yield* objectRows(realm, 'Group', ids));
      }),
    memberIds: (groupId, page) => read(() => (isFlattened ? nestedMemberIds : directMemberIds)(realm, groupId, page)),
    count: (appId, scope) =>
      read(function* () {
        const users = yield* countObjects(view, { appId, type: 'User' }, scope);
        return { users, groups: yield* countObjects(view, { appId, type: 'Group' }, scope) };
      }),
    flattened: () => openView(database, { realm, isFlattened: true }),
  };
}
