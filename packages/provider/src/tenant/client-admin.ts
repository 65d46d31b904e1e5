import { ScimError } from '@lockstep/scim';
import type { StoredClient } from '../ports/client-store.ts';
import type { TenantStore, TokenScope } from '../ports/tenant-store.ts';
import type { Authenticator } from '../token/authenticate.ts';
import { newClient } from '../token/token-text.ts';

/** A client just made. `secret` is shown now and never again. */
export interface IssuedClient {
  readonly id: string;
  readonly secret: string;
}

export interface NewClientOptions {
  /** Default `client`. */
  readonly label?: string;
  /** The most its access tokens may do. Default: all four. */
  readonly scopes?: readonly TokenScope[];
  /** Default: never. */
  readonly expiresMs?: number | null;
}

/** What the operator does with the clients of a tenant. */
export interface ClientAdmin {
  /** @throws {ScimError} `notFound` for an unknown tenant, `invalidValue` for no scope at all */
  issueClient(tenantId: string, options: NewClientOptions): Promise<IssuedClient>;
  clients(tenantId: string): Promise<readonly StoredClient[]>;
  /** Its access tokens end with it, at once. False when the tenant has no such client. */
  removeClient(tenantId: string, clientId: string): Promise<boolean>;
}

export interface ClientAdminOptions {
  readonly tenants: TenantStore;
  readonly authenticator: Authenticator;
  nowMs(): number;
  randomBytes(count: number): Uint8Array;
  hashText(text: string): string;
}

const ALL_SCOPES: readonly TokenScope[] = ['read', 'create', 'update', 'delete'];

/** Makes the administration of clients over the store. */
export function createClientAdmin(options: ClientAdminOptions): ClientAdmin {
  const { tenants, authenticator } = options;
  return {
    issueClient: async (tenantId, asked) => {
      const scopes = asked.scopes ?? ALL_SCOPES;
      if (scopes.length === 0) throw new ScimError('invalidValue', 'scopes: name at least one');
      const tenant = await tenants.findTenant(tenantId);
      if (tenant === undefined) throw new ScimError('notFound', `there is no provider ${tenantId}`);
      const { id, secret } = newClient(options.randomBytes);
      await tenants.addClient({
        id,
        tenantId,
        hash: options.hashText(secret),
        label: asked.label ?? 'client',
        scopes,
        createdMs: options.nowMs(),
        expiresMs: asked.expiresMs ?? null,
      });
      return { id, secret };
    },
    clients: (tenantId) => tenants.listClients(tenantId),
    removeClient: async (tenantId, clientId) => {
      const isGone = await tenants.removeClient(tenantId, clientId);
      authenticator.forget();
      return isGone;
    },
  };
}
