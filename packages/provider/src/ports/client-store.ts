import type { StoredToken, TokenScope } from './tenant-store.ts';

/** A client that may ask for access tokens (RFC 6749 §4.4), as it is kept: the hash of its secret, never the secret. */
export interface StoredClient {
  readonly id: string;
  readonly tenantId: string;
  /** Lower-case hex SHA-256 of the secret. */
  readonly hash: string;
  readonly label: string;
  /** The most its access tokens may do. */
  readonly scopes: readonly TokenScope[];
  readonly createdMs: number;
  readonly expiresMs: number | null;
  /** When it last got an access token. */
  readonly lastUsedMs: number | null;
}

/** Clients of tenants and the access tokens they hold. */
export interface ClientStore {
  addClient(client: Omit<StoredClient, 'lastUsedMs'>): Promise<void>;
  /** By client id; the caller compares the hash. */
  findClient(clientId: string): Promise<StoredClient | undefined>;
  /** In the order they were made. */
  listClients(tenantId: string): Promise<readonly StoredClient[]>;
  /** Removes the client with all its access tokens. False when the tenant has no such client. */
  removeClient(tenantId: string, clientId: string): Promise<boolean>;
  /**
   * Keeps a new access token, drops those of the client that expired before, and remembers the client's use.
   * @returns false when the client was removed meanwhile; nothing is kept then
   */
  addAccessToken(
    token: Omit<StoredToken, 'revokedMs' | 'lastUsedMs'> & { readonly clientId: string },
  ): Promise<boolean>;
}
