import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ResourceQuery } from '@lockstep/provider/ports';
import type { Database } from '../database/database.ts';
import { inList, type Operation, parts, row, rows } from '../database/operation.ts';
import { type SqlCondition, sql } from '../filter/sql-condition.ts';
import { COLUMNS, type ResourceRow } from './resource-row.ts';

/** Rows looked at between two chances for other work to run: a few milliseconds. */
const WINDOW = 2_000;

/** What a scan is over: the living resources, and those of them that match. */
export interface ScanSelection {
  readonly living: SqlCondition;
  readonly where: SqlCondition;
}

/** A page of a scan. */
export interface ScannedPage {
  readonly total: number;
  readonly found: readonly ResourceRow[];
  readonly hasMore: boolean;
}

/**
 * Runs an unsorted query that no index narrows on a database that answers without giving way: in windows of rows, with
 * other requests in between. Only row numbers are kept of what is not on the page.
 */
export async function scanResources(
  database: Database,
  query: ResourceQuery,
  selection: ScanSelection,
): Promise<ScannedPage> {
  const after = query.after === undefined ? 0 : Number(query.after);
  const skipped = query.after === undefined ? query.startIndex - 1 : 0;
  const page: number[] = [];
  let total = 0;
  let behind = 0;
  for (let last = 0; ; ) {
    const from = last;
    const window = await database.read(() => scanWindow(selection, from));
    total += window.matches.length;
    for (const seq of window.matches) {
      if (seq <= after) continue;
      behind += 1;
      if (behind > skipped && page.length < query.count) page.push(seq);
    }
    if (window.last === undefined) break;
    last = window.last;
    await nextTurn();
  }
  const found = await database.read(() => livingRows(page));
  return { total, found, hasMore: behind > skipped + page.length };
}

function* scanWindow(
  { living, where }: ScanSelection,
  from: number,
): Operation<{ readonly matches: readonly number[]; readonly last?: number }> {
  const bound = sql`select max(w.seq) as last, count(*) as size
    from (select r.seq from resource r where ${living} and r.seq > ${from} order by r.seq limit ${WINDOW}) w`;
  const found = yield* row<{ readonly last: number | null; readonly size: number }>(bound.sql, ...bound.parameters);
  const last = found?.last ?? null;
  if (last === null) return { matches: [] };
  const matching = sql`select r.seq from resource r where ${where} and r.seq > ${from} and r.seq <= ${last} order by r.seq`;
  const matched = yield* rows<{ readonly seq: number }>(matching.sql, ...matching.parameters);
  const matches = matched.map((one) => one.seq);
  return found?.size === WINDOW ? { matches, last } : { matches };
}

function* livingRows(seqs: readonly number[]): Operation<readonly ResourceRow[]> {
  const found: ResourceRow[] = [];
  for (const part of parts(seqs)) {
    const wanted = inList(part);
    const list = yield* rows<ResourceRow>(
      `select ${COLUMNS} from resource r where r.seq in (${wanted.marks}) and r.deleted_ms is null order by r.seq`,
      ...wanted.parameters,
    );
    found.push(...list);
  }
  return found;
}
