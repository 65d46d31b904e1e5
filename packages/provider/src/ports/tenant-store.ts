import type { JsonObject } from '@lockstep/scim';
import type { ClientStore } from './client-store.ts';
import type { RequestLogMode } from './observed-exchange.ts';
import type { RealmKey } from './realm-store.ts';

/** A customer's realm in an app, as the provider sees it. */
export interface Tenant {
  readonly id: string;
  readonly realm: RealmKey;
  /** Key of the app's profile in the gallery. */
  readonly profile: string;
  readonly title: string;
  readonly dialect: 'lenient' | 'strict';
  /** CIDR ranges that may call; empty = everybody. */
  readonly allowedAddresses: readonly string[];
  /** What the app itself keeps for the tenant, such as its list of role names. */
  readonly settings: TenantSettings;
  readonly createdMs: number;
}

/** Settings of a tenant that are managed in the app. */
export interface TenantSettings {
  /** Role names of an app that keeps a list; absent = those of its profile. */
  readonly roleNames?: readonly string[];
  /** What people see instead of a role's name, by name. */
  readonly roleTitles?: Readonly<Record<string, string>>;
  /** The rule table: what a directory's role value becomes in the app. A value without a row stands for the role of its name. */
  readonly roleRules?: readonly RoleRow[];
  /** Roles of the app whose holders administrate the tenant. */
  readonly adminRoles?: readonly string[];
  /** Accounts that administrate the tenant by a decision made in the app, by id. */
  readonly administrators?: readonly string[];
  /** Directories that may write, where the app keeps a list of them. */
  readonly sources?: readonly TenantSource[];
  /** `off`: SCIM is refused until it is switched on in the app. Default `on`. */
  readonly provisioning?: 'on' | 'off';
  /** How many requests are answered; absent = as many as come. */
  readonly rateLimit?: RateLimit;
  /** Which requests are kept; absent = as the server says. */
  readonly requestLog?: RequestLogMode;
  /** Schemas the tenant's resources carry beside those of the profile. */
  readonly extensions?: readonly DeclaredExtension[];
  /** Resource types beside those of the profile. */
  readonly resourceTypes?: readonly DeclaredResourceType[];
}

/** One row of the rule table of roles. */
export interface RoleRow {
  /** As the directory sends it, compared exactly. */
  readonly value: string;
  /** Names of roles of the app. */
  readonly roles: readonly string[];
}

/** A directory that may write to a tenant, with an address rule and a token of its own. */
export interface TenantSource {
  readonly id: string;
  readonly title: string;
  /** CIDR ranges, beside those of the tenant; empty = everybody. */
  readonly allowedAddresses: readonly string[];
}

/** A schema extension a tenant declares as data (RFC 7643 §3.3). */
export interface DeclaredExtension {
  /** Name of the resource type it extends, such as `User`. */
  readonly resourceType: string;
  /** In the form of `/Schemas` (RFC 7643 §7). */
  readonly schema: JsonObject;
  /** Whether every resource has to carry it; default false. */
  readonly required?: boolean;
  /** Taken from what a client sent rather than declared by the operator; it grows with what comes. Default false. */
  readonly isLearnt?: boolean;
}

/** A resource type a tenant declares as data (RFC 7643 §6). */
export interface DeclaredResourceType {
  readonly name: string;
  /** Path below the base address, with its slash: `/Devices`. */
  readonly endpoint: string;
  readonly description?: string;
  /** The core schema, in the form of `/Schemas` (RFC 7643 §7). */
  readonly schema: JsonObject;
}

/** A bound on the requests of a tenant. Each process counts for itself. */
export interface RateLimit {
  /** What may go on for ever. Above 0; below 1 means less than one a second. */
  readonly requestsPerSecond: number;
  /** How many may come at once after a pause; at least 1. */
  readonly burst: number;
}

/** What may be changed about a tenant. */
export type TenantChange = Partial<Pick<Tenant, 'title' | 'dialect' | 'allowedAddresses' | 'settings'>>;

export type TokenScope = 'read' | 'create' | 'update' | 'delete';

/** A token as it is kept: its hash, never itself. */
export interface StoredToken {
  readonly id: string;
  readonly tenantId: string;
  /** Lower-case hex SHA-256 of the token. */
  readonly hash: string;
  readonly label: string;
  readonly scopes: readonly TokenScope[];
  readonly createdMs: number;
  readonly expiresMs: number | null;
  readonly revokedMs: number | null;
  readonly lastUsedMs: number | null;
  /** The client an access token was issued to; absent for tokens that an administrator made. */
  readonly clientId?: string;
  /** For whom it was made in the app's own pages: `source:ID` or `admin:ID`; absent for tokens of the operator. */
  readonly holder?: string;
}

/** How often a rule of the dialects was used. */
export interface RuleCount {
  readonly rule: string;
  readonly count: number;
}

/** Tenants, their tokens and their clients. */
export interface TenantStore extends ClientStore {
  /** @throws {ScimError} `uniqueness` when the id is taken. */
  createTenant(tenant: Omit<Tenant, 'realm'>): Promise<Tenant>;
  findTenant(id: string): Promise<Tenant | undefined>;
  /**
   * In order of creation, at most `limit`, after the tenant with id `after`.
   * @param page.search only those whose title holds it, without regard to case, or whose id it is
   */
  listTenants(page: {
    readonly after?: string;
    readonly limit: number;
    readonly search?: string;
  }): Promise<readonly Tenant[]>;
  /**
   * Reads, changes and writes a tenant in one transaction.
   * @param change pure; a function is given the tenant as it is by then
   */
  updateTenant(id: string, change: TenantChange | ((current: Tenant) => TenantChange)): Promise<Tenant | undefined>;
  deleteTenant(id: string): Promise<boolean>;
  addToken(token: Omit<StoredToken, 'revokedMs' | 'lastUsedMs'>): Promise<void>;
  /** By token id; the caller compares the hash. */
  findToken(tokenId: string): Promise<StoredToken | undefined>;
  /** Tokens that an administrator made, oldest first; access tokens of clients are not among them. */
  listTokens(tenantId: string): Promise<readonly StoredToken[]>;
  /** False when there is no such token in the tenant. */
  revokeToken(tenantId: string, tokenId: string, nowMs: number): Promise<boolean>;
  /** Revokes every token that was made for a holder; returns how many were not revoked before. */
  revokeTokensOf(tenantId: string, holder: string, nowMs: number): Promise<number>;
  /** Remembers use; called at most once a minute per token. */
  touchToken(tokenId: string, nowMs: number): Promise<void>;
  /** Adds to the counters of deviations per token and rule, and to those of the tenant's day. */
  countDeviations(tokenId: string, counts: ReadonlyMap<string, number>, nowMs: number): Promise<void>;
  /** How often each rule was used in a tenant since the beginning of the day (UTC) of a time; days are kept for a month. */
  recentDeviations(tenantId: string, sinceMs: number): Promise<readonly RuleCount[]>;
  deviations(
    tenantId: string,
  ): Promise<readonly { readonly tokenId: string; readonly rule: string; readonly count: number }[]>;
}
