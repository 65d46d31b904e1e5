import type { AppProfile, RoleRule } from '@lockstep/gallery';
import { isJsonArray, isJsonObject, type Json, type JsonObject, ScimError } from '@lockstep/scim';
import type { Tenant } from '../ports/tenant-store.ts';
import { refuse } from './refuse.ts';

type ListedRoles = Extract<RoleRule, { readonly kind: 'listed' }>;

/**
 * Applies the app's rule about roles to a resource: one value may name several roles of the app's list; each becomes
 * an element of its own, and each has to be in the list exactly.
 *
 * @throws {ScimError} in the app's words, for a role that is not in the list
 */
export function applyRoleRule(resource: JsonObject, profile: AppProfile, tenant: Tenant): JsonObject {
  const rule = profile.roles;
  const roles = resource['roles'];
  if (rule.kind !== 'listed' || !isJsonArray(roles)) return resource;
  const names = new Set(tenant.settings.roleNames ?? rule.names);
  const split = new Map<string, JsonObject>();
  for (const [name, element] of roles.flatMap((role) => splitRole(role, rule))) {
    checkName(name, profile, names);
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

function splitRole(role: Json, rule: ListedRoles): readonly (readonly [string, JsonObject])[] {
  const value = isJsonObject(role) ? role['value'] : role;
  if (typeof value !== 'string') return [];
  const rest = isJsonObject(role) ? role : {};
  const names = value
    .split(rule.separator)
    .map((text) => text.trim())
    .filter((text) => text !== '');
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
