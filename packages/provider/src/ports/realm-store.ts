import type { ResolvedFilter, ResourceType } from '@lockstep/scim';

/**
 * One realm: a set of resources, their memberships and an ordered change feed. The directory is a realm; so is every
 * tenant. The number is the store's own key and never leaves the process.
 */
export type RealmKey = number;

/** A resource as it is kept. */
export interface StoredResource {
  readonly id: string;
  /** Name of the resource type, such as `User`. */
  readonly type: string;
  /** 1 at creation, one more at each real change; the ETag is made from it. */
  readonly version: number;
  readonly createdMs: number;
  readonly modifiedMs: number;
  /** False for an account made in the app itself that no directory has been linked with yet. */
  readonly isManaged: boolean;
  /** Rendered JSON of the attributes with `schemas` and `id`; without `meta`, and without what is kept as rows. */
  readonly text: string;
  /**
   * Filled only when asked for: the direct members of a group, oldest first. Of all resources read together at most some
   * thousands, so that no answer of the store grows with the groups.
   */
  readonly members?: readonly Member[];
  /** True when the group has members behind those in `members`: `RealmStore.members` has them in pages. */
  readonly hasMoreMembers?: boolean;
  /** Filled only when asked for: the groups a resource is a direct member of. */
  readonly groups?: readonly GroupOfMember[];
}

export interface Member {
  readonly id: string;
  readonly type: string;
  readonly display: string | null;
}

/** The members of a group as far as they were read. */
export interface FirstMembers {
  readonly members: readonly Member[];
  readonly hasMore: boolean;
}

export interface GroupOfMember {
  readonly id: string;
  readonly display: string | null;
}

/** What the store indexes of a resource. Keys are folded by the caller (`foldText`), so both databases compare bytes. */
export interface ResourceKeys {
  /** Unique in the realm among living resources of the type (`userName`, a group's `displayName`); null = not unique. */
  readonly uniqueName: string | null;
  readonly externalId: string | null;
  /** True when no other living resource of the type may have this `externalId`. */
  readonly isExternalIdUnique: boolean;
  /** Shown as `display` in memberships. */
  readonly display: string | null;
  /** Further indexed values by attribute path, such as `emails.value`. Folded unless the attribute is case exact. */
  readonly values: readonly IndexedValue[];
  /** `active` of the resource; resources without the attribute count as active. */
  readonly isActive: boolean;
}

export interface IndexedValue {
  /** Attribute path in canonical case: `emails.value`. */
  readonly path: string;
  readonly value: string;
  /** True when no other living resource of the type may have the value at this path. */
  readonly isUnique: boolean;
}

export interface NewResource {
  readonly id: string;
  readonly type: string;
  readonly text: string;
  readonly keys: ResourceKeys;
  readonly isManaged: boolean;
  /** An account that SCIM never shows or touches (the fixed Admin of an app). */
  readonly isProtected?: boolean;
  readonly memberIds?: readonly string[];
  readonly nowMs: number;
}

/** Changes of a group's membership, applied in order as set operations on rows. */
export type MemberChange =
  | { readonly do: 'add'; readonly ids: readonly string[] }
  | { readonly do: 'remove'; readonly ids: readonly string[] }
  | { readonly do: 'removeWhere'; readonly matches: (member: Member) => boolean }
  | { readonly do: 'clear' }
  | { readonly do: 'replace'; readonly ids: readonly string[] };

/** What to make of a resource. An absent part stays as it is. */
export interface ResourceChange {
  readonly text?: string;
  /** Goes with `text`. */
  readonly keys?: ResourceKeys;
  readonly members?: readonly MemberChange[];
  readonly isManaged?: boolean;
  /** Refuses the change when nobody of the kind is left behind it. */
  readonly keeps?: SomebodyLeft;
  readonly nowMs: number;
}

/**
 * Somebody who has to be left when a change is done, such as an administrator: judged behind the change, in its transaction
 * and against all others of the realm, so that two who go at once cannot both go.
 */
export interface SomebodyLeft {
  readonly type: ResourceType;
  readonly indexed: IndexedPaths;
  /** Holds for everybody who may count; the active ones it finds are asked one by one. */
  readonly filter: ResolvedFilter;
  readonly matches: (resource: StoredResource) => boolean;
  readonly refusal: () => Error;
}

/** One of many changes, see `RealmStore.updateAll`. */
export interface ResourceUpdate {
  readonly id: string;
  /** As in `RealmStore.update`. */
  readonly mutate: (current: StoredResource) => ResourceChange | undefined;
}

export interface UpdateOutcome {
  readonly resource: StoredResource;
  /** False when nothing differed: version and `lastModified` stayed. */
  readonly isChanged: boolean;
}

/** Which rows to bring along with a resource. */
export interface Include {
  readonly members: boolean;
  readonly groups: boolean;
}

/** Which attribute paths the keys of a type's resources stand for, so that a filter on them can use an index. */
export interface IndexedPaths {
  /** Path behind `uniqueName`: `userName`, or `displayName` of groups. */
  readonly uniqueName: string | null;
  /** Paths behind `values`. */
  readonly values: readonly string[];
}

