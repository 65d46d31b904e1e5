import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Include, Member, RealmKey, ResourcePage, ResourceQuery, StoredResource } from '@lockstep/provider/ports';
import { compileMatcher, isJsonObject, type JsonObject, type ResolvedFilter } from '@lockstep/scim';
import type { Database } from '../database/database.ts';
import { type Operation, row, rows } from '../database/operation.ts';
import { needsRelations } from '../filter/needs-relations.ts';
import { type PushedDown, pushDown } from '../filter/push-down.ts';
import { type SortOrder, sortOrder } from '../filter/sort-order.ts';
import { allOf, type SqlCondition } from '../filter/sql-condition.ts';
import type { PageAnchors } from './page-anchors.ts';
import { COLUMNS, groupsOf, MEMBERS_READ_MAX, membersOf, type ResourceRow, toStored } from './resource-row.ts';
import { type ScanSelection, scanResources } from './scan-resources.ts';

/** Rows that are matched one by one between two chances for other work to run. */
const MATCH_PAGE = 500;

/** Runs a query; what the database cannot decide is matched in bounded pages, never over a whole realm at once. */
export async function queryResources(
  database: Database,
  realm: RealmKey,
  query: ResourceQuery,
  anchors?: PageAnchors,
): Promise<ResourcePage> {
  const scope = {
    realm,
    type: query.type.name,
    flavour: database.flavour,
    uniqueName: query.indexed.uniqueName,
    indexedValues: query.indexed.values,
  };
  const pushed: PushedDown =
    query.filter === undefined
      ? { condition: undefined, isExact: true, isIndexed: true }
      : pushDown(query.filter, scope);
  const where = allOf([living(scope), ...(pushed.condition === undefined ? [] : [pushed.condition])]);
  const order = sortOrder(query, database.flavour);
  const { filter } = query;
  if (filter !== undefined && !pushed.isExact) return matchedPage(database, { ...query, filter }, { where, order });
  const isScan = database.flavour === 'sqlite' && !pushed.isIndexed && query.sort === undefined;
  if (isScan) return scannedPage(database, query, { living: living(scope), where });
  const isWhole = filter === undefined && query.sort === undefined && query.after === undefined;
  if (isWhole && anchors !== undefined) return database.read(() => anchoredPage(realm, query, { where, anchors }));
  const isWalk =
    database.flavour === 'postgres' && query.sort === undefined && (filter === undefined || !pushed.isIndexed);
  const page = isWalk ? { where: walk(scope, query, pushed.condition), order: WALK_ORDER } : undefined;
  return database.read(() => exactPage(realm, query, { where, order, page, isFiltered: filter !== undefined }));
}

/** What only the index of living resources can serve; by `r.seq` alone PostgreSQL may walk through all realms. */
const WALK_ORDER: SortOrder = { sql: 'r.realm, r.type, r.seq', parameters: [] };

/**
 * As `living`, in a form from which PostgreSQL cannot tell that realm and type are one, which would make the order `r.seq`.
 * With `>` it would take the range for nearly empty and sort it.
 */
function walk(
  { realm, type }: { readonly realm: RealmKey; readonly type: string },
  query: ResourceQuery,
  condition: SqlCondition | undefined,
): SqlCondition {
  const range: SqlCondition = {
    sql: '((r.realm, r.type, r.seq) >= (?, ?, ?) and (r.realm, r.type) <= (?, ?) and r.deleted_ms is null and r.is_protected = 0)',
    parameters: [realm, type, Number(query.after ?? 0) + 1, realm, type],
  };
  return allOf([range, ...(condition === undefined ? [] : [condition])]);
}

function living(scope: { readonly realm: RealmKey; readonly type: string }): SqlCondition {
  return {
    sql: '(r.realm = ? and r.type = ? and r.deleted_ms is null and r.is_protected = 0)',
    parameters: [scope.realm, scope.type],
  };
}

interface Selection {
  readonly where: SqlCondition;
  readonly order: SortOrder;
}

