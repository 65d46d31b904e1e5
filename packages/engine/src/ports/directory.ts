import type { JsonObject } from '@lockstep/scim';

/** A role of an app that a person or group holds through an assignment. */
export interface AppRoleGrant {
  readonly id: string;
  /** What is sent to the app; may name several of the app's roles with commas. Empty for Default Access. */
  readonly value: string;
  readonly displayName: string;
}

/** A person as the engine sees it for one app: attributes plus what the assignments say. */
export interface DirectoryUser {
  /** `objectId`: the immutable id. */
  readonly id: string;
  /** Attributes by Entra's names, complete, `manager` as the manager's objectId; absent = null. */
  readonly attributes: JsonObject;
  readonly isAccountEnabled: boolean;
  /** `soft`: in the recycle bin; `hard`: gone, only the tombstone is left. */
  readonly deleted: 'no' | 'soft' | 'hard';
  readonly managerId: string | undefined;
  /** Assigned to the app directly or as a member of an assigned group: a direct one, unless groups are flattened (SCOPE-1). */
  readonly isAssigned: boolean;
  /** Roles from all assignments, direct ones first, each once. */
  readonly roles: readonly AppRoleGrant[];
  /** Of the groups that were asked about, those the person is a direct member of. Absent = none was asked about. */
  readonly memberOf?: readonly string[];
}

export interface DirectoryGroup {
  readonly id: string;
  readonly attributes: JsonObject;
  readonly deleted: 'no' | 'soft' | 'hard';
  /** The group itself is assigned to the app. */
  readonly isAssigned: boolean;
}

/** Objects that changed, or that depend on something that changed (assignment, group membership, app role). */
export interface DirectoryChanges {
  readonly userIds: readonly string[];
  readonly groupIds: readonly string[];
  /** Groups whose direct membership changed, with the members that came or went. */
  readonly memberChanges: ReadonlyMap<string, readonly string[]>;
  /**
   * Groups that a group came into or left, at any depth: their members are to be compared as a whole. Only told when nested
   * groups are flattened.
   */
  readonly regroupedIds: readonly string[];
  /** Watermark behind this page. */
  readonly next: number;
  /** True when nothing is left after `next` at the time of the call. */
  readonly isLast: boolean;
}

/** Reads of the directory, seen from one app. */
export interface Directory {
  /** Position of the newest change. */
  head(): Promise<number>;
  /**
   * What changed after a watermark, in bounded pages.
   * @param limit how many feed entries to look at; one group assignment may still name many users
   */
  changes(appId: string, after: number, limit: number): Promise<DirectoryChanges>;
  /** Living users in a fixed order, for initial cycles. `after` is the last id of the page before. */
  userPage(
    appId: string,
    page: {
      readonly after?: string;
      readonly limit: number;
      readonly scope: 'assigned' | 'all';
      /** Groups whose direct membership is to be told in `memberOf`. */
      readonly groupIds?: readonly string[];
    },
  ): Promise<readonly DirectoryUser[]>;
  groupPage(
    appId: string,
    page: { readonly after?: string; readonly limit: number; readonly scope: 'assigned' | 'all' },
  ): Promise<readonly DirectoryGroup[]>;
  /**
   * Users by id, tombstones included, unknown ids left out.
   * @param groupIds groups whose direct membership is to be told in `memberOf`
   */
  users(appId: string, ids: readonly string[], groupIds?: readonly string[]): Promise<readonly DirectoryUser[]>;
  groups(appId: string, ids: readonly string[]): Promise<readonly DirectoryGroup[]>;
  /**
   * Direct members (users and groups) in a fixed order; `after` is the last id of the page before. With `among`, at most
   * 1,000 ids, only those of them that are members.
   */
  memberIds(
    groupId: string,
    page: { readonly after?: string; readonly limit: number; readonly among?: readonly string[] },
  ): Promise<readonly string[]>;
  /** How many living users and groups there are in the scope, for progress. */
  count(appId: string, scope: 'assigned' | 'all'): Promise<{ readonly users: number; readonly groups: number }>;
  /**
   * The same directory with nested groups flattened: people who are in a group within a group, at most 20 levels deep, count
   * as members of the outer one and as assigned with it, and groups are no members. What filters ask about membership stays
   * about direct members.
   */
  flattened(): Directory;
}
