import type { Member, RealmKey, RealmStore } from '@lockstep/provider/ports';
import type { GroupPage, GroupStore, NamedGroup } from '@lockstep/store';
import { LockstepError } from '../lockstep-error.ts';
import { type DirectoryEntry, indexedPaths, toEntry } from './directory-entry.ts';
import { readDirectoryFilter } from './directory-filter.ts';
import type { DirectoryType } from './directory-schema.ts';

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

/** A group, or somebody, by name. */
export interface GroupReference {
  readonly objectId: string;
  readonly displayName: string | null;
}

/** Somebody who is in a group only by groups within it. */
export interface InheritedReference extends GroupReference {
  readonly through: readonly GroupReference[];
}

/** What can be asked of the directory. */
export interface DirectoryReads {
  get(type: DirectoryType, objectId: string): Promise<DirectoryEntry | undefined>;
  /**
   * By objectId, sign-in name, mail, employeeId or display name, in this order.
   * @throws {LockstepError} `notFound`, or `conflict` when the name stands for several
   */
  find(type: DirectoryType, name: string): Promise<DirectoryEntry>;
  /** A person, else a group, by any of their names. @throws as `find` */
  findPrincipal(name: string): Promise<DirectoryEntry>;
  list(type: DirectoryType, query: EntryQuery): Promise<EntryPage>;
  /** Direct members, oldest first; `after` is the last one's id of the page before. */
  members(groupId: string, page: { readonly after?: string; readonly limit: number }): Promise<readonly Member[]>;
  memberOf(type: DirectoryType, objectId: string): Promise<readonly GroupReference[]>;
  /** Groups that are direct members, oldest first. */
  innerGroups(groupId: string, page: GroupPage): Promise<readonly GroupReference[]>;
  /** People who are in a group by groups within it alone, oldest first, with those groups. */
  inheritedMembers(groupId: string, page: GroupPage): Promise<readonly InheritedReference[]>;
}

const PAGE_DEFAULT = 100;
const PAGE_MAX = 1_000;
const NAME_ATTRIBUTES: Readonly<Record<DirectoryType, readonly string[]>> = {
  User: ['userPrincipalName', 'mail', 'employeeId', 'displayName'],
  Group: ['displayName', 'mail'],
};

/** Reads the directory's realm. */
export function createDirectoryReads(
  { realms, groups }: { readonly realms: RealmStore; readonly groups: GroupStore },
  realm: RealmKey,
): DirectoryReads {
  const list: DirectoryReads['list'] = async (type, query) => {
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

  const get: DirectoryReads['get'] = async (type, objectId) => {
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

  return {
    get,
    find: async (type, name) => {
      const found = await search(type, name);
      if (found !== undefined) return found;
      throw unknownEntry(type, name);
    },
    findPrincipal: async (name) => {
      const found = (await search('User', name)) ?? (await search('Group', name));
      if (found !== undefined) return found;
      const message = `there is neither a person nor a group ${JSON.stringify(name)} in the directory`;
      throw new LockstepError('notFound', message);
    },
    list,
    members: (groupId, page) => realms.members(realm, groupId, page),
    memberOf: async (type, objectId) => {
      const stored = await realms.read(realm, objectId, { type, include: { members: false, groups: true } });
      return (stored?.groups ?? []).map(toReference);
    },
    innerGroups: async (groupId, page) => (await groups.innerGroups(groupId, page)).map(toReference),
    inheritedMembers: async (groupId, page) =>
      (await groups.inheritedMembers(groupId, page)).map(({ through, ...one }) => ({
        ...toReference(one),
        through: through.map(toReference),
      })),
  };
}

function toReference({ id, display }: NamedGroup): GroupReference {
  return { objectId: id, displayName: display };
}

/** The refusal for a name or objectId nobody has. */
export function unknownEntry(type: DirectoryType, name: string): LockstepError {
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
