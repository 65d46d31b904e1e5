import { hash, randomBytes, randomUUID } from 'node:crypto';
import type { AppProfile } from '@lockstep/gallery';
import type { AppHooks } from '../embed/app-hooks.ts';
import type { RealmStore } from '../ports/realm-store.ts';
import type { Tenant, TenantStore } from '../ports/tenant-store.ts';
import { createProvider, type Provider, type ProviderOptions } from '../provider.ts';
import { type Connection, createFetchHandler } from '../scim-handler.ts';
import type { IssuedToken, NewTenant } from '../tenant/tenant-admin.ts';

export interface ScimHandlerOptions
  extends Pick<
    ProviderOptions,
    'limits' | 'trustedProxies' | 'onFailure' | 'onExchange' | 'onExchangeLeftOut' | 'requestLog'
  > {
  /** Where SCIM keeps what it is told: `openSqliteStore` or `openPostgresStore` of `@lockstep/store`. */
  readonly store: { readonly realms: RealmStore; readonly tenants: TenantStore };
  /** How the service looks: `profiles.generic` of `@lockstep/gallery`, or one of your own. */
  readonly profile: AppProfile;
  /** Where the service lives, with a slash at both ends. Default: the profile's, `/scim/v2/`. */
  readonly basePath?: string;
  /** Called inside each request that changes something, before it is stored. */
  readonly hooks?: AppHooks;
  /** Milliseconds since 1970: `Date.now`. */
  nowMs(): number;
}

/** A SCIM service to mount in a server; the adapters of this package take it. */
export interface ScimHandler extends Provider {
  /** With a slash at both ends. */
  readonly basePath: string;
  /** The service as a Fetch handler. */
  readonly fetch: (request: Request, connection?: Connection) => Promise<Response>;
  /** Finds the tenant of that id, or makes it; the token is there only when it was made now. */
  openTenant(
    tenant: Omit<NewTenant, 'profile'> & { readonly id: string },
  ): Promise<{ readonly tenant: Tenant; readonly token: IssuedToken | undefined }>;
}

/** Makes a SCIM service with the randomness and the SHA-256 of Node. */
export function createScimHandler(options: ScimHandlerOptions): ScimHandler {
  const { store, profile: given, basePath = given.basePath, ...rest } = options;
  if (!/^\/(.+\/)?$/.test(basePath)) throw new Error(`basePath ${basePath} has to begin and end with a slash`);
  const profile = { ...given, basePath };
  const provider = createProvider({
    ...rest,
    profiles: [profile],
    realms: store.realms,
    tenants: store.tenants,
    newId: randomUUID,
    randomBytes,
    hashText: (text) => hash('sha256', text),
  });
  return {
    ...provider,
    basePath,
    fetch: createFetchHandler(provider),
    openTenant: async (asked) => {
      const known = await store.tenants.findTenant(asked.id);
      if (known !== undefined) return { tenant: known, token: undefined };
      return provider.admin.create({ ...asked, profile: profile.id });
    },
  };
}
