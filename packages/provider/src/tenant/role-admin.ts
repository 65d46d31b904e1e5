import type { AppProfile } from '@lockstep/gallery';
import { type JsonObject, parseFilter, resolveFilter, ScimError } from '@lockstep/scim';
import type { RealmStore, StoredResource } from '../ports/realm-store.ts';
import type { RoleRow, Tenant, TenantSettings, TenantStore } from '../ports/tenant-store.ts';
import { readObject } from '../resource/read-object.ts';
import { isAdministrator, mayAdministrate } from '../role/administrators.ts';
import { localRoles, roleValues, splitRoleValue } from '../role/local-roles.ts';
import type { Authenticator } from '../token/authenticate.ts';
import type { ShapeCache } from './shape-cache.ts';
import type { TenantShape } from './tenant-shape.ts';

/** One role of the app. */
export interface AppRoleSetting {
  readonly name: string;
  /** What people see; absent = the name. */
  readonly title?: string;
  /** Whether its holders administrate the tenant. */
  readonly isAdministrator: boolean;
}

/** Roles of a tenant and the table by which a directory's values become them. */
export interface RoleTable {
  /** For an app that keeps no list: the roles that something is said about. */
  readonly roles: readonly AppRoleSetting[];
  readonly rules: readonly RoleRow[];
}

/** What somebody has and would get. */
export interface RolePreview {
  readonly id: string;
  readonly userName: string;
  readonly isActive: boolean;
  /** As the directory sent them. */
  readonly values: readonly string[];
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Values that would come to nothing. */
  readonly unknown: readonly string[];
  readonly administratesBefore: boolean;
  readonly administratesAfter: boolean;
}

/** A page of a preview. */
export interface RolePreviewPage {
  readonly items: readonly RolePreview[];
  readonly next?: string;
}

/** What is done with the roles of a tenant. */
export interface RoleAdmin {
  /** @throws {ScimError} `notFound` */
  roleTable(tenantId: string): Promise<RoleTable>;
  /**
   * @param check given the table as it is in the transaction that changes it; what it throws refuses the change
   * @throws {ScimError} `notFound`; `invalidValue` for a table that does not fit; `forbidden` when no administrator would be left
   */
  saveRoles(tenantId: string, table: RoleTable, check?: (current: RoleTable) => void): Promise<RoleTable>;
  /**
   * Everybody whose roles or rights a table speaks about: who has role values, in the order of their making. With `search`
   * everybody whose user name begins with it, role values or not.
   */
  previewRoles(
    tenantId: string,
    table: RoleTable | undefined,
    page: { readonly after?: string; readonly limit: number; readonly search?: string },
  ): Promise<RolePreviewPage>;
}

export interface RoleAdminOptions {
  readonly tenants: TenantStore;
  readonly realms: RealmStore;
  readonly shapes: ShapeCache;
  readonly authenticator: Authenticator;
}

const ROLES_MAX = 1_000;
const ROWS_MAX = 1_000;
/** Each is a clause of the filter that looks for another administrator. */
const ADMIN_VALUES_MAX = 100;
const NAME_LENGTH_MAX = 200;

