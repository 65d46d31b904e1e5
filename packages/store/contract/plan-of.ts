import assert from 'node:assert/strict';
import type { ResourceQuery } from '@lockstep/provider/ports';
import type { Database } from '../src/database/database.ts';
import { type Operation, rows, type SqlStatement } from '../src/database/operation.ts';
import { queryResources } from '../src/realm/query-resources.ts';

/** How the database goes about the first statement that a query runs in realm 1. */
export function planOfQuery(database: Database, query: ResourceQuery): Promise<string> {
  return planOf(database, (watched) => queryResources(watched, 1, query));
}

/** How the database goes about the first statement that some work runs. */
export async function planOf(database: Database, work: (watched: Database) => Promise<unknown>): Promise<string> {
  const seen: SqlStatement[] = [];
  const read = <T>(operation: () => Operation<T>): Promise<T> =>
    database.read(function* () {
      const running = operation();
      let step = running.next();
      while (step.done !== true) {
        seen.push(step.value);
        step = running.next(yield step.value);
      }
      return step.value;
    });
  await work({ ...database, read });
  const [first] = seen;
  assert.ok(first !== undefined);
  const word = database.flavour === 'sqlite' ? 'explain query plan' : 'explain';
  const plan = await database.read(() => rows<Record<string, string>>(`${word} ${first.sql}`, ...first.parameters));
  return plan.map((line) => line['detail'] ?? line['QUERY PLAN'] ?? '').join('\n');
}

/** The queries that clients send all day, each with what has to find their rows on SQLite and on PostgreSQL. */
export interface PlannedQuery {
  readonly what: string;
  readonly query: ResourceQuery;
  readonly sqlite: string;
  readonly postgres: string;
}
