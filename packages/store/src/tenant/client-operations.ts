import type { StoredClient, StoredToken, TokenScope } from '@lockstep/provider/ports';
import { type Operation, row, rows } from '../database/operation.ts';

interface ClientRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly hash: string;
  readonly label: string;
  readonly scopes: string;
  readonly created_ms: number;
  readonly expires_ms: number | null;
  readonly last_used_ms: number | null;
}

const COLUMNS = 'id, tenant_id, hash, label, scopes, created_ms, expires_ms, last_used_ms';

export function* addClient(client: Omit<StoredClient, 'lastUsedMs'>): Operation<void> {
  yield* rows(
    'insert into oauth_client (id, tenant_id, hash, label, scopes, created_ms, expires_ms) values (?, ?, ?, ?, ?, ?, ?)',
    client.id,
    client.tenantId,
    client.hash,
    client.label,
    client.scopes.join(' '),
    client.createdMs,
    client.expiresMs,
  );
}

export function* findClient(clientId: string): Operation<StoredClient | undefined> {
  const found = yield* row<ClientRow>(`select ${COLUMNS} from oauth_client where id = ?`, clientId);
  return found === undefined ? undefined : toClient(found);
}

export function* listClients(tenantId: string): Operation<readonly StoredClient[]> {
  const found = yield* rows<ClientRow>(
    `select ${COLUMNS} from oauth_client where tenant_id = ? order by created_ms, id`,
    tenantId,
  );
  return found.map(toClient);
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
  yield* rows(
    `insert into token (id, tenant_id, hash, label, scopes, created_ms, expires_ms, client_id)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
    token.id,
    token.tenantId,
    token.hash,
    token.label,
    token.scopes.join(' '),
    token.createdMs,
    token.expiresMs,
    token.clientId,
  );
  return true;
}

/** Scopes as they are kept, with blanks between. */
export function readScopes(text: string): readonly TokenScope[] {
  return text.split(' ').filter(isScope);
}

function isScope(text: string): text is TokenScope {
  return text === 'read' || text === 'create' || text === 'update' || text === 'delete';
}

function toClient(found: ClientRow): StoredClient {
  return {
    id: found.id,
    tenantId: found.tenant_id,
    hash: found.hash,
    label: found.label,
    scopes: readScopes(found.scopes),
    createdMs: found.created_ms,
    expiresMs: found.expires_ms,
    lastUsedMs: found.last_used_ms,
  };
}