/** Makes the administration of roles over the stores. */
export function createRoleAdmin(options: RoleAdminOptions): RoleAdmin {
  const { tenants, authenticator } = options;
  const open = async (tenantId: string): Promise<Opened> => {
    const tenant = await tenants.findTenant(tenantId);
    const shape = tenant === undefined ? undefined : options.shapes.shapeFor(tenant);
    if (tenant === undefined || shape === undefined)
      throw new ScimError('notFound', `there is no provider ${tenantId}`);
    return { tenant, shape };
  };
  return {
    roleTable: async (tenantId) => {
      const { tenant, shape } = await open(tenantId);
      return tableOf(shape.profile, tenant.settings);
    },
    saveRoles: async (tenantId, table, check) => {
      const { tenant, shape } = await open(tenantId);
      checkTable(shape.profile, table);
      const settings = withTable(tenant.settings, shape.profile, table);
      await requireAdministratorLeft(options, { tenant, shape, settings });
      const saved = await tenants.updateTenant(tenantId, (current) => {
        check?.(tableOf(shape.profile, current.settings));
        return { settings: withTable(current.settings, shape.profile, table) };
      });
      authenticator.forget();
      return tableOf(shape.profile, saved?.settings ?? settings);
    },
    previewRoles: async (tenantId, table, page) => {
      const { tenant, shape } = await open(tenantId);
      if (table !== undefined) checkTable(shape.profile, table);
      const settings = table === undefined ? tenant.settings : withTable(tenant.settings, shape.profile, table);
      const { search, ...place } = page;
      const filter = search === undefined ? 'roles pr' : `userName sw ${JSON.stringify(search)}`;
      const found = await findAccounts(options, { tenant, shape, filter, ...place });
      const items = found.resources.map((one) =>
        previewOf(shape.profile, one, { before: tenant.settings, after: settings }),
      );
      return { items, ...(found.next === undefined ? {} : { next: found.next }) };
    },
  };
}

interface Opened {
  readonly tenant: Tenant;
  readonly shape: TenantShape;
}

/**
 * A change of settings must not take every administrator away.
 *
 * @throws {ScimError} `forbidden`
 */
export async function requireAdministratorLeft(
  options: Pick<RoleAdminOptions, 'realms'>,
  { tenant, shape, settings }: Opened & { readonly settings: TenantSettings },
): Promise<void> {
  const { profile } = shape;
  if (profile.fixedAccounts.length > 0) return;
  if (!(await hasAdministrator(options, { tenant, shape }))) return;
  if (await hasAdministrator(options, { tenant: { ...tenant, settings }, shape })) return;
  throw new ScimError(
    'forbidden',
    `nobody would administrate ${tenant.title} any more. Make somebody administrator first, or keep one.`,
  );
}

async function hasAdministrator(
  options: Pick<RoleAdminOptions, 'realms'>,
  { tenant, shape }: Opened,
): Promise<boolean> {
  const filter = mayAdministrate(tenant.settings);
  for (let after: string | undefined; ; ) {
    const position = after === undefined ? {} : { after };
    const page = await findAccounts(options, { tenant, shape, filter, limit: 200, ...position });
    const isOne = (one: StoredResource): boolean =>
      isAdministrator(shape.profile, tenant.settings, { id: one.id, resource: readObject(one.text) });
    if (page.resources.some(isOne)) return true;
    after = page.next;
    if (after === undefined) return false;
  }
}

interface Search extends Opened {
  readonly filter: string;
  readonly after?: string;
  readonly limit: number;
}

async function findAccounts(
  { realms }: Pick<RoleAdminOptions, 'realms'>,
  { tenant, shape: { users }, filter, after, limit }: Search,
): Promise<{ readonly resources: readonly StoredResource[]; readonly next?: string }> {
  return realms.query(tenant.realm, {
    type: users.type,
    indexed: users.indexed,
    filter: resolveFilter(parseFilter(filter), users.fullType),
    startIndex: 1,
    count: limit,
    ...(after === undefined ? {} : { after }),
    include: { members: false, groups: false },
  });
}

function previewOf(
  profile: AppProfile,
  account: StoredResource,
  settings: { readonly before: TenantSettings; readonly after: TenantSettings },
): RolePreview {
  const resource: JsonObject = readObject(account.text);
  const values = roleValues(resource);
  const of = { id: account.id, resource };
  const after = localRoles(profile, settings.after, values);
  return {
    id: account.id,
    userName: typeof resource['userName'] === 'string' ? resource['userName'] : '',
    isActive: resource['active'] !== false,
    values,
    before: localRoles(profile, settings.before, values).roles,
    after: after.roles,
    unknown: after.unknown,
    administratesBefore: isAdministrator(profile, settings.before, of),
    administratesAfter: isAdministrator(profile, settings.after, of),
  };
}

