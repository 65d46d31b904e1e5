import type { AppProfile } from '@lockstep/gallery';
import { isJsonArray, isJsonObject, type JsonObject } from '@lockstep/scim';
import type { TenantSettings } from '../ports/tenant-store.ts';

/** What role values of a directory come to in the app. */
export interface LocalRoles {
  /** Names of roles of the app, each once, in the order the values name them. */
  readonly roles: readonly string[];
  /** What the app does not know; it gives nothing. */
  readonly unknown: readonly string[];
}

/**
 * Reads role values by the tenant's rule table: a row whose value is the same exactly, else, where the app keeps a list,
 * each name between separators by its row or as a name of the list.
 */
export function localRoles(profile: AppProfile, settings: TenantSettings, values: readonly string[]): LocalRoles {
  const rule = profile.roles;
  if (rule.kind === 'none') return { roles: [], unknown: [] };
  const table = new Map((settings.roleRules ?? []).map((row) => [row.value, row.roles]));
  const listed = rule.kind === 'listed' ? new Set(settings.roleNames ?? rule.names) : undefined;
  const isRole = (name: string): boolean => listed === undefined || listed.has(name);
  const parts = values.flatMap((value) => (table.has(value) ? [value] : splitRoleValue(profile, value)));
  const roles = parts.flatMap((part) => table.get(part) ?? (isRole(part) ? [part] : []));
  const unknown = parts.filter((part) => !table.has(part) && !isRole(part));
  return { roles: [...new Set(roles)], unknown: [...new Set(unknown)] };
}

/** The names inside one role value: several where the app's rule has a separator. */
export function splitRoleValue({ roles: rule }: AppProfile, value: string): readonly string[] {
  const parts = rule.kind === 'listed' ? value.split(rule.separator) : [value];
  return parts.map((text) => text.trim()).filter((text) => text !== '');
}

/** Role values of a stored resource, as the directory sent them. */
export function roleValues(resource: JsonObject): readonly string[] {
  const roles = resource['roles'];
  if (!isJsonArray(roles)) return [];
  const values = roles.map((role) => (isJsonObject(role) ? role['value'] : role));
  return values.filter((value) => typeof value === 'string');
}
