// The whole product on PostgreSQL: people go from the directory into an app, and a second process finds them there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonArray } from '@lockstep/scim';
import { startServer } from '../packages/lockstep/src/server/start-server.ts';
import { askAdmin, testSettings } from '../packages/lockstep/test/admin-client.ts';
import { tempFolder } from '../packages/lockstep/test/temp-folder.ts';
import { startPostgres } from '../packages/store/contract/start-postgres.ts';

test('people are provisioned on PostgreSQL, and a restart has nothing to do', async (t) => {
  const postgres = await startPostgres();
  t.after(() => postgres.stop());
  const database = await postgres.freshDatabase();
  const folder = tempFolder(t);
  const failures: string[] = [];
  const report = (message: string, error?: unknown): void => {
    failures.push(`${message} ${String(error)}`);
  };
  const first = await startServer(testSettings(folder, { database }), { report, startsSchedule: false });
  const ask = askAdmin(first.url, folder);
  const { body: tenant } = await ask('POST', '/providers', { profile: 'generic', title: 'Target' });
  for (const name of ['eva', 'olaf', 'mia']) {
    await ask('POST', '/directory/users', {
      userPrincipalName: `${name}@example.com`,
      displayName: name,
      mailNickname: name,
    });
  }
  await ask('PUT', '/apps', {
    name: 'App',
    template: 'generic',
    tenantUrl: tenant['scimUrl'],
    secretToken: tenant['token'],
    scope: 'all',
  });
  const synced = await ask('POST', '/apps/App/sync', { wait: true });
  assert.equal(synced.status, 200, JSON.stringify(synced.body));
  const listed = await fetch(`${String(tenant['scimUrl'])}/Users?sortBy=userName`, {
    headers: { authorization: `Bearer ${String(tenant['token'])}` },
  });
  const found: unknown = await listed.json();
  const resources = typeof found === 'object' && found !== null && 'Resources' in found ? found.Resources : [];
  assert.equal(isJsonArray(resources) ? resources.length : 0, 3);
  await first.stop();

  const second = await startServer(testSettings(folder, { database }), { report, startsSchedule: false });
  t.after(() => second.stop());
  const again = await askAdmin(second.url, folder)('POST', '/apps/App/sync', { wait: true });
  assert.match(JSON.stringify(again.body), /"created":0/);
  assert.deepEqual(failures, []);
});