function tableOf(profile: AppProfile, settings: TenantSettings): RoleTable {
  const { roleTitles = {}, adminRoles = [], roleRules: rules = [] } = settings;
  const listed = profile.roles.kind === 'listed' ? (settings.roleNames ?? profile.roles.names) : [];
  const names = new Set([...listed, ...adminRoles, ...Object.keys(roleTitles)]);
  const roles = [...names].map((name) => ({
    name,
    ...(roleTitles[name] === undefined ? {} : { title: roleTitles[name] }),
    isAdministrator: adminRoles.includes(name),
  }));
  return { roles, rules };
}

function withTable(settings: TenantSettings, profile: AppProfile, { roles, rules }: RoleTable): TenantSettings {
  const { roleNames: _names, roleTitles: _titles, adminRoles: _admins, roleRules: _rules, ...others } = settings;
  const titled = roles.flatMap(({ name, title }) =>
    title === undefined || title === '' ? [] : [[name, title] as const],
  );
  const admins = roles.filter((role) => role.isAdministrator).map(({ name }) => name);
  return {
    ...others,
    ...(profile.roles.kind === 'listed' ? { roleNames: roles.map(({ name }) => name) } : {}),
    ...(titled.length === 0 ? {} : { roleTitles: Object.fromEntries(titled) }),
    ...(admins.length === 0 ? {} : { adminRoles: admins }),
    ...(rules.length === 0 ? {} : { roleRules: rules }),
  };
}

function checkTable(profile: AppProfile, { roles, rules }: RoleTable): void {
  if (profile.roles.kind === 'none') throw wrong(`${profile.title} keeps no roles`);
  if (roles.length > ROLES_MAX || rules.length > ROWS_MAX) throw wrong(`roles: at most ${ROLES_MAX} roles and rules`);
  const names = new Set<string>();
  for (const { name } of roles) {
    checkName(profile, name);
    if (names.has(name)) throw wrong(`roles: ${JSON.stringify(name)} is there twice`);
    names.add(name);
  }
  checkRules(profile, rules, names);
  const admins = new Set(roles.filter((role) => role.isAdministrator).map(({ name }) => name));
  const adminRows = rules.filter((row) => row.roles.some((name) => admins.has(name)));
  if (admins.size + adminRows.length > ADMIN_VALUES_MAX) {
    throw wrong(`roles: at most ${ADMIN_VALUES_MAX} roles and rules may make administrators`);
  }
}

function checkRules(profile: AppProfile, rules: readonly RoleRow[], names: ReadonlySet<string>): void {
  const values = new Set<string>();
  for (const { value, roles } of rules) {
    if (value.trim() !== value || value === '' || value.length > NAME_LENGTH_MAX) {
      throw wrong(`rules: a value has 1 to ${NAME_LENGTH_MAX} characters and no blanks at its ends`);
    }
    if (values.has(value)) throw wrong(`rules: ${JSON.stringify(value)} is there twice; name all its roles in one row`);
    values.add(value);
    const strange = profile.roles.kind === 'listed' ? roles.find((name) => !names.has(name)) : undefined;
    if (strange !== undefined) {
      throw wrong(`rules: ${JSON.stringify(value)} leads to ${JSON.stringify(strange)}, which is none of the roles`);
    }
  }
}

function checkName(profile: AppProfile, name: string): void {
  const isOne = splitRoleValue(profile, name)[0] === name;
  const hasSpace = profile.roles.kind === 'listed' && /\s/.test(name);
  if (isOne && !hasSpace && name.length <= NAME_LENGTH_MAX) return;
  throw wrong(
    `roles: ${JSON.stringify(name)} is no name of a role: no blanks, no comma, 1 to ${NAME_LENGTH_MAX} characters`,
  );
}

function wrong(message: string): ScimError {
  return new ScimError('invalidValue', message);
}
