import type { AppProfile } from '@lockstep/gallery';
import { foldText, type JsonObject, lenientDialect, readResource, ScimError } from '@lockstep/scim';
import type { RealmStore, StoredResource } from '../ports/realm-store.ts';
import type {
  StoredToken,
  Tenant,
  TenantChange,
  TenantSettings,
  TenantStore,
  TokenScope,
} from '../ports/tenant-store.ts';
import { compileAddressRule } from '../request/address-rule.ts';
import { checkRateLimit } from '../request/rate-limiter.ts';
import { prepareResource } from '../resource/prepare-resource.ts';
import { resourceKeys } from '../resource/resource-keys.ts';
import type { Authenticator } from '../token/authenticate.ts';
import { newToken } from '../token/token-text.ts';
import { type AccountAdmin, createAccountAdmin } from './account-admin.ts';
import { type ClientAdmin, createClientAdmin } from './client-admin.ts';
import { createGroupAdmin, type GroupAdmin } from './group-admin.ts';
import { createRoleAdmin, type RoleAdmin } from './role-admin.ts';
import type { ShapeCache } from './shape-cache.ts';
import type { TenantShape } from './tenant-shape.ts';

/** What a new tenant is made from. */
export interface NewTenant {
  /** Key of the app's profile. */
  readonly profile: string;
  readonly title: string;
  /** Default `lenient`. */
  readonly dialect?: 'lenient' | 'strict';
  /** CIDR ranges; default everybody. */
  readonly allowedAddresses?: readonly string[];
  /** Default: none. */
  readonly settings?: TenantSettings;
  /** Default: a random one in the form the app uses. */
  readonly id?: string;
}

/** A token just made. `text` is shown now and never again. */
export interface IssuedToken {
  readonly id: string;
  readonly text: string;
}

export interface NewTokenOptions {
  readonly label?: string;
  /** Default: all four. */
  readonly scopes?: readonly TokenScope[];
  /** Default: never. */
  readonly expiresMs?: number | null;
  /** See `StoredToken.holder`. */
  readonly holder?: string;
}

/** An account made in the app itself, before any directory leads it. */
export interface LocalAccount {
  readonly resource: JsonObject;
}

/** What the operator and the app's own pages do with tenants; everything here is an administrator's right. */
export interface TenantAdmin extends ClientAdmin, RoleAdmin, AccountAdmin, GroupAdmin {
  /** @throws {ScimError} `invalidValue` for an unknown profile, an empty title, a range that is none, a rate limit of nothing,
   * schemas that do not fit */
  create(tenant: NewTenant): Promise<{ readonly tenant: Tenant; readonly token: IssuedToken }>;
  update(id: string, change: TenantChange): Promise<Tenant | undefined>;
  /** Changes settings from what they are by then. @throws {ScimError} `invalidValue` */
  changeSettings(id: string, change: (settings: TenantSettings) => TenantSettings): Promise<Tenant | undefined>;
  delete(id: string): Promise<boolean>;
  /** @throws {ScimError} `notFound` for an unknown tenant */
  issueToken(tenantId: string, options: NewTokenOptions): Promise<IssuedToken>;
  revokeToken(tenantId: string, tokenId: string): Promise<boolean>;
  /** Revokes every token that was made for a holder; returns how many. */
  revokeTokensOf(tenantId: string, holder: string): Promise<number>;
  tokens(tenantId: string): Promise<readonly StoredToken[]>;
  /** Makes an account in the app, as its own pages would. */
  addLocalAccount(tenantId: string, account: LocalAccount): Promise<StoredResource>;
}

export interface TenantAdminOptions {
  readonly tenants: TenantStore;
  readonly realms: RealmStore;
  readonly shapes: ShapeCache;
  readonly authenticator: Authenticator;
  nowMs(): number;
  /** A random GUID. */
  newId(): string;
  /** From a cryptographic source. */
  randomBytes(count: number): Uint8Array;
  hashText(text: string): string;
}

const ALL_SCOPES: readonly TokenScope[] = ['read', 'create', 'update', 'delete'];
const TITLE_LENGTH_MAX = 200;
const TENANT_ID = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;

