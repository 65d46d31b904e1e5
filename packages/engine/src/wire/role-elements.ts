import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';

/** The engine keeps the ids of roles for the one request that names them; SCIM roles have none (RFC 7643 §4.1.2). */
export function withoutRoleIds(resource: JsonObject): JsonObject {
  const { roles } = resource;
  if (!isJsonArray(roles) || !roles.some((role) => isJsonObject(role) && role['id'] !== undefined)) return resource;
  return { ...resource, roles: roles.map(withoutId) };
}

function withoutId(role: Json): Json {
  if (!isJsonObject(role)) return role;
  const { id: _id, ...rest } = role;
  return rest;
}

/**
 * A role as `AppRoleAssignmentsComplex` sends it in the older shape: a JSON document inside a text (Entra docs "Customize
 * application attributes").
 */
export function packedRole(role: JsonObject): JsonObject {
  const { id, value, displayName } = { id: role['id'], value: role['value'], displayName: role['displayName'] };
  return { value: JSON.stringify({ id, value, displayName }) };
}
