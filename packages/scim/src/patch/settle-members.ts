import { isJsonArray, type Json, type JsonObject } from '../json.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { commonAttributes } from '../schema/common-attributes.ts';

/**
 * Puts the members of a changed resource in canonical order - `schemas` and the other common attributes, core
 * attributes in schema order, extensions, then whatever else the resource holds - and makes `schemas` list the core
 * schema and the extensions that are present (RFC 7643 §3).
 */
export function settleMembers(resource: JsonObject, type: ResourceType): JsonObject {
  const { names, extensionIds, ranks } = orderOf(type);
  if (isSettled(resource, { core: type.schema.id, ranks, extensionIds })) return resource;
  const settled: Record<string, Json> = { schemas: settleSchemas(resource, type.schema.id, extensionIds) };
  for (const name of names) {
    const value = resource[name];
    if (value !== undefined) settled[name] = value;
  }
  for (const [name, value] of Object.entries(resource)) {
    if (!Object.hasOwn(settled, name)) settled[name] = value;
  }
  return settled;
}

/** Most changes replace values where they stand, and no extension comes or goes: then all is in place already. */
function isSettled(
  resource: JsonObject,
  order: Pick<Order, 'ranks' | 'extensionIds'> & { readonly core: string },
): boolean {
  const { core, ranks, extensionIds } = order;
  const { schemas } = resource;
  if (!isJsonArray(schemas) || schemas[0] !== core) return false;
  let listed = 1;
  let before = -1;
  for (const name of Object.keys(resource)) {
    const rank = ranks.get(name) ?? ranks.size;
    if (rank < before) return false;
    before = rank;
    if (extensionIds.includes(name)) {
      if (schemas[listed] !== name) return false;
      listed += 1;
    }
  }
  return schemas.length === listed;
}

interface Order {
  /** Names of all members but `schemas`. */
  readonly names: readonly string[];
  readonly extensionIds: readonly string[];
  /** Place of every member that has one; whatever else there is comes behind. */
  readonly ranks: ReadonlyMap<string, number>;
}

const orders: WeakMap<ResourceType, Order> = new WeakMap();

function orderOf(type: ResourceType): Order {
  const known = orders.get(type);
  if (known !== undefined) return known;
  const extensionIds = type.extensions.map(({ schema }) => schema.id);
  const attributes = [...commonAttributes, ...type.schema.attributes];
  const names = [...attributes.map(({ name }) => name).filter((name) => name !== 'schemas'), ...extensionIds];
  const ranks = new Map(['schemas', ...names].map((name, at) => [name, at]));
  const order = { names, extensionIds, ranks };
  orders.set(type, order);
  return order;
}

/** URNs of schemas the type does not know stay: somebody else put them there. */
function settleSchemas(resource: JsonObject, coreId: string, extensionIds: readonly string[]): readonly Json[] {
  const listed = isJsonArray(resource['schemas']) ? resource['schemas'] : [];
  const isKnown = (schema: Json): boolean =>
    schema === coreId || (typeof schema === 'string' && extensionIds.includes(schema));
  const foreign = listed.filter((schema) => !isKnown(schema));
  return [coreId, ...extensionIds.filter((id) => resource[id] !== undefined), ...foreign];
}