/** Makes the administration of tenants over the stores. */
export function createTenantAdmin(options: TenantAdminOptions): TenantAdmin {
  const { tenants, realms, authenticator } = options;

  const issueToken = async (tenantId: string, asked: NewTokenOptions): Promise<IssuedToken> => {
    const { id, text } = newToken(options.randomBytes);
    await tenants.addToken({
      id,
      tenantId,
      hash: options.hashText(text),
      label: asked.label ?? 'token',
      scopes: asked.scopes ?? ALL_SCOPES,
      createdMs: options.nowMs(),
      expiresMs: asked.expiresMs ?? null,
      ...(asked.holder === undefined ? {} : { holder: asked.holder }),
    });
    return { id, text };
  };

  const shapeFor = (profile: string, settings: TenantSettings = {}): TenantShape => {
    const shape = options.shapes.shapeFor({ profile, settings });
    if (shape !== undefined) return shape;
    const known = options.shapes.profiles.join(', ');
    throw new ScimError('invalidValue', `there is no profile ${JSON.stringify(profile)}; choose one of: ${known}`);
  };

  const requireTenant = async (id: string): Promise<Tenant> => {
    const tenant = await tenants.findTenant(id);
    if (tenant === undefined) throw new ScimError('notFound', `there is no provider ${id}`);
    return tenant;
  };

  return {
    ...createClientAdmin(options),
    ...createRoleAdmin(options),
    ...createAccountAdmin(options),
    ...createGroupAdmin(options),
    create: async (asked) => {
      const shape = shapeFor(asked.profile, asked.settings);
      const allowedAddresses = asked.allowedAddresses ?? [];
      checkTitle(asked.title);
      checkRanges(allowedAddresses);
      checkSettings(asked.settings);
      const tenant = await tenants.createTenant({
        id: checkId(asked.id) ?? newTenantId(shape.profile, options.randomBytes),
        profile: asked.profile,
        title: asked.title,
        dialect: asked.dialect ?? 'lenient',
        allowedAddresses,
        settings: asked.settings ?? {},
        createdMs: options.nowMs(),
      });
      for (const userName of shape.profile.fixedAccounts) await addFixedAccount({ tenant, shape, userName }, options);
      return { tenant, token: await issueToken(tenant.id, { label: shape.profile.token.label }) };
    },
    update: async (id, change) => {
      if (change.title !== undefined) checkTitle(change.title);
      if (change.allowedAddresses !== undefined) checkRanges(change.allowedAddresses);
      checkSettings(change.settings);
      if (change.settings !== undefined) shapeFor((await requireTenant(id)).profile, change.settings);
      const tenant = await tenants.updateTenant(id, change);
      authenticator.forget();
      return tenant;
    },
    changeSettings: async (id, change) => {
      const tenant = await tenants.updateTenant(id, (current) => {
        const settings = change(current.settings);
        checkSettings(settings);
        shapeFor(current.profile, settings);
        return { settings };
      });
      authenticator.forget();
      return tenant;
    },
    delete: async (id) => {
      const isGone = await tenants.deleteTenant(id);
      authenticator.forget();
      return isGone;
    },
    issueToken: async (tenantId, asked) => {
      await requireTenant(tenantId);
      return issueToken(tenantId, asked);
    },
    revokeToken: async (tenantId, tokenId) => {
      const isRevoked = await tenants.revokeToken(tenantId, tokenId, options.nowMs());
      authenticator.forget();
      return isRevoked;
    },
    revokeTokensOf: async (tenantId, holder) => {
      const count = await tenants.revokeTokensOf(tenantId, holder, options.nowMs());
      authenticator.forget();
      return count;
    },
    tokens: (tenantId) => tenants.listTokens(tenantId),
    addLocalAccount: async (tenantId, account) => {
      const tenant = await requireTenant(tenantId);
      const shape = shapeFor(tenant.profile, tenant.settings);
      const { users } = shape;
      const resource = readResource(account.resource, users.type, { accepts: lenientDialect, purpose: 'create' });
      const id = options.newId();
      const { text, keys } = prepareResource({ tenant, shape }, users, { id, resource });
      return realms.insert(tenant.realm, {
        id,
        type: users.type.name,
        text,
        keys,
        isManaged: false,
        nowMs: options.nowMs(),
      });
    },
  };
}

/** A fixed account is in the realm, so that its name is taken, and SCIM never shows or touches it. */
async function addFixedAccount(
  fixed: { readonly tenant: Tenant; readonly shape: TenantShape; readonly userName: string },
  options: TenantAdminOptions,
): Promise<void> {
  const { users } = fixed.shape;
  const id = options.newId();
  const resource = { schemas: [users.type.schema.id], id, userName: fixed.userName, active: true };
  await options.realms.insert(fixed.tenant.realm, {
    id,
    type: users.type.name,
    text: JSON.stringify(resource),
    keys: { ...resourceKeys(resource, users), uniqueName: foldText(fixed.userName) },
    isManaged: false,
    isProtected: true,
    nowMs: options.nowMs(),
  });
}

/** An id in the form the app's address shows: a number where the profile says so, else letters and digits. */
function newTenantId(profile: AppProfile, randomBytes: (count: number) => Uint8Array): string {
  const bytes = randomBytes(8);
  if (profile.tenantIdForm === 'number')
    return bytes.reduce((id, byte) => id + String(byte % 10), String(1 + ((bytes[0] ?? 0) % 9)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function checkId(id: string | undefined): string | undefined {
  if (id === undefined || TENANT_ID.test(id)) return id;
  throw new ScimError('invalidValue', 'id: letters, digits and hyphens, at most 64, starting with a letter or digit');
}

function checkTitle(title: string): void {
  if (title.trim() !== '' && title.length <= TITLE_LENGTH_MAX) return;
  throw new ScimError('invalidValue', `title: give one of 1 to ${TITLE_LENGTH_MAX} characters`);
}

function checkSettings(settings: TenantSettings | undefined): void {
  if (settings?.rateLimit !== undefined) checkRateLimit(settings.rateLimit);
  for (const source of settings?.sources ?? []) checkRanges(source.allowedAddresses);
}

function checkRanges(ranges: readonly string[]): void {
  try {
    compileAddressRule(ranges);
  } catch (error) {
    throw new ScimError(
      'invalidValue',
      `allowedAddresses: ${error instanceof Error ? error.message : 'not readable'}`,
      {
        cause: error,
      },
    );
  }
}
