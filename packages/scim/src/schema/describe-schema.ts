import type { Json, JsonObject } from '../json.ts';
import type { Attribute, AttributeType, Schema } from './attribute.ts';

/** URN of the schema of schemas (RFC 7643 §7). */
export const SCHEMA_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Schema';

/** Types whose values are text, so that `caseExact` says something about them. */
const textTypes: ReadonlySet<AttributeType> = new Set(['string', 'reference', 'binary']);

/**
 * The resource at `/Schemas/{id}` (RFC 7643 §7). Every characteristic that means something is there and none is null;
 * complex attributes carry neither `caseExact` nor `uniqueness` (erratum 6004).
 *
 * @param location address of the resource, for `meta`
 */
export function describeSchema(schema: Schema, location?: string): JsonObject {
  const meta = location === undefined ? { resourceType: 'Schema' } : { resourceType: 'Schema', location };
  return {
    schemas: [SCHEMA_SCHEMA],
    id: schema.id,
    name: schema.name,
    description: schema.description,
    attributes: schema.attributes.map(describeAttribute),
    meta,
  };
}

function describeAttribute(attribute: Attribute): JsonObject {
  const { name, type, multiValued, description, required, mutability, returned } = attribute;
  const described: Record<string, Json> = { name, type };
  if (attribute.subAttributes !== undefined)
    described['subAttributes'] = attribute.subAttributes.map(describeAttribute);
  Object.assign(described, { multiValued, description, required });
  if (attribute.canonicalValues !== undefined) described['canonicalValues'] = attribute.canonicalValues;
  if (textTypes.has(type)) described['caseExact'] = attribute.caseExact;
  Object.assign(described, { mutability, returned });
  if (type !== 'complex') described['uniqueness'] = attribute.uniqueness;
  if (attribute.referenceTypes !== undefined) described['referenceTypes'] = attribute.referenceTypes;
  return described;
}
