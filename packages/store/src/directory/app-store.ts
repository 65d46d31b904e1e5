import type { RealmKey } from '@lockstep/provider/ports';
import type { Database } from '../database/database.ts';
import { row, rows } from '../database/operation.ts';
import {
  type AppRecord,
  type AppRole,
  type Assignment,
  type AssignmentChange,
  assign,
  deleteApp,
  findApp,
  listApps,
  listAssignments,
  listRoles,
  saveApp,
  saveRole,
  unassign,
} from './app-operations.ts';

/** Apps, their roles, who is assigned to them, and settings of the installation. */
export interface AppStore {
  /** @throws {ScimError} `uniqueness` when another app has the name, in any case. */
  save(app: AppRecord): Promise<void>;
  /** By id, or by name in any case. */
  find(idOrName: string): Promise<AppRecord | undefined>;
  list(limit: number): Promise<readonly AppRecord[]>;
  delete(id: string): Promise<boolean>;
  /** @throws {ScimError} `uniqueness` when another role of the app has the value. */
  saveRole(appId: string, role: AppRole): Promise<void>;
  roles(appId: string): Promise<readonly AppRole[]>;
  /** Makes assignments with their feed entries, all or none; gives how many were new. */
  assign(changes: readonly AssignmentChange[]): Promise<number>;
  /** Without `roleId` every role and the assignment go. False when there was nothing to take away. */
  unassign(change: Omit<AssignmentChange, 'roleId'> & { readonly roleId: string | undefined }): Promise<boolean>;
  assignments(appId: string, page: { readonly after?: string; readonly limit: number }): Promise<readonly Assignment[]>;
  setting(name: string): Promise<string | undefined>;
  saveSetting(name: string, value: string): Promise<void>;
}

/** The app store over a database; assignments go into the feed of the directory's realm. */
export function createAppStore(database: Database, directory: RealmKey): AppStore {
  const { read, write } = database;
  return {
    save: (app) => write(() => saveApp(app)),
    find: (idOrName) => read(() => findApp(idOrName)),
    list: (limit) => read(() => listApps(limit)),
    delete: (id) => write(() => deleteApp(id)),
    saveRole: (appId, role) => write(() => saveRole(appId, role)),
    roles: (appId) => read(() => listRoles(appId)),
    assign: (changes) =>
      write(function* () {
        let added = 0;
        for (const change of changes) if (yield* assign(directory, change)) added += 1;
        return added;
      }),
    unassign: (change) => write(() => unassign(directory, change)),
    assignments: (appId, page) => read(() => listAssignments(appId, page)),
    setting: (name) =>
      read(function* () {
        return (yield* row<{ readonly value: string }>('select value from setting where name = ?', name))?.value;
      }),
    saveSetting: (name, value) =>
      write(function* () {
        yield* rows(
          'insert into setting (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
          name,
          value,
        );
      }),
  };
}