export interface ResourceQuery {
  readonly type: ResourceType;
  readonly indexed: IndexedPaths;
  readonly filter?: ResolvedFilter;
  /** One-based position of the first result. Ignored when `after` is given. */
  readonly startIndex: number;
  readonly count: number;
  /** Position behind which to start, from an earlier page's `next`. */
  readonly after?: string;
  readonly sort?: { readonly path: string; readonly order: 'ascending' | 'descending' };
  readonly include: Include;
}

export interface ResourcePage {
  /** How many resources match in all. */
  readonly total: number;
  readonly resources: readonly StoredResource[];
  /** Position for the next page; absent on the last. Only given for queries without `sort`. */
  readonly next?: string;
}

/** What happened, one entry per effect, in commit order. */
export type FeedKind =
  | 'created'
  | 'updated'
  | 'activated'
  | 'deactivated'
  | 'deleted'
  | 'restored'
  | 'linked'
  | 'memberAdded'
  | 'memberRemoved'
  | 'assigned'
  | 'unassigned';

export interface FeedEntry {
  /** Strictly increasing within a realm; a reader that has seen entry n has seen every entry before it. */
  readonly entry: number;
  readonly atMs: number;
  readonly kind: FeedKind;
  readonly type: string;
  readonly resourceId: string;
  /** The member for membership entries, the app for assignments; else null. */
  readonly otherId: string | null;
}

/**
 * Resources of realms. Every call names its realm; nothing of another realm is ever read or written.
 * Writes are acknowledged when they are on disk. Unique indexes decide duplicates, not a look before the write.
 */
export interface RealmStore {
  /** `undefined` when the realm has no such living resource, or it is protected. */
  read(
    realm: RealmKey,
    id: string,
    options: { readonly type: string; readonly include: Include },
  ): Promise<StoredResource | undefined>;
  query(realm: RealmKey, query: ResourceQuery): Promise<ResourcePage>;
  /** @throws {ScimError} `uniqueness` when a unique key is taken, its text ending with the path; `invalidValue` when a member does not exist. */
  insert(realm: RealmKey, resource: NewResource): Promise<StoredResource>;
  /**
   * Reads, changes and writes one resource in one transaction, so that parallel changes all count.
   * @param mutate pure and synchronous; may run again when the database asks for a retry; `undefined` = leave alone
   * @returns `undefined` when there is no such living resource
   * @throws {ScimError} as `insert`, and whatever `mutate` throws
   */
  update(
    realm: RealmKey,
    target: { readonly type: string; readonly id: string },
    mutate: (current: StoredResource) => ResourceChange | undefined,
  ): Promise<UpdateOutcome | undefined>;
  /**
   * As `update`, for many resources of one type in one transaction: all or none. Unique names are judged at the end, so
   * two resources may swap theirs. Each id at most once.
   */
  updateAll(
    realm: RealmKey,
    type: string,
    updates: readonly ResourceUpdate[],
  ): Promise<readonly (UpdateOutcome | undefined)[]>;
  /**
   * Leaves a tombstone; memberships go. False when there was no such living resource.
   * @param keeps pure; says of the resource as it is who has to be left without it
   */
  remove(
    realm: RealmKey,
    target: { readonly type: string; readonly id: string },
    nowMs: number,
    keeps?: (current: StoredResource) => SomebodyLeft | undefined,
  ): Promise<boolean>;
  /** Makes a tombstone live again with its id, its memberships aside. `undefined` when there is none. */
  restore(
    realm: RealmKey,
    target: { readonly type: string; readonly id: string },
    nowMs: number,
  ): Promise<StoredResource | undefined>;
  /** Drops tombstones older than the time for good, at most `limit`; returns how many. */
  purge(realm: RealmKey, deletedBeforeMs: number, limit: number): Promise<number>;
  /** Members of a group, oldest first, in pages. `after` is the last member's id. */
  members(
    realm: RealmKey,
    groupId: string,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<readonly Member[]>;
  /**
   * The first members of several groups, at most 400 of them, by id: some thousands of members in all. Groups it did not
   * come to, and those that are gone, are left out.
   */
  firstMembers(realm: RealmKey, groupIds: readonly string[]): Promise<ReadonlyMap<string, FirstMembers>>;
  /** How many direct members several groups have, at most 400 of them, by id; nobody counts further than `most`. */
  countMembers(realm: RealmKey, groupIds: readonly string[], most: number): Promise<ReadonlyMap<string, number>>;
  /** Entries after `after`, oldest first, at most `limit`. */
  feed(realm: RealmKey, after: number, limit: number): Promise<readonly FeedEntry[]>;
  /** The newest entry's number; 0 when nothing has happened yet. */
  feedHead(realm: RealmKey): Promise<number>;
  /** How many living, unprotected resources of the type there are. */
  count(realm: RealmKey, type: string): Promise<number>;
}
