import type { StoredClient, StoredToken } from '@lockstep/provider/ports';
import { type Operation, row, rows } from '../database/operation.ts';
import { CREDENTIAL_COLUMNS, type CredentialRow, insertCredential, toCredential } from './credential-row.ts';

export function* addClient(client: Omit<StoredClient, 'lastUsedMs'>): Operation<void> {
  yield* insertCredential('oauth_client', client);
}

export function* findClient(clientId: string): Operation<StoredClient | undefined> {
  const found = yield* row<CredentialRow>(`select ${CREDENTIAL_COLUMNS} from oauth_client where id = ?`, clientId);
  return found === undefined ? undefined : toCredential(found);
}

export function* listClients(tenantId: string): Operation<readonly StoredClient[]> {
  const found = yield* rows<CredentialRow>(
    `select ${CREDENTIAL_COLUMNS} from oauth_client where tenant_id = ? order by created_ms, id`,
    tenantId,
  );
  return found.map(toCredential);
}

export function* removeClient(tenantId: string, clientId: string): Operation<boolean> {
  const gone = yield* row('delete from oauth_client where tenant_id = ? and id = ? returning id', tenantId, clientId);
  return gone !== undefined;
}

/** See `ClientStore.addAccessToken`. The client's row is written first, so that its removal cannot slip in between. */
export function* addAccessToken(
  token: Omit<StoredToken, 'revokedMs' | 'lastUsedMs'> & { readonly clientId: string },
): Operation<boolean> {
  const client = yield* row(
    'update oauth_client set last_used_ms = ? where id = ? and tenant_id = ? returning id',
    token.createdMs,
    token.clientId,
    token.tenantId,
  );
  if (client === undefined) return false;
  yield* rows('delete from token where client_id = ? and expires_ms <= ?', token.clientId, token.createdMs);
  yield* insertCredential('token', token);
  return true;
}
