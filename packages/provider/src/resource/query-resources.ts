import {
  listResponseText,
  parseFilter,
  type Query,
  type ResolvedFilter,
  readQuery,
  readSearchRequest,
  resolveFilter,
  ScimError,
} from '@lockstep/scim';
import { textAnswer } from '../request/answer.ts';
import { type Call, readJson, requireScope } from '../request/call.ts';
import type { ScimResponse } from '../request/exchange.ts';
import type { TypeShape } from '../tenant/tenant-shape.ts';
import { checkFilterable } from './check-filterable.ts';
import { renderResource } from './render-resource.ts';
import { selectionOf } from './selection.ts';

/** `GET /Users?filter=...` (RFC 7644 §3.4.2). */
export async function queryByUrl(call: Call, shape: TypeShape): Promise<ScimResponse> {
  requireScope(call, 'read');
  return answerQuery(call, shape, readQuery(call.query, pageLimits(call)));
}

/** `POST /Users/.search` (RFC 7644 §3.4.3). */
export async function queryByBody(call: Call, shape: TypeShape): Promise<ScimResponse> {
  requireScope(call, 'read');
  const options = { limits: pageLimits(call), accepts: call.accepts, note: call.note };
  return answerQuery(call, shape, readSearchRequest(await readJson(call), options));
}

/** How long pages are by default and at most. */
export function pageLimits(call: Call): { readonly countDefault: number; readonly countMax: number } {
  return { countDefault: call.limits.pageSizeDefault, countMax: call.limits.pageSizeMax };
}

async function answerQuery(call: Call, shape: TypeShape, query: Query): Promise<ScimResponse> {
  const isByCursor = query.cursor !== undefined;
  const after = isByCursor && query.cursor !== '' ? readCursor(query.cursor ?? '') : undefined;
  const place = { startIndex: isByCursor ? 1 : query.startIndex, count: query.count };
  const page = await readPage(call, shape, { query, place: after === undefined ? place : { ...place, after } });
  const nextCursor = isByCursor && page.next !== undefined ? { nextCursor: writeCursor(page.next) } : {};
  const position = isByCursor ? nextCursor : { startIndex: query.startIndex };
  return textAnswer(200, listResponseText({ totalResults: page.total, ...position }, page.texts));
}

/** Which part of the results of one type is wanted. */
export interface PagePlace {
  readonly startIndex: number;
  readonly count: number;
  readonly after?: string;
}

/** A part of the results of one type, rendered. */
export interface RenderedPage {
  readonly total: number;
  readonly texts: readonly string[];
  /** Position of the next page; absent on the last. */
  readonly next: string | undefined;
}

/** Reads and renders a page of one type. @throws {ScimError} `invalidFilter` */
export async function readPage(
  call: Call,
  shape: TypeShape,
  asked: { readonly query: Query; readonly place: PagePlace },
): Promise<RenderedPage> {
  const { query, place } = asked;
  const filter = query.filter === undefined ? undefined : readFilter(call, shape, query.filter);
  const { projection, include } = selectionOf(shape, query);
  const page = await call.realms.query(call.tenant.realm, {
    type: shape.type,
    indexed: shape.indexed,
    ...(filter === undefined ? {} : { filter }),
    ...place,
    ...(query.sortBy === undefined ? {} : { sort: { path: query.sortBy, order: query.sortOrder } }),
    include,
  });
  const texts = page.resources.map((stored) => renderResource(stored, { base: call.base, shape, projection }));
  return { total: page.total, texts, next: page.next };
}

/** Parses a filter and ties it to the type. @throws {ScimError} `invalidFilter` */
function readFilter(call: Call, shape: TypeShape, text: string): ResolvedFilter {
  const acceptance = { accepts: call.accepts, note: call.note };
  const filter = parseFilter(text, { type: shape.fullType, lengthMax: call.limits.filterLengthMax, ...acceptance });
  const resolved = resolveFilter(filter, shape.fullType, acceptance);
  checkFilterable(resolved, shape, call.shape.profile);
  return resolved;
}

/** Cursors are positions in the list, in unreserved letters (RFC 9865 §2); they give no rights and are checked like ids. */
function writeCursor(position: string): string {
  return `p${position}`;
}

function readCursor(cursor: string): string {
  if (/^p\d{1,15}$/.test(cursor)) return cursor.slice(1);
  throw new ScimError('invalidCursor', 'the cursor is none that was given out; start again with an empty one');
}
