import type { Clock, Random } from '@lockstep/engine/ports';
import type { Member, MemberChange, RealmKey, RealmStore, StoredResource } from '@lockstep/provider/ports';
import type { Json, JsonObject } from '@lockstep/scim';
import { LockstepError } from '../lockstep-error.ts';
import { type DirectoryEntry, entryKeys, indexedPaths, isDeleted, storedText, toEntry } from './directory-entry.ts';
import { readDirectoryFilter } from './directory-filter.ts';
import type { DirectoryType } from './directory-schema.ts';
import { mergeAttributes, readAttributes } from './read-attributes.ts';

export interface EntryQuery {
  /** In SCIM's filter language over Entra's names; absent = all. */
  readonly filter?: string;
  /** From 1. Default 1. */
  readonly startIndex?: number;
  /** Default 100, at most 1,000. */
  readonly count?: number;
  /** Also those in the recycle bin. Default false. */
  readonly withDeleted?: boolean;
}

export interface EntryPage {
  readonly total: number;
  readonly entries: readonly DirectoryEntry[];
}

export interface EntryUpdate {
  readonly entry: DirectoryEntry;
  /** False when everything was so already: nothing was written. */
  readonly isChanged: boolean;
}

/** People and groups of the directory, with everything that may be done to them. */
export interface DirectoryService {
  /**
   * @param given attributes by Entra's names
   * @throws {LockstepError} `invalidValue`; {ScimError} `uniqueness` when the sign-in name is taken
   */
  create(type: DirectoryType, given: JsonObject, options?: { readonly objectId?: string }): Promise<DirectoryEntry>;
  /** `null` clears an attribute; those not named stay. @throws as `create`, and `notFound` */
  update(type: DirectoryType, objectId: string, changes: JsonObject): Promise<EntryUpdate>;
  /** Into the recycle bin. False when it was there already. @throws {LockstepError} `notFound` */
  softDelete(type: DirectoryType, objectId: string): Promise<boolean>;
  /** Out of the recycle bin. False when it was not there. @throws {LockstepError} `notFound` */
  restore(type: DirectoryType, objectId: string): Promise<boolean>;
  /** For good. False when there was no such object. */
  delete(type: DirectoryType, objectId: string): Promise<boolean>;
  get(type: DirectoryType, objectId: string): Promise<DirectoryEntry | undefined>;
  /**
   * By objectId, sign-in name, mail, employeeId or display name, in this order.
   * @throws {LockstepError} `notFound`, or `conflict` when the name stands for several
   */
  find(type: DirectoryType, name: string): Promise<DirectoryEntry>;
  /** A person, else a group, by any of their names. @throws as `find` */
  findPrincipal(name: string): Promise<DirectoryEntry>;
  list(type: DirectoryType, query: EntryQuery): Promise<EntryPage>;
  members(groupId: string, page: { readonly after?: string; readonly limit: number }): Promise<readonly Member[]>;
  /** Groups somebody is a direct member of. */
  memberOf(
    type: DirectoryType,
    objectId: string,
  ): Promise<readonly { readonly objectId: string; readonly displayName: string | null }[]>;
  /** False when nothing changed. @throws {LockstepError} `notFound` */
  changeMembers(
    groupId: string,
    change: { readonly add?: readonly string[]; readonly remove?: readonly string[] },
  ): Promise<boolean>;
  /** Called after each write, and by whoever changes assignments. */
  noteChange(): void;
  /** Told after each write that changed something. Returns how to stop listening. */
  onChange(listener: () => void): () => void;
}

export interface DirectoryServiceOptions {
  readonly realms: RealmStore;
  readonly realm: RealmKey;
  readonly clock: Clock;
  readonly random: Random;
}

const PAGE_DEFAULT = 100;
const PAGE_MAX = 1_000;
const NAME_ATTRIBUTES: Readonly<Record<DirectoryType, readonly string[]>> = {
  User: ['userPrincipalName', 'mail', 'employeeId', 'displayName'],
  Group: ['displayName', 'mail'],
};

