import type { Database } from '../database/database.ts';
import { type Operation, rows, type SqlValue } from '../database/operation.ts';

/** What ends by itself: the token of an app, a key of the admin API, an OAuth client, the secret or certificate of a sign-in connection, a token. */
export type ExpirySource = 'apiKey' | 'app' | 'client' | 'connection' | 'token';

/** Something that opens a door until a time. */
export interface Expiry {
  readonly source: ExpirySource;
  /** For a connection the id of its tenant, for the token of an app the id of that. */
  readonly id: string;
  readonly expiresMs: number;
  readonly label: string;
  /** The tenant it belongs to; null for apps, for keys of the admin API and for the console's own connection. */
  readonly tenantId: string | null;
  readonly tenantTitle: string | null;
}

/** A place in the list, behind which a page begins. */
export type ExpiryPlace = Pick<Expiry, 'expiresMs' | 'source' | 'id'>;

export interface ExpiryQuery {
  /** What ended before this is left out. */
  readonly fromMs: number;
  readonly after?: ExpiryPlace;
  readonly limit: number;
}

/** What ends, wherever it is kept. */
export interface ExpiryStore {
  /** Soonest first; what was revoked, removed or switched off is not there. */
  page(query: ExpiryQuery): Promise<readonly Expiry[]>;
}

interface Source {
  readonly source: ExpirySource;
  /** Columns `id`, `label`, `tenantId`, `tenantTitle`, and the tables. */
  readonly select: string;
  readonly id: string;
  readonly expires: string;
  readonly where: string;
}

/** In order of name, which is their order at the same moment. */
const sources: readonly Source[] = [
  {
    source: 'apiKey',
    select: `select k.id, k.label, k.expires_ms as "expiresMs", null as "tenantId", null as "tenantTitle" from api_key k`,
    id: 'k.id',
    expires: 'k.expires_ms',
    where: 'k.revoked_ms is null',
  },
  {
    source: 'app',
    select: `select a.id, a.name as label, a.secret_expires_ms as "expiresMs", null as "tenantId", null as "tenantTitle"
      from app a`,
    id: 'a.id',
    expires: 'a.secret_expires_ms',
    where: 'a.sealed_secret is not null',
  },
  {
    source: 'client',
    select: `select c.id, c.label, c.expires_ms as "expiresMs", c.tenant_id as "tenantId", t.title as "tenantTitle"
      from oauth_client c join tenant t on t.id = c.tenant_id`,
    id: 'c.id',
    expires: 'c.expires_ms',
    where: '1 = 1',
  },
  {
    source: 'connection',
    select: `select s.tenant_id as id, s.protocol as label, s.secret_expires_ms as "expiresMs", t.id as "tenantId",
      t.title as "tenantTitle" from sign_in_connection s left join tenant t on t.id = s.tenant_id`,
    id: 's.tenant_id',
    expires: 's.secret_expires_ms',
    where: `s.state <> 'off'`,
  },
  {
    source: 'token',
    select: `select o.id, o.label, o.expires_ms as "expiresMs", o.tenant_id as "tenantId", t.title as "tenantTitle"
      from token o join tenant t on t.id = o.tenant_id`,
    id: 'o.id',
    expires: 'o.expires_ms',
    // Tokens that a client was given for an hour are not anybody's to renew.
    where: 'o.revoked_ms is null and o.client_id is null',
  },
];

/** The store over a database: each source gives its own page by its index, and the soonest of all of them are kept. */
export function createExpiryStore({ read }: Database): ExpiryStore {
  return {
    page: (query) =>
      read(function* () {
        const found: Expiry[] = [];
        for (const source of sources) found.push(...(yield* pageOf(source, query)));
        return found.toSorted(inOrder).slice(0, query.limit);
      }),
  };
}

function* pageOf(source: Source, { fromMs, after, limit }: ExpiryQuery): Operation<readonly Expiry[]> {
  const { select, id, expires, where } = source;
  const place = after === undefined ? undefined : behind(source, after);
  const sql = `${select} where ${where} and ${expires} >= ?${place === undefined ? '' : ` and ${place.sql}`}
    order by ${expires}, ${id} limit ?`;
  const found = yield* rows<Omit<Expiry, 'source'>>(sql, fromMs, ...(place?.values ?? []), limit);
  return found.map((one) => ({ source: source.source, ...one }));
}

function behind(
  { source, id, expires }: Source,
  after: ExpiryPlace,
): { readonly sql: string; readonly values: readonly SqlValue[] } {
  if (source < after.source) return { sql: `${expires} > ?`, values: [after.expiresMs] };
  if (source > after.source) return { sql: `${expires} >= ?`, values: [after.expiresMs] };
  return { sql: `(${expires}, ${id}) > (?, ?)`, values: [after.expiresMs, after.id] };
}

function inOrder(a: Expiry, b: Expiry): number {
  if (a.expiresMs !== b.expiresMs) return a.expiresMs - b.expiresMs;
  // Within one source the database has put them in order of id, which sorting keeps.
  return a.source < b.source ? -1 : a.source > b.source ? 1 : 0;
}
