import { isJsonArray, type Json, type JsonObject } from '../json.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { commonAttributes } from '../schema/common-attributes.ts';

/**
 * Puts the members of a changed resource in canonical order - `schemas` and the other common attributes, core
 * attributes in schema order, extensions, then whatever else the resource holds - and makes `schemas` list the core
 * schema and the extensions that are present (RFC 7643 §3).
 */
export function settleMembers(resource: JsonObject, type: ResourceType): JsonObject {
  const { names, extensionIds } = orderOf(type);
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

interface Order {
  /** Names of all members but `schemas`. */
  readonly names: readonly string[];
  readonly extensionIds: readonly string[];
}

const orders: WeakMap<ResourceType, Order> = new WeakMap();

function orderOf(type: ResourceType): Order {
  const known = orders.get(type);
  if (known !== undefined) return known;
  const extensionIds = type.extensions.map(({ schema }) => schema.id);
  const attributes = [...commonAttributes, ...type.schema.attributes];
  const names = [...attributes.map(({ name }) => name).filter((name) => name !== 'schemas'), ...extensionIds];
  const order = { names, extensionIds };
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
