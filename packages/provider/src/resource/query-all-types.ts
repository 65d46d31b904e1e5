import { listResponseText, type Query, readQuery, readSearchRequest, ScimError } from '@lockstep/scim';
import { textAnswer } from '../request/answer.ts';
import { type Call, readJson, requireScope } from '../request/call.ts';
import type { ScimResponse } from '../request/exchange.ts';
import { pageLimits, type RenderedPage, readPage } from './query-resources.ts';

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
  readonly after?: string;
}

/**
 * The results are those of one type behind those of the other, in the order of `/ResourceTypes`; a sort orders them
 * within their type. A filter on what a type does not have finds nothing there.
 */
async function answerAll(call: Call, query: Query): Promise<ScimResponse> {
  return query.cursor === undefined ? answerByIndex(call, query) : answerByCursor(call, query, query.cursor);
}

async function answerByIndex(call: Call, query: Query): Promise<ScimResponse> {
  const texts: string[] = [];
  let total = 0;
  for (const [index, shape] of call.shape.types.entries()) {
    const place = { startIndex: Math.max(1, query.startIndex - total), count: query.count - texts.length };
    const page = await readPage(callOf(call, index), shape, { query, place });
    texts.push(...page.texts);
    total += page.total;
  }
  return textAnswer(200, listResponseText({ totalResults: total, startIndex: query.startIndex }, texts));
}

async function answerByCursor(call: Call, query: Query, cursor: string): Promise<ScimResponse> {
  const { types } = call.shape;
  const from: Place = cursor === '' ? { type: 0 } : readCursor(call, cursor);
  const texts: string[] = [];
  let total = 0;
  let next: Place | undefined;
  for (const [index, shape] of types.entries()) {
    const isRead = index >= from.type && next === undefined;
    const count = isRead ? query.count - texts.length : 0;
    const after = index === from.type && from.after !== undefined ? { after: from.after } : {};
    const page = await readPage(callOf(call, index), shape, { query, place: { startIndex: 1, count, ...after } });
    if (count > 0) next = nextPlace(index, page, count);
    texts.push(...page.texts);
    total += page.total;
  }
  const hasNext = next !== undefined && next.type < types.length;
  const nextCursor = next !== undefined && hasNext ? { nextCursor: writeCursor(next) } : {};
  return textAnswer(200, listResponseText({ totalResults: total, ...nextCursor }, texts));
}

/** What a client deviates in is counted with the first type, not once for each. */
function callOf(call: Call, index: number): Call {
  return index === 0 ? call : { ...call, note: () => undefined };
}

function nextPlace(type: number, page: RenderedPage, count: number): Place | undefined {
  if (page.next !== undefined) return { type, after: page.next };
  return page.texts.length === count ? { type: type + 1 } : undefined;
}

function writeCursor({ type, after }: Place): string {
  return after === undefined ? `t${type}` : `t${type}p${after}`;
}

function readCursor(call: Call, cursor: string): Place {
  const read = /^t(\d{1,3})(?:p(\d{1,15}))?$/.exec(cursor);
  const type = Number(read?.[1]);
  if (read === null || type >= call.shape.types.length) {
    throw new ScimError('invalidCursor', 'the cursor is none that was given out; start again with an empty one');
  }
  return read[2] === undefined ? { type } : { type, after: read[2] };
}
