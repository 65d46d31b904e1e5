import type { ResourceKeys, StoredResource } from '@lockstep/provider/ports';
import { foldText, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';
import { tagOfText } from '../entity-tag.ts';
import { type DirectoryType, RECYCLE_BIN } from './directory-schema.ts';

/** A person or group of the directory. */
export interface DirectoryEntry {
  readonly objectId: string;
  readonly type: DirectoryType;
  /** By Entra's names; `manager` is an objectId. What has no value is left out. */
  readonly attributes: JsonObject;
  readonly createdMs: number;
  readonly modifiedMs: number;
}

/** Turns a stored resource into an entry. */
export function toEntry(stored: StoredResource): DirectoryEntry {
  const value: unknown = JSON.parse(stored.text);
  const { id: _id, [RECYCLE_BIN]: _bin, ...attributes } = isJsonObject(value) ? value : {};
  return {
    objectId: stored.id,
    type: stored.type === 'Group' ? 'Group' : 'User',
    attributes,
    createdMs: stored.createdMs,
    modifiedMs: stored.modifiedMs,
  };
}

/** Tells one state of an entry's attributes from another; what a group has for members does not count. */
export function entryTag({ objectId, attributes }: Pick<DirectoryEntry, 'objectId' | 'attributes'>): string {
  return tagOfText(storedText(objectId, attributes));
}

/** Whether an entry is in the recycle bin. */
export function isDeleted(attributes: JsonObject): boolean {
  return attributes['deletedDateTime'] !== undefined;
}

/** The JSON that is kept. */
export function storedText(objectId: string, attributes: JsonObject): string {
  return JSON.stringify({ id: objectId, ...attributes, ...(isDeleted(attributes) ? { [RECYCLE_BIN]: 'yes' } : {}) });
}

/** Paths the store indexes, so that filters on them are answered by an index. */
export const indexedPaths: Readonly<
  Record<DirectoryType, { readonly uniqueName: string | null; readonly values: readonly string[] }>
> = {
  User: { uniqueName: 'userPrincipalName', values: ['mail', 'displayName', 'employeeId', RECYCLE_BIN] },
  Group: { uniqueName: null, values: ['displayName', 'mail', RECYCLE_BIN] },
};

/** What the store indexes of an entry. A person in the recycle bin gives the sign-in name free. */
export function entryKeys(type: DirectoryType, attributes: JsonObject): ResourceKeys {
  const name = textOf(attributes['userPrincipalName']);
  const isGone = isDeleted(attributes);
  const texts: Json = isGone ? { ...attributes, [RECYCLE_BIN]: 'yes' } : attributes;
  return {
    uniqueName: type === 'Group' || name === null || isGone ? null : foldText(name),
    externalId: textOf(attributes['employeeId']),
    isExternalIdUnique: false,
    display: textOf(attributes['displayName']) ?? name,
    values: indexedPaths[type].values.flatMap((path) => {
      const value = textOf(texts[path]);
      return value === null ? [] : [{ path, value: foldText(value), isUnique: false }];
    }),
    isActive: attributes['accountEnabled'] !== false,
  };
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
