import {
  type Filter,
  idsOfFilter,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  PATCH_SCHEMA,
  type PatchOperation,
  type PatchPath,
  type PatchVerb,
  printPath,
} from '@lockstep/scim';
import type { WireShape } from '@lockstep/scim/client';
import { packedRole, withoutRoleIds } from './role-elements.ts';

const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE_USER = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const CORE_GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
/** Entra's own name for groups, beside the one of the RFC. */
const ENTRA_GROUP = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';

/**
 * Bodies as Entra sends them without the compatibility flag (Entra docs, "SCIM 2.0 protocol compliance of the provisioning
 * service" and "Tutorial: Develop and plan provisioning for a SCIM endpoint"): capitalised verbs, booleans as text, one
 * operation for each attribute, the manager as plain text, members by lists of values.
 */
export const legacyWire: WireShape = {
  createBody: (endpoint, resource) => legacyResource(endpoint, resource),
  replaceBody: (endpoint, resource) => legacyResource(endpoint, resource),
  patchBody: (_endpoint, operations) => ({ schemas: [PATCH_SCHEMA], Operations: legacyOperations(operations) }),
};

/** Custom extensions are not listed in `schemas`; the enterprise one always is. */
function legacyResource(endpoint: string, resource: JsonObject): JsonObject {
  const isGroup = endpoint === '/Groups';
  const members = Object.entries(withoutRoleIds(resource)).map(([name, value]): [string, Json] => {
    return [name, name.toLowerCase().startsWith('urn:') ? textBooleansIn(value) : simpleValue(value)];
  });
  return {
    ...(isGroup ? {} : { roles: [] }),
    ...Object.fromEntries(members),
    schemas: isGroup ? [CORE_GROUP, ENTRA_GROUP] : [CORE_USER, ENTERPRISE_USER],
    meta: { resourceType: isGroup ? 'Group' : 'User' },
  };
}

function textBooleansIn(extension: Json): Json {
  if (!isJsonObject(extension)) return extension;
  return Object.fromEntries(Object.entries(extension).map(([name, value]) => [name, simpleValue(value)]));
}

/** `active` is text here; what elements of a list say of themselves, such as `primary`, stays a boolean. */
function simpleValue(value: Json): Json {
  return typeof value === 'boolean' ? booleanText(value) : value;
}

function booleanText(value: boolean): string {
  return value ? 'True' : 'False';
}

const VERBS: Readonly<Record<PatchVerb, string>> = { add: 'Add', replace: 'Replace', remove: 'Remove' };

function legacyOperations(operations: readonly PatchOperation[]): readonly JsonObject[] {
  const removed = operations.flatMap((operation) => removedMembers(operation) ?? []);
  const rest = operations.filter((operation) => removedMembers(operation) === undefined);
  const removal = removed.length === 0 ? [] : [{ op: 'Remove', path: 'members', value: removed.map(memberElement) }];
  return [...removal, ...rest.flatMap(legacyOperation)];
}

function removedMembers({ op, path }: PatchOperation): readonly string[] | undefined {
  if (op !== 'remove' || path?.attribute.name !== 'members' || path.filter === undefined) return undefined;
  return idsOfFilter(path.filter);
}

function memberElement(value: Json): JsonObject {
  return { $ref: null, value };
}

function legacyOperation(operation: PatchOperation): readonly JsonObject[] {
  const { op, path, value } = operation;
  if (path === undefined) return value === undefined ? [] : [{ op: VERBS[op], value }];
  const { name } = path.attribute;
  // The last role that goes is told by the full list, as every other change of an assertive list.
  if (op === 'remove' && name === 'roles' && path.filter === undefined)
    return [{ op: 'Replace', path: 'roles', value: [] }];
  if (value === undefined) return [{ op: VERBS[op], path: legacyPath(path) }];
  if (isJsonArray(value) && path.filter === undefined) return listOperation(op, path, value);
  return [{ op: VERBS[op], path: legacyPath(path), value: referenceText(value) ?? simpleValue(value) }];
}

function listOperation(op: PatchVerb, path: PatchPath, value: readonly Json[]): readonly JsonObject[] {
  const { name } = path.attribute;
  const elements = value.filter(isJsonObject);
  const plain: JsonObject = { op: VERBS[op], path: legacyPath(path), value };
  if (elements.length !== value.length) return [plain];
  if (name === 'members') return [{ ...plain, value: elements.map((one) => memberElement(one['value'] ?? null)) }];
  if (op !== 'add') return [{ ...plain, value: elements.map(withoutId) }];
  if (elements.some((one) => one['id'] !== undefined)) return [{ ...plain, value: elements.map(packedRole) }];
  const [only, ...others] = elements;
  const parts = only === undefined || others.length > 0 ? undefined : newElement(path, only);
  return parts ?? [plain];
}

function withoutId({ id: _id, ...role }: JsonObject): JsonObject {
  return role;
}

/** An element that is not there yet comes part by part, through the path that selects it (Entra expects it to be made). */
function newElement(path: PatchPath, element: JsonObject): readonly JsonObject[] | undefined {
  const { type, primary, ...parts } = element;
  const isRole = path.attribute.name === 'roles';
  if (isRole ? primary !== true : typeof type !== 'string') return undefined;
  const filter = isRole ? 'primary eq "True"' : `type eq ${JSON.stringify(type)}`;
  return Object.entries(parts).map(([name, value]) => ({
    op: 'Add',
    path: `${printPath({ attribute: path.attribute })}[${filter}].${name}`,
    value: simpleValue(value),
  }));
}

/** `{value: id}` of a manager is sent as the id alone. */
function referenceText(value: Json): string | undefined {
  if (!isJsonObject(value) || Object.keys(value).length !== 1) return undefined;
  const { value: id } = value;
  return typeof id === 'string' ? id : undefined;
}

/** SCIM 1.x extensions are joined to the attribute by a dot, as their apps document them. */
const OLD_EXTENSION = /^(urn:scim:schemas:extension:[^:[]+:1\.\d+):/i;

function legacyPath(path: PatchPath): string {
  const printed = printPath(path.filter === undefined ? path : { ...path, filter: textBooleans(path.filter) });
  return printed.replace(OLD_EXTENSION, '$1.');
}

/** `roles[primary eq true]` is written `roles[primary eq "True"]` (Entra docs, app role mappings). */
function textBooleans(filter: Filter): Filter {
  if (filter.kind === 'and' || filter.kind === 'or') return { ...filter, filters: filter.filters.map(textBooleans) };
  if (filter.kind !== 'compare' || typeof filter.value !== 'boolean') return filter;
  return { ...filter, value: booleanText(filter.value) };
}
