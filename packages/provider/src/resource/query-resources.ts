import {
  parseFilter,
  type Query,
  type ResolvedFilter,
  readQuery,
  readSearchRequest,
  resolveFilter,
} from '@lockstep/scim';
import type { ResourcePage } from '../ports/realm-store.ts';
import { type Call, readJson, requireScope } from '../request/call.ts';
import type { ScimResponse } from '../request/exchange.ts';
import type { TypeShape } from '../tenant/tenant-shape.ts';
import { checkFilterable } from './check-filterable.ts';
import { listAnswer } from './list-answer.ts';
import {
  LIST_START,
  type ListPosition,
  type PositionPlace,
  placeOf,
  readCursor,
  writeCursor,
  wrongCursor,
} from './list-cursor.ts';
import { type Shown, show } from './resource-parts.ts';
import { selectionOf } from './selection.ts';
import { isServed } from './visible-text.ts';

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
  const { cursor } = query;
  if (cursor === undefined) {
    const place = { startIndex: query.startIndex, count: query.count };
    const page = await readPage(call, shape, { query, place });
    return listAnswer(call, { totalResults: page.total, startIndex: query.startIndex }, page.resources);
  }
  const from = cursor === '' ? LIST_START : placeOf(readCursor(cursor, query, shape.type.name));
  if (from === undefined) throw wrongCursor();
  const page = await readPage(call, shape, { query, place: { ...from, count: query.count } });
  const next = page.next === undefined ? {} : { nextCursor: writeCursor(page.next, query, shape.type.name) };
  return listAnswer(call, { totalResults: page.total, ...next }, page.resources);
}

/** Which part of the results of one type is wanted. */
export interface PagePlace extends PositionPlace {
  readonly count: number;
}

/** A part of the results of one type, rendered. */
export interface RenderedPage {
  readonly total: number;
  readonly resources: readonly Shown[];
  /** Where the next page begins; absent on the last. */
  readonly next: ListPosition | undefined;
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
  const resources = page.resources.map((stored) => show(stored, { base: call.base, shape, projection }));
  return { total: page.total, resources, next: nextPosition(page, query, place) };
}

/** Rows keep their order, so an unsorted list goes on behind one; a sorted one behind the number of results shown. */
function nextPosition(page: ResourcePage, query: Query, { startIndex }: PagePlace): ListPosition | undefined {
  if (page.next !== undefined) return `p${page.next}`;
  const shown = startIndex - 1 + page.resources.length;
  const isBroken = query.sortBy !== undefined && page.resources.length > 0 && shown < page.total;
  return isBroken ? `s${shown}` : undefined;
}

/** Parses a filter and ties it to the type. @throws {ScimError} `invalidFilter` */
function readFilter(call: Call, shape: TypeShape, text: string): ResolvedFilter {
  const acceptance = { accepts: call.accepts, note: call.note };
  const filter = parseFilter(text, { type: shape.fullType, lengthMax: call.limits.filterLengthMax, ...acceptance });
  const resolved = resolveFilter(filter, shape.fullType, acceptance);
  checkFilterable(resolved, shape, call.shape.profile);
  return withoutUnserved(resolved, shape);
}

/** Nothing has a schema that is not served, even if it is stored with one that was declared once. */
function withoutUnserved(filter: ResolvedFilter, shape: TypeShape): ResolvedFilter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { kind: filter.kind, filters: filter.filters.map((part) => withoutUnserved(part, shape)) };
    case 'not':
      return { kind: 'not', filter: withoutUnserved(filter.filter, shape) };
    case 'compare': {
      const { name } = filter.found.attribute;
      const isOfSchemas = name === 'schemas' && !filter.found.isExtension && filter.operator === 'eq';
      return isOfSchemas && !isServed(filter.value, shape) ? { kind: 'unknown', path: { name } } : filter;
    }
    default:
      return filter;
  }
}
