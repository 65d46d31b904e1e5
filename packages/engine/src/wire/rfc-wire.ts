import { isJsonArray, type PatchOperation, patchBody } from '@lockstep/scim';
import type { WireShape } from '@lockstep/scim/client';
import { withoutRoleIds } from './role-elements.ts';

/**
 * Bodies to the letter of RFC 7644, as Entra sends with the flag `aadOptscim062020` (Entra docs, "SCIM 2.0 protocol
 * compliance of the provisioning service"): lower-case verbs, real booleans, plain replaces gathered in one operation without
 * a path, removed members by a filter.
 */
export const rfcWire: WireShape = {
  createBody: (_endpoint, resource) => withoutRoleIds(resource),
  replaceBody: (_endpoint, resource) => withoutRoleIds(resource),
  patchBody: (_endpoint, operations) => patchBody(operations.map(withoutIds), 'rfc'),
};

function withoutIds(operation: PatchOperation): PatchOperation {
  const { path, value } = operation;
  if (path?.attribute.name !== 'roles' || !isJsonArray(value)) return operation;
  const { roles } = withoutRoleIds({ roles: value });
  return roles === undefined ? operation : { ...operation, value: roles };
}
