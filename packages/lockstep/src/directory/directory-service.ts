import type { Clock, Random } from '@lockstep/engine/ports';
import type { MemberChange, NewResource, RealmKey, RealmStore } from '@lockstep/provider/ports';
import type { Json, JsonObject } from '@lockstep/scim';
import type { GroupStore } from '@lockstep/store';
import { letsThrough } from '../entity-tag.ts';
import { LockstepError } from '../lockstep-error.ts';
import { type DirectoryEntry, entryKeys, entryTag, isDeleted, storedText, toEntry } from './directory-entry.ts';
import { createDirectoryReads, type DirectoryReads, unknownEntry } from './directory-reads.ts';
import type { DirectoryType } from './directory-schema.ts';
import { faultAt } from './place-faults.ts';
import { mergeAttributes, readAttributes } from './read-attributes.ts';
import { refuseCircle } from './refuse-circle.ts';

export interface EntryUpdate {
  readonly entry: DirectoryEntry;
  /** False when everything was so already: nothing was written. */
  readonly isChanged: boolean;
}

/** People and groups of the directory, with everything that may be done to them. */
export interface DirectoryService extends DirectoryReads {
  /**
   * @param given attributes by Entra's names
   * @throws {LockstepError} `invalidValue`; {ScimError} `uniqueness` when the sign-in name is taken
   */
  create(type: DirectoryType, given: JsonObject, options?: { readonly objectId?: string }): Promise<DirectoryEntry>;
  /**
   * `null` clears an attribute; those not named stay.
   * @param options `ifMatch` = the `entryTag` that the change was made from; absent = whatever the entry is now
   * @throws as `create`, `notFound`, and `outdated` when the entry has been changed since
   */
  update(
    type: DirectoryType,
    objectId: string,
    changes: JsonObject,
    options?: { readonly ifMatch?: string | undefined },
  ): Promise<EntryUpdate>;
  /**
   * As `update`, for many entries in one transaction: all or none. Sign-in names are judged at the end, so two people may
   * swap theirs.
   */
  updateAll(
    type: DirectoryType,
    updates: readonly { readonly objectId: string; readonly changes: JsonObject }[],
  ): Promise<void>;
  /** Into the recycle bin. False when it was there already. @throws {LockstepError} `notFound` */
  softDelete(type: DirectoryType, objectId: string): Promise<boolean>;
  /** Out of the recycle bin. False when it was not there. @throws {LockstepError} `notFound` */
  restore(type: DirectoryType, objectId: string): Promise<boolean>;
  /** For good. False when there was no such object. */
  delete(type: DirectoryType, objectId: string): Promise<boolean>;
  /**
   * False when nothing changed.
   * @throws {LockstepError} `notFound`, and `conflict` when a group would come to hold itself
   */
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
  readonly groups: GroupStore;
  readonly realm: RealmKey;
  readonly clock: Clock;
  readonly random: Random;
}

/** Makes the directory over its realm. */
export function createDirectoryService(options: DirectoryServiceOptions): DirectoryService {
  const { realms, realm, groups, clock } = options;
  const listeners = new Set<() => void>();
  const noteChange = (): void => {
    for (const listener of listeners) listener();
  };
  const rewrite = createRewrite(options, noteChange);

  const reads = createDirectoryReads({ realms, groups }, realm);
  return {
    ...reads,
    create: async (type, given, asked = {}) => {
      const attributes = mergeAttributes({}, readAttributes(type, given));
      requireName(type, attributes);
      const stored = await realms.insert(realm, newResource({ type, attributes, objectId: asked.objectId }, options));
      noteChange();
      return toEntry(stored);
    },
    update: async (type, id, given, asked = {}) => {
      const changes = readAttributes(type, given);
      if (type === 'User' && changes['manager'] === id) throw faultAt('manager', 'nobody is their own manager');
      return rewrite({ type, id }, (before) => {
        refuseOutdated({ objectId: id, attributes: before }, asked.ifMatch);
        const next = mergeAttributes(before, changes);
        requireName(type, next);
        return next;
      });
    },
    updateAll: async (type, updates) => {
      const outcomes = await realms.updateAll(
        realm,
        type,
        updates.map(({ objectId, changes }) => ({
          id: objectId,
          mutate: (current) => {
            const next = mergeAttributes(toEntry(current).attributes, readAttributes(type, changes));
            requireName(type, next);
            return { text: storedText(current.id, next), keys: entryKeys(type, next), nowMs: clock.nowMs() };
          },
        })),
      );
      if (outcomes.some((outcome) => outcome?.isChanged === true)) noteChange();
    },
    softDelete: async (type, id) => {
      const deletedDateTime = new Date(clock.nowMs()).toISOString();
      const intoBin = (before: JsonObject) => (isDeleted(before) ? undefined : { ...before, deletedDateTime });
      return (await rewrite({ type, id }, intoBin)).isChanged;
    },
    restore: async (type, id) => (await rewrite({ type, id }, outOfBin)).isChanged,
    delete: async (type, id) => {
      const isGone = await realms.remove(realm, { type, id }, clock.nowMs());
      if (isGone) noteChange();
      return isGone;
    },
    changeMembers: async (groupId, { add = [], remove = [] }) => {
      await refuseCircle(reads, groupId, await groups.holdersAmong(groupId, add));
      const members: MemberChange[] = [];
      if (remove.length > 0) members.push({ do: 'remove', ids: remove });
      if (add.length > 0) members.push({ do: 'add', ids: add });
      const group = { type: 'Group', id: groupId };
      const outcome = await realms.update(realm, group, () => ({ members, nowMs: clock.nowMs() }));
      if (outcome === undefined) throw unknownEntry('Group', groupId);
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

/** Changes the attributes of one entry in one transaction; `undefined` leaves it alone. */
type Rewrite = (
  target: { readonly type: DirectoryType; readonly id: string },
  change: (attributes: JsonObject) => JsonObject | undefined,
) => Promise<EntryUpdate>;

function createRewrite({ realms, realm, clock }: DirectoryServiceOptions, noteChange: () => void): Rewrite {
  return async (target, change) => {
    const outcome = await realms.update(realm, target, (current) => {
      const next = change(toEntry(current).attributes);
      if (next === undefined) return undefined;
      return { text: storedText(current.id, next), keys: entryKeys(target.type, next), nowMs: clock.nowMs() };
    });
    if (outcome === undefined) throw unknownEntry(target.type, target.id);
    if (outcome.isChanged) noteChange();
    return { entry: toEntry(outcome.resource), isChanged: outcome.isChanged };
  };
}

function outOfBin(before: JsonObject): JsonObject | undefined {
  const { deletedDateTime, ...rest } = before;
  return deletedDateTime === undefined ? undefined : rest;
}

function newResource(
  entry: { readonly type: DirectoryType; readonly attributes: JsonObject; readonly objectId: string | undefined },
  options: DirectoryServiceOptions,
): NewResource {
  const { type, attributes } = entry;
  const id = entry.objectId ?? options.random.guid();
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
  throw faultAt(REQUIRED[type], `a ${type.toLowerCase()} needs one`);
}

function refuseOutdated(entry: Pick<DirectoryEntry, 'objectId' | 'attributes'>, ifMatch: string | undefined): void {
  if (letsThrough(ifMatch, entryTag(entry))) return;
  const name = entry.attributes['displayName'] ?? entry.attributes['userPrincipalName'] ?? entry.objectId;
  const hint = 'Read it again and make the change once more.';
  throw new LockstepError('outdated', `${String(name)} has been changed meanwhile`, { hint });
}
