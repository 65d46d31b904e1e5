import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { LogQuery } from '@lockstep/engine/ports';
import { planOf, planOfQuery } from '../../contract/plan-of.ts';
import { plannedQueries } from '../../contract/planned-queries.ts';
import { type AuditQuery, listAudit } from '../audit/audit-store.ts';
import type { Database } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { openSqlite } from '../database/sqlite-database.ts';
import { queryLog } from '../job/log-operations.ts';
import { readFeed } from '../realm/append-feed.ts';
import { listRequests, pruneRequests } from '../tenant/request-operations.ts';

const seldom: readonly (readonly [string, Omit<LogQuery, 'limit'>])[] = [
  ['provisioning_log_trouble', { status: 'failure' }],
  ['provisioning_log_trouble', { status: 'warning' }],
  ['provisioning_log_trouble_job', { status: 'failure', jobId: 'job-1' }],
  ['provisioning_log_removal', { action: 'delete' }],
  ['provisioning_log_removal', { action: 'stagedDelete' }],
  ['provisioning_log_removal_job', { action: 'disable', jobId: 'job-1' }],
];

const audited: readonly (readonly [string, Omit<AuditQuery, 'limit'>])[] = [
  ['config_audit_actor', { actor: 'owner' }],
  ['config_audit_action', { action: 'PUT' }],
  ['config_audit_subject', { subject: 'app x', before: 900 }],
];

describe('query plans on SQLite', () => {
  let database: Database;
  before(async () => {
    database = openSqlite({ file: ':memory:' });
    await migrate(database);
  });
  after(() => database.close());

  for (const { what, query, sqlite } of plannedQueries) {
    it(`find ${what} by an index, and scan nothing`, async () =>
      assertIndexed(await planOfQuery(database, query), sqlite));
  }

  for (const [name, query] of seldom) {
    it(`find what is seldom in the log by ${name}`, async () => {
      const plan = await planOf(database, (watched) => watched.read(() => queryLog({ ...query, limit: 50 })));
      assertIndexed(plan, `${name} \\(`);
    });
  }

  for (const [name, query] of audited) {
    it(`find text in the audit log in ${name} alone, and entries by their number, newest first`, async () => {
      const plan = await planOf(database, (watched) => watched.read(() => listAudit({ ...query, limit: 50 })));
      assert.match(plan, new RegExp(`COVERING INDEX ${name}`), plan);
      assert.match(plan, /SEARCH config_audit USING PRIMARY KEY/, plan);
      assert.doesNotMatch(plan, /TEMP B-TREE FOR ORDER BY/, plan);
    });
  }

  it('read requests of one tenant by their key, newest first, and find old ones by time', async () => {
    const query = { tenantId: 't', isDeviating: true, search: 'users', before: 900, limit: 50 };
    const listed = await planOf(database, (watched) => watched.read(() => listRequests(query)));
    assertIndexed(listed, 'scim_request USING PRIMARY KEY');
    assert.doesNotMatch(listed, /TEMP B-TREE FOR ORDER BY/, listed);
    const pruned = await planOf(database, (watched) => watched.read(() => pruneRequests(1_000, 500)));
    assert.match(pruned, /COVERING INDEX scim_request_at/, pruned);
  });

  it('read a page of the feed by its key', async () => {
    const plan = await planOf(database, (watched) => watched.read(() => readFeed(1, 0, 100)));
    assertIndexed(plan, 'PRIMARY KEY');
  });
});

function assertIndexed(plan: string, index: string): void {
  assert.match(plan, new RegExp(index), plan);
  // Walking the elements of one resource's own list is no scan of a table.
  assert.doesNotMatch(plan, /SCAN (?!\(|CONSTANT|e VIRTUAL TABLE)/, plan);
  assert.doesNotMatch(plan, /TEMP B-TREE/, plan);
}
