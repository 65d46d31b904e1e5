import { marks, type Operation, row, rows, type SqlValue } from '../database/operation.ts';
import type { RequestBatch, RequestQuery, RequestStanding, StoredRequest } from './request-store.ts';

interface RequestRow {
  readonly number: number;
  readonly at_ms: number;
  readonly duration_ms: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly scim_type: string | null;
  readonly detail: string | null;
  readonly token_id: string | null;
  readonly token_label: string | null;
  readonly user_agent: string | null;
  readonly address: string;
  readonly deviations: string | null;
  readonly form: string | null;
}

const COLUMNS =
  'number, at_ms, duration_ms, method, path, status, scim_type, detail, token_id, token_label, user_agent, address, deviations, form';
const COLUMN_COUNT = COLUMNS.split(',').length;
/** Rows of one statement; what is left over goes one by one, so that there are two statements to keep prepared. */
const TOGETHER = 40;

/** The head's row stays locked until the commit, so the numbers of a tenant have no gap that is filled later. */
export function* appendRequests(tenantId: string, { exchanges, dropped, keep }: RequestBatch): Operation<void> {
  const head = yield* row<{ readonly number: number }>(
    `insert into request_head (tenant_id, number, dropped) select id, ?, ? from tenant where id = ?
     on conflict (tenant_id) do update set
       number = request_head.number + excluded.number, dropped = request_head.dropped + excluded.dropped
     returning number`,
    exchanges.length,
    dropped,
    tenantId,
  );
  if (head === undefined) return;
  const first = head.number - exchanges.length + 1;
  const values = exchanges.map((exchange, at) => rowValues(tenantId, first + at, exchange));
  const whole = values.length - (values.length % TOGETHER);
  for (let at = 0; at < whole; at += TOGETHER) yield* insertRows(values.slice(at, at + TOGETHER));
  for (const one of values.slice(whole)) yield* insertRows([one]);
  yield* rows('delete from scim_request where tenant_id = ? and number <= ?', tenantId, head.number - keep);
}

function* insertRows(list: readonly (readonly SqlValue[])[]): Operation<void> {
  const one = `(${marks(COLUMN_COUNT + 1)})`;
  const all = list.map(() => one).join(', ');
  yield* rows(`insert into scim_request (tenant_id, ${COLUMNS}) values ${all}`, ...list.flat());
}

function rowValues(tenantId: string, number: number, exchange: RequestBatch['exchanges'][number]): readonly SqlValue[] {
  return [
    tenantId,
    number,
    exchange.atMs,
    exchange.durationMs,
    storable(exchange.method),
    storable(exchange.path),
    exchange.status,
    exchange.scimType,
    storable(exchange.detail),
    exchange.tokenId,
    exchange.tokenLabel,
    storable(exchange.userAgent),
    exchange.address,
    exchange.deviations.length === 0 ? null : ` ${exchange.deviations.join(' ')} `,
    storable(exchange.form),
  ];
}

/** PostgreSQL keeps no U+0000 in text, and half of a pair is no character. */
function storable<T extends string | null>(text: T): T | string {
  return text === null ? text : text.toWellFormed().replaceAll('\0', '\ufffd');
}

/** Requests that fit every given condition, newest first. */
export function* listRequests(query: RequestQuery): Operation<readonly StoredRequest[]> {
  const conditions = ['tenant_id = ?'];
  const parameters: SqlValue[] = [query.tenantId];
  const add = (condition: string, ...values: readonly (SqlValue | undefined)[]): void => {
    const given = values.filter((value) => value !== undefined);
    if (given.length < values.length) return;
    conditions.push(condition);
    parameters.push(...given);
  };
  const { statusClass, search, deviation } = query;
  add('number < ?', query.before);
  add('at_ms >= ?', query.fromMs);
  add('at_ms < ?', query.toMs);
  const floor = statusClass === undefined ? undefined : statusClass * 100;
  add('status >= ? and status < ?', floor, floor === undefined ? undefined : floor + 100);
  if (query.isDeviating === true) conditions.push('deviations is not null');
  add("deviations like ? escape '!'", deviation === undefined ? undefined : holding(` ${deviation} `));
  add(
    "lower(method || ' ' || path) like ? escape '!'",
    search === undefined ? undefined : holding(search.toLowerCase()),
  );
  const where = conditions.join(' and ');
  const sql = `select ${COLUMNS} from scim_request where ${where} order by number desc limit ?`;
  return (yield* rows<RequestRow>(sql, ...parameters, query.limit)).map(toRequest);
}

function holding(part: string): string {
  return `%${part.replace(/[!%_]/g, '!$&')}%`;
}

export function* findRequest(tenantId: string, number: number): Operation<StoredRequest | undefined> {
  const sql = `select ${COLUMNS} from scim_request where tenant_id = ? and number = ?`;
  const found = yield* row<RequestRow>(sql, tenantId, number);
  return found === undefined ? undefined : toRequest(found);
}

export function* requestStanding(tenantId: string): Operation<RequestStanding> {
  const found = yield* row<{ readonly dropped: number; readonly kept: number }>(
    `select dropped, (select count(*) from scim_request r where r.tenant_id = h.tenant_id) as kept
     from request_head h where tenant_id = ?`,
    tenantId,
  );
  return { kept: found?.kept ?? 0, dropped: found?.dropped ?? 0 };
}

export function* pruneRequests(beforeMs: number, limit: number): Operation<number> {
  const gone = yield* rows(
    `delete from scim_request where (tenant_id, number) in
       (select tenant_id, number from scim_request where at_ms < ? order by at_ms limit ?) returning number`,
    beforeMs,
    limit,
  );
  return gone.length;
}

function toRequest(found: RequestRow): StoredRequest {
  return {
    number: found.number,
    atMs: found.at_ms,
    durationMs: found.duration_ms,
    method: found.method,
    path: found.path,
    status: found.status,
    scimType: found.scim_type,
    detail: found.detail,
    tokenId: found.token_id,
    tokenLabel: found.token_label,
    userAgent: found.user_agent,
    address: found.address,
    deviations: found.deviations?.trim().split(' ') ?? [],
    form: found.form,
  };
}
