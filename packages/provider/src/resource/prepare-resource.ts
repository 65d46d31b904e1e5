import {
  equalsFolded,
  foldText,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  ScimError,
} from '@lockstep/scim';
import type { ResourceKeys } from '../ports/realm-store.ts';
import type { Call } from '../request/call.ts';
import { applyRoleRule } from '../role/role-rule.ts';
import type { TypeShape } from '../tenant/tenant-shape.ts';
import { refuse } from './refuse.ts';
import { resourceKeys } from './resource-keys.ts';

/** A resource ready to be stored. */
export interface PreparedResource {
  readonly text: string;
  readonly keys: ResourceKeys;
  /** Present for types with members: who they are, each once. */
  readonly memberIds: readonly string[] | undefined;
}

/** A resource on its way into the store. */
export interface GivenResource {
  readonly id: string;
  readonly resource: JsonObject;
  /** Absent for a new one. */
  readonly before?: JsonObject;
}

/**
 * Turns a resource in canonical form into what is stored: members go to rows, what may never be shown (passwords) is
 * not kept at all, the app's role rule is applied, and the text is rendered once for every later read.
 *
 * @throws {ScimError} in the app's words, for the name of a fixed account and for a role that is not in the list
 */
export function prepareResource(
  call: Pick<Call, 'shape' | 'tenant'>,
  shape: TypeShape,
  given: GivenResource,
): PreparedResource {
  const ruled = shape.kind === 'user' ? applyUserRules(call, given) : given.resource;
  const { schemas, members, externalId, ...rest } = ruled;
  const named = externalId === undefined || !shape.keepsExternalId ? rest : { externalId, ...rest };
  const kept = withoutSecrets(named, shape);
  return {
    text: JSON.stringify({ ...(schemas === undefined ? {} : { schemas }), id: given.id, ...kept }),
    keys: resourceKeys(kept, shape),
    memberIds: shape.hasMembers ? memberIds(members) : undefined,
  };
}

function applyUserRules(call: Pick<Call, 'shape' | 'tenant'>, { resource, before }: GivenResource): JsonObject {
  refuseFixedName(call, resource);
  const { profile } = call.shape;
  return applyRoleRule(resource, { profile, tenant: call.tenant, ...(before === undefined ? {} : { before }) });
}

/** The name of a fixed account is nobody else's, in any case. */
function refuseFixedName(call: Pick<Call, 'shape'>, resource: JsonObject): void {
  const { profile } = call.shape;
  const { userName } = resource;
  if (typeof userName !== 'string') return;
  if (!profile.fixedAccounts.some((name) => equalsFolded(userName, foldText(name)))) return;
  throw refuse(profile, 'fixedAccount', new ScimError('uniqueness', `${userName} is a fixed account of the app`));
}

/** A password sent over SCIM is read and dropped: it never becomes a way to sign in (RFC 7643 §4.1.1 leaves this open). */
function withoutSecrets(resource: JsonObject, shape: TypeShape): JsonObject {
  let kept = resource;
  for (const { extension, name } of shape.secrets) {
    const values = extension === undefined ? undefined : kept[extension];
    if (extension === undefined) kept = without(kept, name);
    else if (isJsonObject(values) && name in values) kept = { ...kept, [extension]: without(values, name) };
  }
  return kept;
}

function without(values: JsonObject, name: string): JsonObject {
  if (!(name in values)) return values;
  const { [name]: _secret, ...rest } = values;
  return rest;
}

function memberIds(members: Json | undefined): readonly string[] {
  if (!isJsonArray(members)) return [];
  const ids = members.map((member) => (isJsonObject(member) ? member['value'] : member));
  return [...new Set(ids.filter((id) => typeof id === 'string'))];
}