/** Makes the directory over its realm. */
export function createDirectoryService(options: DirectoryServiceOptions): DirectoryService {
  const { realms, realm, clock } = options;
  const listeners = new Set<() => void>();
  const noteChange = (): void => {
    for (const listener of listeners) listener();
  };

  const list = async (type: DirectoryType, query: EntryQuery): Promise<EntryPage> => {
    const read = readDirectoryFilter(type, query.filter, { withDeleted: query.withDeleted ?? false });
    const page = await realms.query(realm, {
      type: read.type,
      indexed: indexedPaths[type],
      ...(read.filter === undefined ? {} : { filter: read.filter }),
      startIndex: Math.max(1, query.startIndex ?? 1),
      count: Math.min(PAGE_MAX, Math.max(0, query.count ?? PAGE_DEFAULT)),
      include: { members: false, groups: false },
    });
    return { total: page.total, entries: page.resources.map(toEntry) };
  };

  const get = async (type: DirectoryType, objectId: string): Promise<DirectoryEntry | undefined> => {
    const stored = await realms.read(realm, objectId, { type, include: { members: false, groups: false } });
    return stored === undefined ? undefined : toEntry(stored);
  };

  const search = async (type: DirectoryType, name: string): Promise<DirectoryEntry | undefined> => {
    const byId = await get(type, name);
    if (byId !== undefined) return byId;
    for (const attribute of NAME_ATTRIBUTES[type]) {
      const page = await list(type, { filter: `${attribute} eq ${JSON.stringify(name)}`, count: 2 });
      if (page.total > 1) throw ambiguous(type, attribute, { name, total: page.total });
      if (page.entries[0] !== undefined) return page.entries[0];
    }
    return undefined;
  };

  const rewrite = async (
    target: { readonly type: DirectoryType; readonly id: string },
    change: (attributes: JsonObject) => JsonObject | undefined,
  ): Promise<EntryUpdate> => {
    const outcome = await realms.update(realm, target, (current) => {
      const next = change(toEntry(current).attributes);
      if (next === undefined) return undefined;
      return { text: storedText(current.id, next), keys: entryKeys(target.type, next), nowMs: clock.nowMs() };
    });
    if (outcome === undefined) throw notFound(target.type, target.id);
    if (outcome.isChanged) noteChange();
    return { entry: toEntry(outcome.resource), isChanged: outcome.isChanged };
  };

  return {
    create: async (type, given, asked = {}) => {
      const attributes = mergeAttributes({}, readAttributes(type, given));
      requireName(type, attributes);
      const stored: StoredResource = await realms.insert(realm, newResource(type, attributes, asked.objectId, options));
      noteChange();
      return toEntry(stored);
    },
    update: (type, id, given) => {
      const changes = readAttributes(type, given);
      return rewrite({ type, id }, (before) => {
        const next = mergeAttributes(before, changes);
        requireName(type, next);
        return next;
      });
    },
    softDelete: async (type, id) => {
      const deletedDateTime = new Date(clock.nowMs()).toISOString();
      const update = await rewrite({ type, id }, (before) =>
        isDeleted(before) ? undefined : { ...before, deletedDateTime },
      );
      return update.isChanged;
    },
    restore: async (type, id) => {
      const update = await rewrite({ type, id }, (before) => {
        const { deletedDateTime, ...rest } = before;
        return deletedDateTime === undefined ? undefined : rest;
      });
      return update.isChanged;
    },
    delete: async (type, id) => {
      const isGone = await realms.remove(realm, { type, id }, clock.nowMs());
      if (isGone) noteChange();
      return isGone;
    },
    get,
    find: async (type, name) => {
      const found = await search(type, name);
      if (found !== undefined) return found;
      throw notFound(type, name);
    },
    findPrincipal: async (name) => {
      const found = (await search('User', name)) ?? (await search('Group', name));
      if (found !== undefined) return found;
      throw new LockstepError(
        'notFound',
        `there is neither a person nor a group ${JSON.stringify(name)} in the directory`,
      );
    },
    list,
    members: (groupId, page) => realms.members(realm, groupId, page),
    memberOf: async (type, objectId) => {
      const stored = await realms.read(realm, objectId, { type, include: { members: false, groups: true } });
      return (stored?.groups ?? []).map(({ id, display }) => ({ objectId: id, displayName: display }));
    },
    changeMembers: async (groupId, { add = [], remove = [] }) => {
      const members: MemberChange[] = [];
      if (remove.length > 0) members.push({ do: 'remove', ids: remove });
      if (add.length > 0) members.push({ do: 'add', ids: add });
      const outcome = await realms.update(realm, { type: 'Group', id: groupId }, () => ({
        members,
        nowMs: clock.nowMs(),
      }));
      if (outcome === undefined) throw notFound('Group', groupId);
      if (outcome.isChanged) noteChange();
      return outcome.isChanged;
    },
    noteChange,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function newResource(
  type: DirectoryType,
  attributes: JsonObject,
  objectId: string | undefined,
  options: DirectoryServiceOptions,
): Parameters<RealmStore['insert']>[1] {
  const id = objectId ?? options.random.guid();
  return {
    id,
    type,
    text: storedText(id, attributes),
    keys: entryKeys(type, attributes),
    isManaged: true,
    nowMs: options.clock.nowMs(),
  };
}

const REQUIRED: Readonly<Record<DirectoryType, string>> = { User: 'userPrincipalName', Group: 'displayName' };

function requireName(type: DirectoryType, attributes: JsonObject): void {
  const name: Json | undefined = attributes[REQUIRED[type]];
  if (typeof name === 'string' && name.trim() !== '') return;
  throw new LockstepError('invalidValue', `${REQUIRED[type]}: a ${type.toLowerCase()} needs one`);
}

function notFound(type: DirectoryType, name: string): LockstepError {
  const what = type === 'User' ? 'person' : 'group';
  return new LockstepError('notFound', `there is no ${what} ${JSON.stringify(name)} in the directory`);
}

function ambiguous(
  type: DirectoryType,
  attribute: string,
  found: { readonly name: string; readonly total: number },
): LockstepError {
  const what = type === 'User' ? 'people' : 'groups';
  const message = `${found.total} ${what} have the ${attribute} ${JSON.stringify(found.name)}`;
  return new LockstepError('conflict', message, { hint: 'Name the one you mean by objectId or sign-in name.' });
}
