import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ResourceQuery } from '@lockstep/provider/ports';
import { groupQuery, userQuery } from '../../contract/sample-realm.ts';
import type { Database } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { type Operation, rows, type SqlStatement } from '../database/operation.ts';
import { openSqlite } from '../database/sqlite-database.ts';
import { queryResources } from '../realm/query-resources.ts';

describe('query plans on SQLite', () => {
  let database: Database;
  before(async () => {
    database = openSqlite({ file: ':memory:' });
    await migrate(database);
  });
  after(() => database.close());

  const cases: readonly (readonly [string, ResourceQuery, string])[] = [
    ['a user name', userQuery('userName eq "eva"'), 'resource_unique_name'],
    ['a display name of a group', groupQuery('displayName eq "crew"'), 'resource_unique_name'],
    ['an id', userQuery('id eq "x"'), 'resource_id'],
    ['an externalId', userQuery('externalId eq "x"'), 'resource_external_id'],
    ['an e-mail address', userQuery('emails.value eq "x@x.org"'), 'PRIMARY KEY'],
    ['an e-mail address of a type', userQuery('emails[type eq "work" and value eq "x@x.org"]'), 'PRIMARY KEY'],
    ['a member', groupQuery('members.value eq "x"'), 'membership_member'],
    [
      'a group and its member, as reference checks ask',
      groupQuery('id eq "g" and members.value eq "x"'),
      'resource_id',
    ],
    ['nothing at all', userQuery(undefined, { count: 100 }), 'resource_living'],
  ];
  for (const [what, query, index] of cases) {
    it(`find ${what} by an index, and scan nothing`, async () => {
      const plan = await planOf(database, query);
      assert.match(plan, new RegExp(index), plan);
      assert.doesNotMatch(plan, /SCAN (?!\(|CONSTANT)/, plan);
      assert.doesNotMatch(plan, /TEMP B-TREE/, plan);
    });
  }
});

/** The plan of the first statement a query runs. */
async function planOf(database: Database, query: ResourceQuery): Promise<string> {
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
  await queryResources({ ...database, read }, 1, query);
  const [first] = seen;
  assert.ok(first !== undefined);
  const plan = await database.read(() =>
    rows<{ readonly detail: string }>(`explain query plan ${first.sql}`, ...first.parameters),
  );
  return plan.map((line) => line.detail).join('\n');
}
