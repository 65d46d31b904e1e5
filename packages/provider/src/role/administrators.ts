import type { AppProfile } from '@lockstep/gallery';
import { type JsonObject, parseFilter, resolveFilter, ScimError } from '@lockstep/scim';
import type { SomebodyLeft, StoredResource } from '../ports/realm-store.ts';
import type { Tenant, TenantSettings } from '../ports/tenant-store.ts';
import { readObject } from '../resource/read-object.ts';
import { refuse } from '../resource/refuse.ts';
import type { TypeShape } from '../tenant/tenant-shape.ts';
import { localRoles, roleValues } from './local-roles.ts';

/** Accounts that a tenant lets administrate by a decision made in the app, at most. */
export const ADMINISTRATORS_MAX = 100;

/** Whether an account administrates its tenant: by a decision made in the app, or by one of its roles; inactive ones do not. */
export function isAdministrator(
  profile: AppProfile,
  settings: TenantSettings,
  account: { readonly id: string; readonly resource: JsonObject },
): boolean {
  if (account.resource['active'] === false) return false;
  if (settings.administrators?.includes(account.id) === true) return true;
  const adminRoles = settings.adminRoles ?? [];
  if (adminRoles.length === 0) return false;
  const { roles } = localRoles(profile, settings, roleValues(account.resource));
  return roles.some((role) => adminRoles.includes(role));
}

/** What the guard of the last administrator looks at. */
export interface AdministratorGuard {
  readonly tenant: Tenant;
  readonly profile: AppProfile;
  readonly users: TypeShape;
}

/**
 * Who has to be left when an account changes or goes: another administrator, if this account is one and will be none. An
 * app with a fixed account always keeps that one, so there nobody else has to be.
 *
 * @param after `undefined` when the account goes
 */
export function keepsAdministrator(
  { tenant, profile, users }: AdministratorGuard,
  before: { readonly id: string; readonly resource: JsonObject },
  after: JsonObject | undefined,
): SomebodyLeft | undefined {
  const { settings } = tenant;
  if (profile.fixedAccounts.length > 0 || !isAdministrator(profile, settings, before)) return undefined;
  if (after !== undefined && isAdministrator(profile, settings, { id: before.id, resource: after })) return undefined;
  return somebodyElse({ tenant, profile, users }, before.id);
}

/** Another administrator than `exceptId`, as the store looks for one. */
export function somebodyElse({ tenant, profile, users }: AdministratorGuard, exceptId: string): SomebodyLeft {
  const { settings } = tenant;
  return {
    type: users.type,
    indexed: users.indexed,
    filter: resolveFilter(parseFilter(mayAdministrate(settings)), users.fullType),
    matches: (resource: StoredResource) =>
      resource.id !== exceptId &&
      isAdministrator(profile, settings, { id: resource.id, resource: readObject(resource.text) }),
    refusal: () => refuse(profile, 'lastAdministrator', lastAdministrator(tenant)),
  };
}

/** A filter that every administrator passes, and hardly anybody else. */
export function mayAdministrate(settings: TenantSettings): string {
  const adminRoles = new Set(settings.adminRoles ?? []);
  const values = (settings.roleRules ?? []).filter((row) => row.roles.some((role) => adminRoles.has(role)));
  const clauses = [
    ...[...adminRoles, ...values.map((row) => row.value)].map((value) => `roles[value eq ${JSON.stringify(value)}]`),
    ...(settings.administrators ?? []).map((id) => `id eq ${JSON.stringify(id)}`),
  ];
  return clauses.length === 0 ? 'id eq ""' : clauses.join(' or ');
}

function lastAdministrator(tenant: Tenant): ScimError {
  return new ScimError(
    'forbidden',
    `this is the last administrator of ${tenant.title}: the account stays active and keeps its role. Make somebody else administrator first.`,
  );
}