function* exactPage(
  realm: RealmKey,
  query: ResourceQuery,
  selection: Selection & { readonly isFiltered: boolean; readonly page: Selection | undefined },
): Operation<ResourcePage> {
  const { where, order } = selection.page ?? selection;
  const after = cursorCondition(query);
  const offset = query.after === undefined ? query.startIndex - 1 : 0;
  const found =
    query.count === 0
      ? []
      : yield* rows<ResourceRow>(
          `select ${COLUMNS} from resource r where ${where.sql}${after.sql} order by ${order.sql} limit ? offset ?`,
          ...where.parameters,
          ...after.parameters,
          ...order.parameters,
          query.count + 1,
          offset,
        );
  const page = found.slice(0, query.count);
  const hasMore = found.length > page.length;
  const isEverything = offset === 0 && query.after === undefined && query.count > 0 && !hasMore;
  const total = isEverything ? page.length : yield* countAll(realm, query, selection);
  return { total, resources: yield* withRelations(page, query.include), ...nextOf(query, page, hasMore) };
}

/** A page of the whole list, read from the nearest place that is known rather than from the front. */
function* anchoredPage(
  realm: RealmKey,
  query: ResourceQuery,
  selection: { readonly where: SqlCondition; readonly anchors: PageAnchors },
): Operation<ResourcePage> {
  const { where, anchors } = selection;
  const total = yield* countLiving(realm, query.type.name);
  const offset = query.startIndex - 1;
  if (query.count === 0 || offset >= total) return { total, resources: [] };
  const { afterSeq, skip } = anchors.nearest(realm, query.type.name, offset);
  const page = yield* rows<ResourceRow>(
    `select ${COLUMNS} from resource r where ${where.sql} and r.seq > ? order by r.seq limit ? offset ?`,
    ...where.parameters,
    afterSeq,
    query.count,
    skip,
  );
  const last = page.at(-1);
  if (last !== undefined) anchors.note(realm, query.type.name, { offset: offset + page.length, seq: last.seq });
  const resources = yield* withRelations(page, query.include);
  return { total, resources, ...nextOf(query, page, offset + page.length < total) };
}

async function scannedPage(database: Database, query: ResourceQuery, selection: ScanSelection): Promise<ResourcePage> {
  const { total, found, hasMore } = await scanResources(database, query, selection);
  const resources = await database.read(() => withRelations(found, query.include));
  return { total, resources, ...nextOf(query, found, hasMore) };
}

/** Where the next page begins: row numbers are the order of an unsorted list, and stay. */
function nextOf(query: ResourceQuery, page: readonly ResourceRow[], hasMore: boolean): { readonly next?: string } {
  const last = page.at(-1);
  return hasMore && last !== undefined && query.sort === undefined ? { next: String(last.seq) } : {};
}

function cursorCondition(query: ResourceQuery): SqlCondition {
  if (query.after === undefined) return { sql: '', parameters: [] };
  return { sql: ' and r.seq > ?', parameters: [Number(query.after)] };
}

function* countAll(
  realm: RealmKey,
  query: ResourceQuery,
  selection: { readonly where: SqlCondition; readonly isFiltered: boolean },
): Operation<number> {
  if (!selection.isFiltered) return yield* countLiving(realm, query.type.name);
  const { sql, parameters } = selection.where;
  const counted = yield* row<{ readonly n: number }>(
    `select count(*) as n from resource r where ${sql}`,
    ...parameters,
  );
  return counted?.n ?? 0;
}

export function* countLiving(realm: RealmKey, type: string): Operation<number> {
  const found = yield* row<{ readonly living: number }>(
    'select living from realm_count where realm = ? and type = ?',
    realm,
    type,
  );
  return found?.living ?? 0;
}

