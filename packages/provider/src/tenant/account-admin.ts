import {
  type JsonObject,
  lenientDialect,
  parseFilter,
  readResource,
  resolveFilter,
  ScimError,
  sameJson,
} from '@lockstep/scim';
import type { RealmStore, StoredResource } from '../ports/realm-store.ts';
import type { Tenant, TenantStore } from '../ports/tenant-store.ts';
import { prepareResource } from '../resource/prepare-resource.ts';
import { readObject } from '../resource/read-object.ts';
import { whoIsLeft } from '../resource/who-is-left.ts';
import { ADMINISTRATORS_MAX, isAdministrator } from '../role/administrators.ts';
import { localRoles, roleValues } from '../role/local-roles.ts';
import type { Authenticator } from '../token/authenticate.ts';
import { requireAdministratorLeft } from './role-admin.ts';
import type { ShapeCache } from './shape-cache.ts';
import type { TenantShape } from './tenant-shape.ts';

/** An account as the app's own pages show it. */
export interface AccountView {
  readonly id: string;
  readonly userName: string;
  readonly resource: JsonObject;
  readonly isActive: boolean;
  /** Whether the directory leads it: what it sends is not edited in the app. */
  readonly isLed: boolean;
  /** Whether a directory made or linked it. */
  readonly isManaged: boolean;
  /** Names of roles of the app. */
  readonly roles: readonly string[];
  readonly unknownRoles: readonly string[];
  readonly isAdministrator: boolean;
  /** Whether it is one by a decision made in the app. */
  readonly isNamedAdministrator: boolean;
}

/** What the app's own pages do with accounts. Fixed accounts are none of them. */
export interface AccountAdmin {
  /** In the order they were made, or those whose user name begins with a text. */
  accounts(
    tenantId: string,
    page: { readonly after?: string; readonly limit: number; readonly search?: string },
  ): Promise<{ readonly items: readonly AccountView[]; readonly total: number; readonly next?: string }>;
  account(tenantId: string, accountId: string): Promise<AccountView | undefined>;
  /**
   * Changes attributes of an account in the app; an attribute that is `null` goes.
   * @throws {ScimError} `mutability` for one that the directory leads; `forbidden` for the last administrator
   */
  editAccount(tenantId: string, accountId: string, changes: JsonObject): Promise<AccountView>;
  /** @throws {ScimError} `mutability` for an active account that the directory leads; `forbidden` for the last administrator */
  removeAccount(tenantId: string, accountId: string): Promise<boolean>;
  /** Names an administrator in the app, or takes that back. @throws {ScimError} `forbidden` for the last one */
  setAdministrator(tenantId: string, accountId: string, isOne: boolean): Promise<AccountView>;
}

export interface AccountAdminOptions {
  readonly tenants: TenantStore;
  readonly realms: RealmStore;
  readonly shapes: ShapeCache;
  readonly authenticator: Authenticator;
  nowMs(): number;
}

const BARE = { members: false, groups: false };

/** Makes the app's side of accounts over the stores. */
export function createAccountAdmin(options: AccountAdminOptions): AccountAdmin {
  const { realms } = options;
  const find = async (tenantId: string, accountId: string): Promise<Found> => {
    const opened = await open(options, tenantId);
    const stored = await realms.read(opened.tenant.realm, accountId, {
      type: opened.shape.users.type.name,
      include: BARE,
    });
    if (stored === undefined) throw noAccount(accountId);
    return { ...opened, stored };
  };
  return {
    accounts: async (tenantId, page) => listAccounts(options, await open(options, tenantId), page),
    account: async (tenantId, accountId) => {
      const { tenant, shape } = await open(options, tenantId);
      const stored = await realms.read(tenant.realm, accountId, { type: shape.users.type.name, include: BARE });
      return stored === undefined ? undefined : viewOf({ tenant, shape }, stored);
    },
    editAccount: async (tenantId, accountId, changes) => editAccount(options, await find(tenantId, accountId), changes),
    removeAccount: async (tenantId, accountId) => removeAccount(options, await find(tenantId, accountId)),
    setAdministrator: async (tenantId, accountId, isOne) => {
      const { tenant, shape, stored } = await find(tenantId, accountId);
      const named = (list: readonly string[] = []): readonly string[] =>
        isOne ? [...new Set([...list, accountId])] : list.filter((id) => id !== accountId);
      const administrators = named(tenant.settings.administrators);
      if (administrators.length > ADMINISTRATORS_MAX) {
        throw new ScimError('invalidValue', `at most ${ADMINISTRATORS_MAX} accounts are named administrators`);
      }
      await requireAdministratorLeft(options, { tenant, shape, settings: { ...tenant.settings, administrators } });
      const changed = await options.tenants.updateTenant(tenantId, ({ settings }) => ({
        settings: { ...settings, administrators: named(settings.administrators) },
      }));
      options.authenticator.forget();
      return viewOf({ tenant: changed ?? tenant, shape }, stored);
    },
  };
}

