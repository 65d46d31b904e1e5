import type { RealmKey } from '@lockstep/provider/ports';
import { ScimError } from '@lockstep/scim';
import { type Database, refuseDuplicate } from '../database/database.ts';
import { row } from '../database/operation.ts';
import { readSetting, saveSetting } from '../database/setting.ts';
import {
  type AppAssignment,
  type AppRecord,
  type AppRole,
  type Assignment,
  type AssignmentChange,
  assign,
  assignmentsOf,
  deleteApp,
  deleteRole,
  findApp,
  listApps,
  listAssignments,
  listRoles,
  lookAgain,
  type RoleChange,
  saveApp,
  saveRole,
  unassign,
} from './app-operations.ts';

/** Apps, their roles, who is assigned to them, and settings of the installation. */
export interface AppStore {
  /**
   * False when `knownMs` is given and the app that is stored was modified at another time: then nothing was done.
   * @throws {ScimError} `uniqueness` when another app has the name, in any case.
   */
  save(app: AppRecord, knownMs?: number): Promise<boolean>;
  /** By id, or by name in any case. */
  find(idOrName: string): Promise<AppRecord | undefined>;
  list(limit: number): Promise<readonly AppRecord[]>;
  delete(id: string): Promise<boolean>;
  /** @throws {ScimError} `uniqueness` when another role of the app has the value. */
  saveRole(change: RoleChange): Promise<void>;
  roles(appId: string): Promise<readonly AppRole[]>;
  /** Also drops assignments with the role, without a feed entry; `unassign` its holders before. */
  deleteRole(appId: string, roleId: string): Promise<void>;
  /** Makes assignments with their feed entries, all or none; gives how many were new. */
  assign(changes: readonly AssignmentChange[]): Promise<number>;
  /** Without `roleId` every role and the assignment go. False when there was nothing to take away. */
  unassign(change: Omit<AssignmentChange, 'roleId'> & { readonly roleId: string | undefined }): Promise<boolean>;
  /** Has the app's job look at a person or group in its next cycle, though nothing about them changed. */
  lookAgain(change: Omit<AssignmentChange, 'roleId'>): Promise<void>;
  /** All assignments of the next `limit` people and groups behind `after`, the last principal's id. */
  assignments(appId: string, page: { readonly after?: string; readonly limit: number }): Promise<readonly Assignment[]>;
  /** Assignments of some people and groups in every app, once for each role. */
  assignmentsOf(principalIds: readonly string[]): Promise<readonly AppAssignment[]>;
  setting(name: string): Promise<string | undefined>;
  saveSetting(name: string, value: string): Promise<void>;
  /** Sets it if it is not set; of several who try at once one does. */
  claimSetting(name: string, value: string): Promise<boolean>;
}

/** The app store over a database; assignments go into the feed of the directory's realm. */
export function createAppStore(database: Database, directory: RealmKey): AppStore {
  const { read, write } = database;
  return {
    save: (app, knownMs) =>
      refuseDuplicate(
        write(() => saveApp(app, knownMs)),
        () => new ScimError('uniqueness', `there is an app called ${app.name} already`),
      ),
    find: (idOrName) => read(() => findApp(idOrName)),
    list: (limit) => read(() => listApps(limit)),
    delete: (id) => write(() => deleteApp(id)),
    saveRole: (change) =>
      refuseDuplicate(
        write(() => saveRole(directory, change)),
        () => new ScimError('uniqueness', `the app has a role with value ${change.role.value} already`),
      ),
    roles: (appId) => read(() => listRoles(appId)),
    deleteRole: (appId, roleId) => write(() => deleteRole(appId, roleId)),
    assign: (changes) =>
      write(function* () {
        let added = 0;
        for (const change of changes) if (yield* assign(directory, change)) added += 1;
        return added;
      }),
    unassign: (change) => write(() => unassign(directory, change)),
    lookAgain: (change) => write(() => lookAgain(directory, change)),
    assignments: (appId, page) => read(() => listAssignments(appId, page)),
    assignmentsOf: (principalIds) => read(() => assignmentsOf(principalIds)),
    setting: (name) => read(() => readSetting(name)),
    saveSetting: (name, value) => write(() => saveSetting(name, value)),
    claimSetting: (name, value) =>
      write(function* () {
        const sql = 'insert into setting (name, value) values (?, ?) on conflict (name) do nothing returning name';
        return (yield* row(sql, name, value)) !== undefined;
      }),
  };
}
