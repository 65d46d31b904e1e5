import { randomUUID } from 'node:crypto';
import type {
  FeedEntry,
  IndexedPaths,
  NewResource,
  RealmKey,
  ResourceChange,
  ResourceKeys,
  ResourcePage,
  ResourceQuery,
  StoredResource,
} from '@lockstep/provider/ports';
import { foldText, GROUP_SCHEMA, groupType, parseFilter, resolveFilter, USER_SCHEMA, userType } from '@lockstep/scim';
import type { Store } from '../src/open-store.ts';

/** A moment, and those behind it: tests count milliseconds from here. */
export const T0: number = Date.UTC(2026, 10, 2, 8, 0, 0);

/** Attributes of a user as the tests write them. */
export interface SampleUser {
  readonly userName: string;
  readonly externalId?: string;
  readonly displayName?: string;
  readonly title?: string;
  readonly nickName?: string;
  readonly emails?: readonly {
    readonly value: string;
    readonly type?: string;
    readonly primary?: boolean;
  }[];
  readonly active?: boolean;
}

/** How keys are made where a test does not want the usual ones. */
export interface KeyRules {
  readonly isExternalIdUnique?: boolean;
  /** E-mail addresses are unique too, under the path `unique emails`. */
  readonly isEmailUnique?: boolean;
}

export const userPaths: IndexedPaths = { uniqueName: 'userName', values: ['emails.value'] };
export const groupPaths: IndexedPaths = { uniqueName: 'displayName', values: [] };
export const NO_RELATIONS = { members: false, groups: false } as const;
export const ALL_RELATIONS = { members: true, groups: true } as const;

/** The keys of a user, as a provider would make them. */
export function userKeys(user: SampleUser, rules: KeyRules = {}): ResourceKeys {
  const addresses = [...new Set((user.emails ?? []).map((email) => foldText(email.value)))];
  const unique = rules.isEmailUnique === true ? addresses : [];
  return {
    uniqueName: foldText(user.userName),
    externalId: user.externalId ?? null,
    isExternalIdUnique: rules.isExternalIdUnique ?? false,
    display: user.displayName ?? user.userName,
    values: [
      ...addresses.map((value) => ({ path: 'emails.value', value, isUnique: false })),
      ...unique.map((value) => ({ path: 'unique emails', value, isUnique: true })),
    ],
    isActive: user.active !== false,
  };
}

/** The stored text of a user. */
export function userText(id: string, user: SampleUser): string {
  return JSON.stringify({ schemas: [USER_SCHEMA], id, ...user });
}

export function newUser(user: SampleUser, options: KeyRules & Partial<NewResource> = {}): NewResource {
  const { isExternalIdUnique, isEmailUnique, ...rest } = options;
  const id = rest.id ?? randomUUID();
  const rules = {
    ...(isExternalIdUnique === undefined ? {} : { isExternalIdUnique }),
    ...(isEmailUnique === undefined ? {} : { isEmailUnique }),
  };
  return {
    id,
    type: 'User',
    text: userText(id, user),
    keys: userKeys(user, rules),
    isManaged: true,
    nowMs: T0,
    ...rest,
  };
}

/** What `update` is handed to give a user new attributes. */
export function userChange(
  id: string,
  user: SampleUser,
  options: KeyRules & { readonly nowMs?: number } = {},
): ResourceChange {
  return { text: userText(id, user), keys: userKeys(user, options), nowMs: options.nowMs ?? T0 + 1_000 };
}

export function newGroup(displayName: string, options: Partial<NewResource> = {}): NewResource {
  const id = options.id ?? randomUUID();
  return {
    id,
    type: 'Group',
    text: JSON.stringify({ schemas: [GROUP_SCHEMA], id, displayName }),
    keys: {
      uniqueName: foldText(displayName),
      externalId: null,
      isExternalIdUnique: false,
      display: displayName,
      values: [],
      isActive: true,
    },
    isManaged: true,
    nowMs: T0,
    ...options,
  };
}

/** A realm of its own, so that no test sees what another has made. */
export async function emptyRealm(store: Store): Promise<RealmKey> {
  const tenant = await store.tenants.createTenant({
    id: randomUUID(),
    profile: 'generic',
    title: 'a tenant of one test',
    dialect: 'lenient',
    allowedAddresses: [],
    settings: {},
    createdMs: T0,
  });
  return tenant.realm;
}

/** A query for users, all on one page unless told otherwise. */
export function userQuery(filter: string | undefined, options: Partial<ResourceQuery> = {}): ResourceQuery {
  return {
    type: userType,
    indexed: userPaths,
    ...(filter === undefined ? {} : { filter: resolveFilter(parseFilter(filter, { type: userType }), userType) }),
    startIndex: 1,
    count: 1_000,
    include: NO_RELATIONS,
    ...options,
  };
}

/** A query for groups, all on one page unless told otherwise. */
export function groupQuery(filter: string | undefined, options: Partial<ResourceQuery> = {}): ResourceQuery {
  return {
    type: groupType,
    indexed: groupPaths,
    ...(filter === undefined ? {} : { filter: resolveFilter(parseFilter(filter, { type: groupType }), groupType) }),
    startIndex: 1,
    count: 1_000,
    include: NO_RELATIONS,
    ...options,
  };
}

/** User names, or display names of groups, of a page in its order. */
export function namesOf(page: ResourcePage): readonly string[] {
  return page.resources.map(nameOf);
}

function nameOf(resource: StoredResource): string {
  const attributes: unknown = JSON.parse(resource.text);
  if (typeof attributes !== 'object' || attributes === null) return '';
  if ('userName' in attributes) return String(attributes.userName);
  return 'displayName' in attributes ? String(attributes.displayName) : '';
}

/** A realm's whole feed, in short: `created User 1`, `memberAdded Group 2 1`. */
export async function feedText(
  store: Store,
  realm: RealmKey,
  names: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const entries = await store.realms.feed(realm, 0, 10_000);
  return entries.map((entry) => feedLine(entry, names));
}

function feedLine(entry: FeedEntry, names: ReadonlyMap<string, string>): string {
  const other = entry.otherId === null ? [] : [names.get(entry.otherId) ?? entry.otherId];
  return [entry.kind, names.get(entry.resourceId) ?? entry.resourceId, ...other].join(' ');
}
