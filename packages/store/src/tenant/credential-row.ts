import type { StoredClient, TokenScope } from '@lockstep/provider/ports';
import { type Operation, rows } from '../database/operation.ts';

/** What the rows of tokens and of clients have in common. */
export interface CredentialRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly hash: string;
  readonly label: string;
  readonly scopes: string;
  readonly created_ms: number;
  readonly expires_ms: number | null;
  readonly last_used_ms: number | null;
}

/** Columns of `CredentialRow`. */
export const CREDENTIAL_COLUMNS = 'id, tenant_id, hash, label, scopes, created_ms, expires_ms, last_used_ms';

/** What tokens and clients have in common. */
export type StoredCredential = StoredClient;

export function* insertCredential(
  table: 'token' | 'oauth_client',
  credential: Omit<StoredCredential, 'lastUsedMs'> & { readonly clientId?: string; readonly holder?: string },
): Operation<void> {
  const { clientId, holder } = credential;
  const extra: readonly (readonly [string, string])[] = [
    ...(clientId === undefined ? [] : [['client_id', clientId] as const]),
    ...(holder === undefined ? [] : [['holder', holder] as const]),
  ];
  const column = extra.map(([name]) => `, ${name}`).join('');
  const mark = extra.map(() => ', ?').join('');
  yield* rows(
    `insert into ${table} (id, tenant_id, hash, label, scopes, created_ms, expires_ms${column})
     values (?, ?, ?, ?, ?, ?, ?${mark})`,
    credential.id,
    credential.tenantId,
    credential.hash,
    credential.label,
    credential.scopes.join(' '),
    credential.createdMs,
    credential.expiresMs,
    ...extra.map(([, value]) => value),
  );
}

export function toCredential(found: CredentialRow): StoredCredential {
  return {
    id: found.id,
    tenantId: found.tenant_id,
    hash: found.hash,
    label: found.label,
    scopes: found.scopes.split(' ').filter(isScope),
    createdMs: found.created_ms,
    expiresMs: found.expires_ms,
    lastUsedMs: found.last_used_ms,
  };
}

function isScope(text: string): text is TokenScope {
  return text === 'read' || text === 'create' || text === 'update' || text === 'delete';
}
