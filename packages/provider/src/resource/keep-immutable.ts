import { type Attribute, isJsonObject, type JsonObject, ScimError, sameJson } from '@lockstep/scim';
import type { TypeShape } from '../tenant/tenant-shape.ts';

/**
 * Applies the rule of a replace for attributes that never change once they have a value (RFC 7644 §3.5.1): the same
 * value may be sent again, none at all keeps it.
 *
 * @throws {ScimError} `mutability` for another value
 */
export function keepImmutable(resource: JsonObject, before: JsonObject, { type }: TypeShape): JsonObject {
  let kept = keepWithin(resource, before, type.schema.attributes);
  for (const { schema } of type.extensions) {
    const was = before[schema.id];
    const given = kept[schema.id];
    if (!isJsonObject(was)) continue;
    const values = isJsonObject(given) ? given : {};
    const all = keepWithin(values, was, schema.attributes);
    if (all !== values) kept = withExtension(kept, schema.id, all);
  }
  return kept;
}

function keepWithin(values: JsonObject, before: JsonObject, attributes: readonly Attribute[]): JsonObject {
  let kept = values;
  for (const { name, mutability } of attributes) {
    const was = before[name];
    if (mutability !== 'immutable' || was === undefined) continue;
    const given = values[name];
    if (given === undefined) kept = Object.fromEntries([...Object.entries(kept), [name, was]]);
    else if (!sameJson(given, was)) throw new ScimError('mutability', `${name} cannot be changed any more`);
  }
  return kept;
}

/** An extension that is there again is listed in `schemas` again. */
function withExtension(resource: JsonObject, id: string, values: JsonObject): JsonObject {
  const { schemas } = resource;
  const listed = Array.isArray(schemas) && !schemas.includes(id) ? { schemas: [...schemas, id] } : {};
  return { ...resource, ...listed, [id]: values };
}
