import type { AppProfile } from '@lockstep/gallery';
import { isJsonArray, isJsonObject, type Json, type JsonObject, ScimError } from '@lockstep/scim';
import type { Tenant } from '../ports/tenant-store.ts';
import { refuse } from '../resource/refuse.ts';
import { roleValues, splitRoleValue } from './local-roles.ts';

/**
 * Applies the app's rule about roles to a resource: one value may name several roles of the app's list; each becomes
 * an element of its own, and each has to be in the list exactly, or in the tenant's rule table. What the directory sent is
 * what is kept; which roles of the app it comes to is read off the table (`localRoles`).
 *
 * @param before the resource so far: a role it has already stays, although the list may have changed since
 * @throws {ScimError} in the app's words, for a role that is not in the list
 */
export function applyRoleRule(
  resource: JsonObject,
  { profile, tenant, before }: { readonly profile: AppProfile; readonly tenant: Tenant; readonly before?: JsonObject },
): JsonObject {
  const rule = profile.roles;
  const roles = resource['roles'];
  if (rule.kind !== 'listed' || !isJsonArray(roles)) return resource;
  const ruled = new Set((tenant.settings.roleRules ?? []).map((row) => row.value));
  const names = new Set([...(tenant.settings.roleNames ?? rule.names), ...ruled]);
  const kept = new Set(before === undefined ? [] : roleValues(before));
  const split = new Map<string, JsonObject>();
  for (const [name, element] of roles.flatMap((role) => splitRole(role, profile, ruled))) {
    if (!kept.has(name) && !ruled.has(name)) checkName(name, profile, names);
    if (!split.has(name)) split.set(name, element);
  }
  const { roles: _before, ...rest } = resource;
  return split.size === 0 ? rest : { ...rest, roles: [...split.values()] };
}

function checkName(name: string, profile: AppProfile, names: ReadonlySet<string>): void {
  if (/\s/.test(name)) {
    throw refuse(profile, 'roleNameWithSpace', new ScimError('invalidValue', `roles: ${name} holds a space`));
  }
  if (!names.has(name)) throw unknownRole(profile, name, names);
}

function splitRole(
  role: Json,
  profile: AppProfile,
  ruled: ReadonlySet<string>,
): readonly (readonly [string, JsonObject])[] {
  const value = isJsonObject(role) ? role['value'] : role;
  if (typeof value !== 'string') return [];
  const rest = isJsonObject(role) ? role : {};
  const names = ruled.has(value) ? [value] : splitRoleValue(profile, value);
  return names.map((name) => [
    name,
    names.length === 1 ? { ...rest, value: name } : { ...rest, value: name, display: name },
  ]);
}

function unknownRole(profile: AppProfile, name: string, names: ReadonlySet<string>): ScimError {
  const own = new ScimError('invalidValue', `roles: there is no role ${JSON.stringify(name)}`);
  const refused = refuse(profile, 'unknownRole', own);
  return new ScimError(
    refused.code,
    `${refused.message} ${JSON.stringify(name)} is none of: ${[...names].join(', ')}.`,
  );
}
