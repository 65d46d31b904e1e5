import type { FeedEntry } from '@lockstep/provider/ports';
import { isJsonObject, type JsonObject } from '@lockstep/scim';

const WORDS: Readonly<Record<FeedEntry['kind'], string>> = {
  created: 'created',
  updated: 'updated',
  activated: 'activated',
  deactivated: 'deactivated',
  deleted: 'deleted',
  restored: 'restored',
  linked: 'linked',
  memberAdded: 'member_added',
  memberRemoved: 'member_removed',
  assigned: 'assigned',
  unassigned: 'unassigned',
};

/**
 * A feed entry as an endpoint gets it: `{type: 'user.deactivated', timestamp, data: {id, resourceType, ...}}`.
 *
 * @param text the resource as it is stored now; `undefined` when it is gone
 */
export function eventBody(entry: FeedEntry, text: string | undefined): JsonObject {
  const resource: unknown = text === undefined ? undefined : JSON.parse(text);
  return {
    type: `${entry.type.toLowerCase()}.${WORDS[entry.kind]}`,
    timestamp: new Date(entry.atMs).toISOString(),
    data: {
      id: entry.resourceId,
      resourceType: entry.type,
      ...(entry.otherId === null ? {} : { memberId: entry.otherId }),
      ...(isJsonObject(resource) ? { resource } : {}),
    },
  };
}

/** An event that stands for nothing: `{type: 'endpoint.test', timestamp, data: {}}`. */
export function testBody(nowMs: number): JsonObject {
  return { type: 'endpoint.test', timestamp: new Date(nowMs).toISOString(), data: {} };
}