interface Opened {
  readonly tenant: Tenant;
  readonly shape: TenantShape;
}

interface Found extends Opened {
  readonly stored: StoredResource;
}

async function open({ tenants, shapes }: AccountAdminOptions, tenantId: string): Promise<Opened> {
  const tenant = await tenants.findTenant(tenantId);
  const shape = tenant === undefined ? undefined : shapes.shapeFor(tenant);
  if (tenant === undefined || shape === undefined) throw new ScimError('notFound', `there is no provider ${tenantId}`);
  return { tenant, shape };
}

function noAccount(id: string): ScimError {
  return new ScimError('notFound', `there is no account ${JSON.stringify(id)}`);
}

async function listAccounts(
  { realms }: AccountAdminOptions,
  { tenant, shape }: Opened,
  page: Parameters<AccountAdmin['accounts']>[1],
): ReturnType<AccountAdmin['accounts']> {
  const { users } = shape;
  const { search = '', after } = page;
  const found = await realms.query(tenant.realm, {
    type: users.type,
    indexed: users.indexed,
    ...(search === ''
      ? {}
      : { filter: resolveFilter(parseFilter(`userName sw ${JSON.stringify(search)}`), users.fullType) }),
    startIndex: 1,
    count: page.limit,
    ...(after === undefined ? {} : { after }),
    include: BARE,
  });
  const items = found.resources.map((stored) => viewOf({ tenant, shape }, stored));
  return { items, total: found.total, ...(found.next === undefined ? {} : { next: found.next }) };
}

function viewOf({ tenant, shape }: Opened, stored: StoredResource): AccountView {
  const { profile } = shape;
  const { settings } = tenant;
  const resource = readObject(stored.text);
  const { roles, unknown: unknownRoles } = localRoles(profile, settings, roleValues(resource));
  return {
    id: stored.id,
    userName: typeof resource['userName'] === 'string' ? resource['userName'] : '',
    resource,
    isActive: resource['active'] !== false,
    isLed: isLed(shape, stored),
    isManaged: stored.isManaged,
    roles,
    unknownRoles,
    isAdministrator: isAdministrator(profile, settings, { id: stored.id, resource }),
    isNamedAdministrator: settings.administrators?.includes(stored.id) === true,
  };
}

/** Where a directory may change its accounts, it leads them; an app that takes no updates keeps profiles to itself. */
function isLed({ profile }: TenantShape, stored: StoredResource): boolean {
  return stored.isManaged && profile.users.actions.update;
}

async function editAccount(options: AccountAdminOptions, found: Found, changes: JsonObject): Promise<AccountView> {
  const { tenant, shape, stored } = found;
  const { users } = shape;
  const target = { type: users.type.name, id: stored.id };
  const outcome = await options.realms.update(tenant.realm, target, (current) => {
    const before = readObject(current.text);
    refuseLed(shape, current, { before, changes });
    const { id: _id, ...rest } = withChanges(before, changes);
    const { id: _given, ...resource } = readResource(rest, users.type, { accepts: lenientDialect, purpose: 'replace' });
    const prepared = prepareResource({ tenant, shape }, users, { id: current.id, resource, before });
    const keeps = whoIsLeft({ tenant, shape }, users, { current, after: resource });
    return { text: prepared.text, keys: prepared.keys, ...keeps, nowMs: options.nowMs() };
  });
  if (outcome === undefined) throw noAccount(stored.id);
  return viewOf(found, outcome.resource);
}

function withChanges(before: JsonObject, changes: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null));
}

function refuseLed(
  shape: TenantShape,
  current: StoredResource,
  { before, changes }: { readonly before: JsonObject; readonly changes: JsonObject },
): void {
  if (!isLed(shape, current)) return;
  const led = Object.entries(changes).find(([name, value]) => !sameJson(before[name] ?? null, value));
  if (led === undefined) return;
  throw new ScimError(
    'mutability',
    `${led[0]} is led by the directory: change it there, and it arrives with the next cycle`,
  );
}

async function removeAccount(options: AccountAdminOptions, found: Found): Promise<boolean> {
  const { tenant, shape, stored } = found;
  const { users } = shape;
  return options.realms.remove(tenant.realm, { type: users.type.name, id: stored.id }, options.nowMs(), (current) => {
    if (isLed(shape, current) && readObject(current.text)['active'] !== false) {
      throw new ScimError('mutability', 'the directory leads this account: take it away there first, then here');
    }
    return whoIsLeft({ tenant, shape }, users, { current, after: undefined }).keeps;
  });
}