/** Walks the candidates in order, keeping only the page asked for and the number of matches. */
async function matchedPage(
  database: Database,
  query: ResourceQuery & { readonly filter: ResolvedFilter },
  selection: Selection,
): Promise<ResourcePage> {
  const matches = compileMatcher(query.filter);
  const walk = { relations: needsRelations(query.filter), isSorted: query.sort !== undefined };
  const isBehind = pageStart(query);
  const kept: ResourceRow[] = [];
  let total = 0;
  let behind = 0;
  for await (const page of candidatePages(database, selection, walk)) {
    for (const { found } of page.filter((candidate) => matches(candidate.resource))) {
      total += 1;
      if (!isBehind(found, total)) continue;
      behind += 1;
      if (kept.length < query.count) kept.push(found);
    }
  }
  const resources = await database.read(() => withRelations(kept, query.include));
  return { total, resources, ...nextOf(query, kept, behind > kept.length) };
}

/** Whether a match, by its row and its number among the matches, is on the page asked for or behind it. */
function pageStart(query: ResourceQuery): (found: ResourceRow, number: number) => boolean {
  if (query.after === undefined) return (_, number) => number >= query.startIndex;
  const after = Number(query.after);
  return (found) => found.seq > after;
}

/** All candidates in order, page by page; an unsorted walk goes by row number, so its cost does not grow page by page. */
async function* candidatePages(
  database: Database,
  selection: Selection,
  walk: { readonly relations: Include; readonly isSorted: boolean },
): AsyncGenerator<readonly Candidate[]> {
  let offset = 0;
  let afterSeq = 0;
  for (;;) {
    const place = { offset, afterSeq };
    const page = await database.read(() => candidates(selection, place, walk.relations));
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < MATCH_PAGE) return;
    if (walk.isSorted) offset += MATCH_PAGE;
    else afterSeq = last.found.seq;
    // SQLite answers without giving way: a long walk must not keep every other request waiting.
    await nextTurn();
  }
}

interface Candidate {
  readonly found: ResourceRow;
  /** The resource as a matcher sees it. */
  readonly resource: JsonObject;
}

function* candidates(
  selection: Selection,
  place: { readonly offset: number; readonly afterSeq: number },
  relations: Include,
): Operation<readonly Candidate[]> {
  const { where, order } = selection;
  const found = yield* rows<ResourceRow>(
    `select ${COLUMNS} from resource r where ${where.sql} and r.seq > ? order by ${order.sql} limit ? offset ?`,
    ...where.parameters,
    place.afterSeq,
    ...order.parameters,
    MATCH_PAGE,
    place.offset,
  );
  const stored = yield* withRelations(found, relations, Number.MAX_SAFE_INTEGER - 1);
  return found.map((one, at) => ({ found: one, resource: matchable(one, stored[at]) }));
}

function matchable(found: ResourceRow, stored: StoredResource | undefined): JsonObject {
  const attributes: unknown = JSON.parse(found.text);
  const memberValue = (member: Member): JsonObject => ({
    value: member.id,
    type: member.type,
    display: member.display,
  });
  return {
    ...(isJsonObject(attributes) ? attributes : {}),
    meta: {
      resourceType: found.type,
      created: new Date(found.created_ms).toISOString(),
      lastModified: new Date(found.modified_ms).toISOString(),
      version: `W/"${found.version}"`,
    },
    ...(stored?.members === undefined ? {} : { members: stored.members.map(memberValue) }),
    ...(stored?.groups === undefined
      ? {}
      : { groups: stored.groups.map((group) => ({ value: group.id, display: group.display })) }),
  };
}

/** Brings members and groups along: one statement each for the whole page, whatever its size, and bounded in members. */
export function* withRelations(
  found: readonly ResourceRow[],
  include: Include,
  membersMax: number = MEMBERS_READ_MAX,
): Operation<readonly StoredResource[]> {
  if (found.length === 0 || (!include.members && !include.groups)) return found.map(toStored);
  const seqs = found.map((one) => one.seq);
  const read = include.members ? yield* membersOf(seqs, membersMax) : undefined;
  const groups = include.groups ? yield* groupsOf(seqs) : undefined;
  return found.map((one) => ({
    ...toStored(one),
    ...(read === undefined ? {} : { members: read.members.get(one.seq) ?? [] }),
    ...(read?.endsAt !== undefined && one.seq >= read.endsAt ? { hasMoreMembers: true } : {}),
    ...(groups === undefined ? {} : { groups: groups.get(one.seq) ?? [] }),
  }));
}
