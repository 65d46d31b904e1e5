import type { Json, JsonObject } from '@lockstep/scim';
import { z } from 'zod';
import type { DirectoryEntry } from '../directory/directory-entry.ts';
import { jsonSchema, timeText } from './shapes.ts';

/** A person or group as the API shows it: attributes beside objectId, type and times. */
export interface EntryShape {
  readonly objectId: string;
  readonly type: 'User' | 'Group';
  readonly createdAt: string;
  readonly modifiedAt: string;
  readonly [attribute: string]: Json;
}

/** The form of a person or group. */
export const entrySchema: z.ZodType<EntryShape> = z
  .object({ objectId: z.string(), type: z.enum(['User', 'Group']), createdAt: z.string(), modifiedAt: z.string() })
  .catchall(jsonSchema);

/** Attributes by Entra's names; `null` clears. The directory itself checks them. */
export const attributesSchema: z.ZodType<JsonObject> = z.record(z.string().max(250), jsonSchema);

/** Shows an entry. */
export function showEntry(entry: DirectoryEntry): EntryShape {
  return {
    ...entry.attributes,
    objectId: entry.objectId,
    type: entry.type,
    createdAt: timeText(entry.createdMs),
    modifiedAt: timeText(entry.modifiedMs),
  };
}
