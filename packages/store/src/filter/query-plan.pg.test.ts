import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { planOf, planOfQuery } from '../../contract/plan-of.ts';
import { plannedQueries } from '../../contract/planned-queries.ts';
import { groupQuery, userQuery } from '../../contract/sample-realm.ts';
import { freshDatabase } from '../../contract/test-postgres.ts';
import type { Database } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { rows } from '../database/operation.ts';
import { openPostgres } from '../database/postgres-database.ts';
import { readFeed } from '../realm/append-feed.ts';

/** A hundred realms, and enough that going through all of them is the dearer way. */
const FILLED: readonly string[] = [
  "insert into realm (kind, created_ms) select 'tenant', 0 from generate_series(1, 100)",
  `insert into resource (realm, type, id, version, created_ms, modified_ms, is_managed, is_active, unique_name, external_id, text)
   select n % 100 + 1, case when n % 7 = 0 then 'Group' else 'User' end, 'id' || n, 1, 0, 0, 1, 1, 'name' || n, 'x' || n, '{}'
   from generate_series(1, 20000) n`,
  `insert into resource_value (realm, type, path, value, seq, is_unique)
   select realm, 'User', 'emails.value', 'mail' || seq, seq, 0 from resource`,
  'insert into membership (group_seq, member_seq) select (seq % 500 + 1) * 10, seq from resource',
  `insert into feed (realm, entry, at_ms, kind, type, resource_id)
   select realm, seq, 0, 'created', 'User', id from resource`,
  'analyze',
];

describe('query plans on PostgreSQL', () => {
  let database: Database;
  before(async () => {
    database = openPostgres({ url: await freshDatabase() });
    await migrate(database);
    for (const sql of FILLED) await database.read(() => rows(sql));
  });
  after(() => database.close());

  for (const { what, query, postgres } of plannedQueries) {
    it(`find ${what} by an index, and scan nothing`, async () =>
      assertIndexed(await planOfQuery(database, query), postgres));
  }

  it('read a page of the feed by its key', async () => {
    assertIndexed(await planOf(database, (watched) => watched.read(() => readFeed(1, 19_000, 100))), 'feed_pkey');
  });
});

/** Two realms share a table: nearly all rows are one's, so that a walk by row number looks cheap for that one. */
const SHARED_BY_FEW: readonly string[] = [
  "insert into realm (kind, created_ms) select 'tenant', 0 from generate_series(1, 2)",
  `insert into resource (realm, type, id, version, created_ms, modified_ms, is_managed, is_active, unique_name, text)
   select case when n > 39000 then 2 else 1 end, case when n % 50 = 0 then 'Group' else 'User' end, 'id' || n, 1, 0, 0, 1, 1,
     'name' || n, '{"title":"x"}' from generate_series(1, 40000) n`,
  'analyze',
];

describe('query plans on PostgreSQL for few realms with many rows', () => {
  let database: Database;
  before(async () => {
    database = openPostgres({ url: await freshDatabase() });
    await migrate(database);
    for (const sql of SHARED_BY_FEW) await database.read(() => rows(sql));
  });
  after(() => database.close());

  for (const [what, query] of [
    ['a page of everybody', userQuery(undefined, { count: 100 })],
    ['a page behind a cursor', userQuery(undefined, { count: 100, after: '1900' })],
    ['a page far behind', userQuery(undefined, { count: 100, startIndex: 20_000 })],
    ['a page of groups', groupQuery(undefined, { count: 100 })],
    ['a page of a filter without an index', userQuery('title eq "x"', { count: 100 })],
  ] as const) {
    it(`find ${what} by the index of the living, in its order`, async () => {
      const plan = await planOfQuery(database, query);
      assertIndexed(plan, 'resource_living');
      assert.doesNotMatch(plan, /Sort/, plan);
    });
  }
});

function assertIndexed(plan: string, index: string): void {
  assert.match(plan, new RegExp(index), plan);
  assert.doesNotMatch(plan, /Seq Scan/, plan);
}
