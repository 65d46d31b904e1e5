import type { JsonObject } from '../json.ts';
import type { ResourceType } from './attribute.ts';

/** URN of the schema of resource types (RFC 7643 §6). */
export const RESOURCE_TYPE_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';

/**
 * The resource at `/ResourceTypes/{id}` (RFC 7643 §6).
 *
 * @param location address of the resource, for `meta`
 */
export function describeResourceType(type: ResourceType, location?: string): JsonObject {
  const { id, name, endpoint, description } = type;
  const meta = location === undefined ? { resourceType: 'ResourceType' } : { resourceType: 'ResourceType', location };
  return {
    schemas: [RESOURCE_TYPE_SCHEMA],
    id,
    name,
    endpoint,
    description,
    schema: type.schema.id,
    schemaExtensions: type.extensions.map(({ schema, required }) => ({ schema: schema.id, required })),
    meta,
  };
}
