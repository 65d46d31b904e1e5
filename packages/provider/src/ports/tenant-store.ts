import type { JsonObject } from '@lockstep/scim';
import type { ClientStore } from './client-store.ts';
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
  /** How many requests are answered; absent = as many as come. */
  readonly rateLimit?: RateLimit;
  /** Schemas the tenant's resources carry beside those of the profile. */
  readonly extensions?: readonly DeclaredExtension[];
  /** Resource types beside those of the profile. */
  readonly resourceTypes?: readonly DeclaredResourceType[];
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
}

/** Tenants, their tokens and their clients. */
export interface TenantStore extends ClientStore {
  /** @throws {ScimError} `uniqueness` when the id is taken. */
  createTenant(tenant: Omit<Tenant, 'realm'>): Promise<Tenant>;
  findTenant(id: string): Promise<Tenant | undefined>;
  /** In order of creation, at most `limit`, after the tenant with id `after`. */
  listTenants(page: { readonly after?: string; readonly limit: number }): Promise<readonly Tenant[]>;
  updateTenant(id: string, change: TenantChange): Promise<Tenant | undefined>;
  deleteTenant(id: string): Promise<boolean>;
  addToken(token: Omit<StoredToken, 'revokedMs' | 'lastUsedMs'>): Promise<void>;
  /** By token id; the caller compares the hash. */
  findToken(tokenId: string): Promise<StoredToken | undefined>;
  /** Tokens that an administrator made, oldest first; access tokens of clients are not among them. */
  listTokens(tenantId: string): Promise<readonly StoredToken[]>;
  /** False when there is no such token in the tenant. */
  revokeToken(tenantId: string, tokenId: string, nowMs: number): Promise<boolean>;
  /** Remembers use; called at most once a minute per token. */
  touchToken(tokenId: string, nowMs: number): Promise<void>;
  /** Adds to the counters of deviations per token and rule. */
  countDeviations(tokenId: string, counts: ReadonlyMap<string, number>): Promise<void>;
  deviations(
    tenantId: string,
  ): Promise<readonly { readonly tokenId: string; readonly rule: string; readonly count: number }[]>;
}
