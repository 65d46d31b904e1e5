import type { JsonObject } from '../json.ts';
import { applyPatch } from '../patch/apply-patch.ts';
import type { PatchOperation } from '../patch/patch-operation.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { groupType, userType } from '../schema/resource-types.ts';
import type { LearntTarget, UpdateMethod } from './client-options.ts';
import { TargetError } from './target-error.ts';
import type { TargetFeatures } from './target-features.ts';

/** A change of one resource, in whatever way the target takes it. */
export interface ResourceChange {
  readonly operations: readonly PatchOperation[];
  /** Last known state; a PUT sends it with the operations applied. Absent = it is read first. */
  readonly view?: JsonObject;
  /** Tells how to apply the operations. Absent = the users or groups of RFC 7643, without custom attributes. */
  readonly type?: ResourceType;
}

/** The requests an update is made of. */
export interface UpdateRequests {
  readonly patch: (
    endpoint: string,
    id: string,
    operations: readonly PatchOperation[],
  ) => Promise<JsonObject | undefined>;
  readonly replace: (endpoint: string, id: string, resource: JsonObject) => Promise<JsonObject | undefined>;
  readonly read: (endpoint: string, id: string) => Promise<JsonObject | undefined>;
  readonly features: () => Promise<TargetFeatures>;
}

export type SendUpdate = (endpoint: string, id: string, change: ResourceChange) => Promise<JsonObject | undefined>;

/**
 * Makes `update`. Under `auto` the method is learnt once: a target that refuses PATCH as an operation it does not have gets
 * PUT from then on, and the refused update is sent again that way, since nothing of it was carried out.
 */
export function createUpdater(method: UpdateMethod, requests: UpdateRequests, learnt: LearntTarget): SendUpdate {
  const fixed = method === 'auto' ? undefined : method;
  return async (endpoint, id, change) => {
    const known = fixed ?? learnt.updateMethod ?? ((await requests.features()).patch ? 'patch' : 'put');
    if (known === 'put') return putChange(requests, { endpoint, id }, change);
    try {
      return await requests.patch(endpoint, id, change.operations);
    } catch (error) {
      if (method !== 'auto' || !isMethodRefused(error)) throw error;
      learnt.updateMethod = 'put';
      return putChange(requests, { endpoint, id }, change);
    }
  };
}

/** 405 and 501 are about the method (RFC 9110 §15.5.6, §15.6.2). */
function isMethodRefused(error: unknown): boolean {
  return error instanceof TargetError && (error.status === 405 || error.status === 501);
}

async function putChange(
  requests: UpdateRequests,
  { endpoint, id }: { readonly endpoint: string; readonly id: string },
  { operations, view, type = endpoint === '/Groups' ? groupType : userType }: ResourceChange,
): Promise<JsonObject | undefined> {
  // The members of a group are in no view, and a PUT without them would empty the group.
  const isGroup = endpoint === '/Groups';
  const before = isGroup || view === undefined ? await requests.read(endpoint, id) : view;
  if (before === undefined) throw new TargetError({ category: 'notFound', status: 404, detail: 'it is gone' });
  const { resource } = applyPatch(before, operations, type, { makeMissing: true });
  const { meta: _meta, groups: _groups, ...kept } = resource;
  return requests.replace(endpoint, id, { ...kept, schemas: schemasOf(kept, type.schema.id), id });
}

/** The core schema and every extension that is there (RFC 7643 §3). */
function schemasOf(resource: JsonObject, core: string): readonly string[] {
  return [core, ...Object.keys(resource).filter((name) => name.toLowerCase().startsWith('urn:'))];
}
