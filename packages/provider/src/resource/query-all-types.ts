import { type Query, readQuery, readSearchRequest } from '@lockstep/scim';
import { type Call, readJson, requireScope } from '../request/call.ts';
import type { ScimResponse } from '../request/exchange.ts';
import { listAnswer } from './list-answer.ts';
import { LIST_START, type PositionPlace, placeOf, readCursor, writeCursor, wrongCursor } from './list-cursor.ts';
import { pageLimits, type RenderedPage, readPage } from './query-resources.ts';
import type { Shown } from './resource-parts.ts';

/** `GET /?filter=...` at the base address: a query over all resource types (RFC 7644 §3.4.2.1). */
export async function queryAllByUrl(call: Call): Promise<ScimResponse> {
  requireScope(call, 'read');
  return answerAll(call, readQuery(call.query, pageLimits(call)));
}

/** `POST /.search`: the same with the query in the body (RFC 7644 §3.4.3). */
export async function queryAllByBody(call: Call): Promise<ScimResponse> {
  requireScope(call, 'read');
  const options = { limits: pageLimits(call), accepts: call.accepts, note: call.note };
  return answerAll(call, readSearchRequest(await readJson(call), options));
}

/** Where to go on: a resource type by its place in the list, and a position in it. */
interface Place {
  readonly type: number;
  readonly from: PositionPlace;
}

/** What a cursor of a query over all types is marked with, where others have the name of their type. */
const ALL = '*';

/**
 * The results are those of one type behind those of the other, in the order of `/ResourceTypes`; a sort orders them
 * within their type. A filter on what a type does not have finds nothing there.
 */
async function answerAll(call: Call, query: Query): Promise<ScimResponse> {
  return query.cursor === undefined ? answerByIndex(call, query) : answerByCursor(call, query, query.cursor);
}

async function answerByIndex(call: Call, query: Query): Promise<ScimResponse> {
  const resources: Shown[] = [];
  let total = 0;
  for (const [index, shape] of call.shape.types.entries()) {
    const place = { startIndex: Math.max(1, query.startIndex - total), count: query.count - resources.length };
    const page = await readPage(callOf(call, index), shape, { query, place });
    resources.push(...page.resources);
    total += page.total;
  }
  return listAnswer(call, { totalResults: total, startIndex: query.startIndex }, resources);
}

async function answerByCursor(call: Call, query: Query, cursor: string): Promise<ScimResponse> {
  const { types } = call.shape;
  const start: Place = cursor === '' ? { type: 0, from: LIST_START } : readPlace(call, readCursor(cursor, query, ALL));
  const resources: Shown[] = [];
  let total = 0;
  let next: string | undefined;
  for (const [index, shape] of types.entries()) {
    const isRead = index >= start.type && next === undefined;
    const count = isRead ? query.count - resources.length : 0;
    const from = index === start.type ? start.from : LIST_START;
    const page = await readPage(callOf(call, index), shape, { query, place: { ...from, count } });
    if (count > 0) next = nextPlace(index, page, { count, typesCount: types.length });
    resources.push(...page.resources);
    total += page.total;
  }
  const nextCursor = next === undefined ? {} : { nextCursor: writeCursor(next, query, ALL) };
  return listAnswer(call, { totalResults: total, ...nextCursor }, resources);
}

/** What a client deviates in is counted with the first type, not once for each. */
function callOf(call: Call, index: number): Call {
  return index === 0 ? call : { ...call, note: () => undefined };
}

/** In this type behind what was shown, or at the beginning of the next one; nowhere behind the last. */
function nextPlace(
  type: number,
  page: RenderedPage,
  { count, typesCount }: { readonly count: number; readonly typesCount: number },
): string | undefined {
  if (page.next !== undefined) return `t${type}${page.next}`;
  return page.resources.length === count && type + 1 < typesCount ? `t${type + 1}` : undefined;
}

function readPlace(call: Call, position: string): Place {
  const read = /^t(\d{1,3})(.*)$/.exec(position);
  const type = Number(read?.[1]);
  const rest = read?.[2] ?? '';
  const from = rest === '' ? LIST_START : placeOf(rest);
  if (read === null || from === undefined || type >= call.shape.types.length) throw wrongCursor();
  return { type, from };
}
