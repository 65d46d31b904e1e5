import type {
  RuleCount,
  StoredToken,
  Tenant,
  TenantChange,
  TenantSettings,
  TenantStore,
} from '@lockstep/provider/ports';
import { type Operation, row, rows } from '../database/operation.ts';
import { createRealm } from '../realm/create-realm.ts';
import { CREDENTIAL_COLUMNS, type CredentialRow, insertCredential, toCredential } from './credential-row.ts';

interface TenantRow {
  readonly id: string;
  readonly realm: number;
  readonly profile: string;
  readonly title: string;
  readonly dialect: 'lenient' | 'strict';
  readonly allowed_addresses: string;
  readonly settings: string;
  readonly created_ms: number;
}

interface TokenRow extends CredentialRow {
  readonly revoked_ms: number | null;
  readonly client_id: string | null;
  readonly holder: string | null;
}

const TENANT_COLUMNS = 'id, realm, profile, title, dialect, allowed_addresses, settings, created_ms';
const TOKEN_COLUMNS = `${CREDENTIAL_COLUMNS}, revoked_ms, client_id, holder`;

export function* createTenant(tenant: Omit<Tenant, 'realm'>): Operation<Tenant> {
  const realm = yield* createRealm('tenant', tenant.createdMs);
  yield* rows(
    `insert into tenant (id, realm, profile, title, dialect, allowed_addresses, settings, created_ms)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
    tenant.id,
    realm,
    tenant.profile,
    tenant.title,
    tenant.dialect,
    JSON.stringify(tenant.allowedAddresses),
    JSON.stringify(tenant.settings),
    tenant.createdMs,
  );
  return { ...tenant, realm };
}

export function* findTenant(id: string): Operation<Tenant | undefined> {
  const found = yield* row<TenantRow>(`select ${TENANT_COLUMNS} from tenant where id = ?`, id);
  return found === undefined ? undefined : toTenant(found);
}

export function* listTenants(page: Parameters<TenantStore['listTenants']>[0]): Operation<readonly Tenant[]> {
  const { after = '', limit, search } = page;
  const part = search === undefined ? undefined : `%${search.replace(/[!%_]/g, '!$&')}%`;
  // A database may fold no letters but those of ASCII, so the text is looked for as it was typed too.
  const found = yield* rows<TenantRow>(
    `select ${TENANT_COLUMNS} from tenant where realm > coalesce((select realm from tenant where id = ?), 0)
     ${part === undefined ? '' : "and (lower(title) like ? escape '!' or title like ? escape '!' or id = ?)"}
     order by realm limit ?`,
    after,
    ...(part === undefined ? [] : [part.toLowerCase(), part, search ?? '']),
    limit,
  );
  return found.map(toTenant);
}

export function* updateTenant(
  id: string,
  change: TenantChange | ((current: Tenant) => TenantChange),
): Operation<Tenant | undefined> {
  const found = yield* row<TenantRow>(`select ${TENANT_COLUMNS} from tenant where id = ? for update`, id);
  if (found === undefined) return undefined;
  const current = toTenant(found);
  const next: Tenant = { ...current, ...(typeof change === 'function' ? change(current) : change) };
  yield* rows(
    'update tenant set title = ?, dialect = ?, allowed_addresses = ?, settings = ? where id = ?',
    next.title,
    next.dialect,
    JSON.stringify(next.allowedAddresses),
    JSON.stringify(next.settings),
    id,
  );
  return next;
}

/** Deletes the tenant with its realm: tokens, resources, memberships, feed and sign-in go with it. */
export function* deleteTenant(id: string): Operation<boolean> {
  const gone = yield* row<{ readonly realm: number }>('delete from tenant where id = ? returning realm', id);
  if (gone === undefined) return false;
  for (const table of ['sign_in_connection', 'sign_in_pin', 'session']) {
    yield* rows(`delete from ${table} where tenant_id = ?`, id);
  }
  yield* rows('delete from resource_value where realm = ?', gone.realm);
  yield* rows('delete from realm where key = ?', gone.realm);
  return true;
}

export function* addToken(token: Omit<StoredToken, 'revokedMs' | 'lastUsedMs'>): Operation<void> {
  yield* insertCredential('token', token);
}

export function* findToken(tokenId: string): Operation<StoredToken | undefined> {
  const found = yield* row<TokenRow>(`select ${TOKEN_COLUMNS} from token where id = ?`, tokenId);
  return found === undefined ? undefined : toToken(found);
}

export function* listTokens(tenantId: string): Operation<readonly StoredToken[]> {
  const found = yield* rows<TokenRow>(
    `select ${TOKEN_COLUMNS} from token where tenant_id = ? and client_id is null order by created_ms, id`,
    tenantId,
  );
  return found.map(toToken);
}

export function* revokeToken(tenantId: string, tokenId: string, nowMs: number): Operation<boolean> {
  const found = yield* row(
    'update token set revoked_ms = coalesce(revoked_ms, ?) where tenant_id = ? and id = ? returning id',
    nowMs,
    tenantId,
    tokenId,
  );
  return found !== undefined;
}

export function* revokeTokensOf(tenantId: string, holder: string, nowMs: number): Operation<number> {
  const found = yield* rows(
    'update token set revoked_ms = ? where tenant_id = ? and holder = ? and revoked_ms is null returning id',
    nowMs,
    tenantId,
    holder,
  );
  return found.length;
}

export function* touchToken(tokenId: string, nowMs: number): Operation<void> {
  yield* rows('update token set last_used_ms = ? where id = ?', nowMs, tokenId);
}

const DAY_MS = 86_400_000;
const DEVIATION_DAYS = 31;

export function* countDeviations(tokenId: string, counts: ReadonlyMap<string, number>, nowMs: number): Operation<void> {
  const day = Math.floor(nowMs / DAY_MS);
  // In one order, so that two processes that count at once wait for each other and not both.
  for (const [rule, count] of [...counts].toSorted(([left], [right]) => (left < right ? -1 : 1))) {
    yield* rows(
      `insert into token_deviation (token_id, rule, count) select id, ?, ? from token where id = ?
       on conflict (token_id, rule) do update set count = token_deviation.count + excluded.count`,
      rule,
      count,
      tokenId,
    );
    yield* rows(
      `insert into tenant_deviation (tenant_id, day, rule, count) select tenant_id, ?, ?, ? from token where id = ?
       on conflict (tenant_id, day, rule) do update set count = tenant_deviation.count + excluded.count`,
      day,
      rule,
      count,
      tokenId,
    );
  }
  yield* rows(
    'delete from tenant_deviation where tenant_id in (select tenant_id from token where id = ?) and day <= ?',
    tokenId,
    day - DEVIATION_DAYS,
  );
}

export function* recentDeviations(tenantId: string, sinceMs: number): Operation<readonly RuleCount[]> {
  return yield* rows<RuleCount>(
    `select rule, cast(sum(count) as bigint) as count from tenant_deviation where tenant_id = ? and day >= ?
     group by rule order by 2 desc, rule`,
    tenantId,
    Math.floor(sinceMs / DAY_MS),
  );
}

export function* deviations(
  tenantId: string,
): Operation<readonly { readonly tokenId: string; readonly rule: string; readonly count: number }[]> {
  const found = yield* rows<{ readonly token_id: string; readonly rule: string; readonly count: number }>(
    `select d.token_id, d.rule, d.count from token_deviation d join token t on t.id = d.token_id
     where t.tenant_id = ? order by d.count desc, d.rule`,
    tenantId,
  );
  return found.map((one) => ({ tokenId: one.token_id, rule: one.rule, count: one.count }));
}

function toTenant(found: TenantRow): Tenant {
  return {
    id: found.id,
    realm: found.realm,
    profile: found.profile,
    title: found.title,
    dialect: found.dialect,
    allowedAddresses: readStrings(found.allowed_addresses),
    // Written from TenantSettings by the two functions above, and by nobody else.
    settings: JSON.parse(found.settings) as TenantSettings,
    createdMs: found.created_ms,
  };
}

function toToken(found: TokenRow): StoredToken {
  return {
    ...toCredential(found),
    revokedMs: found.revoked_ms,
    ...(found.client_id === null ? {} : { clientId: found.client_id }),
    ...(found.holder === null ? {} : { holder: found.holder }),
  };
}

function readStrings(text: string): readonly string[] {
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
