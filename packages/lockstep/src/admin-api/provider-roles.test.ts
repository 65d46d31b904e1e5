import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonArray, isJsonObject, type JsonObject } from '@lockstep/scim';
import { openServer } from '../../test/admin-client.ts';
import { tempFolder } from '../../test/temp-folder.ts';

function items(body: JsonObject): readonly JsonObject[] {
  const list = body['items'];
  return isJsonArray(list) ? list.filter(isJsonObject) : [];
}

test('roles are not overwritten unseen, and the preview finds accounts by name', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const { body: tenant } = await ask('POST', '/providers', { profile: 'zenvoices', title: 'Invoices' });
  const path = `/providers/${String(tenant['id'])}`;
  assert.equal((await ask('GET', path)).body['roleKind'], 'listed');
  const before = await ask('GET', `${path}/roles`);
  const table = { roles: [{ name: 'Clerk', isAdministrator: false }], rules: [{ value: 'Finance', roles: ['Clerk'] }] };
  const ifMatch = { 'if-match': before.etag ?? '' };
  const saved = await ask('PUT', `${path}/roles`, table, ifMatch);
  assert.deepEqual([saved.status, saved.body['rules']], [200, table.rules]);
  assert.notEqual(saved.etag, before.etag);
  const refused = await ask('PUT', `${path}/roles`, { roles: [], rules: [] }, ifMatch);
  assert.equal(refused.status, 412);
  assert.deepEqual((await ask('GET', `${path}/roles`)).body['rules'], table.rules);
  assert.equal((await ask('PUT', `${path}/roles`, table)).status, 200, 'without the header nothing is asked');

  for (const [userName, roles] of [
    ['eva@x.example', [{ value: 'Finance' }]],
    ['finn@x.example', []],
  ] as const) {
    const emails = [{ value: userName, type: 'work' }];
    const made = await ask('POST', `${path}/accounts`, { userName, emails, roles });
    assert.equal(made.status, 201, JSON.stringify(made.body));
  }
  const preview = async (query: string): Promise<readonly unknown[]> =>
    items((await ask('POST', `${path}/roles/preview${query}`, {})).body).map((one) => [one['userName'], one['before']]);
  assert.deepEqual(await preview(''), [['eva@x.example', ['Clerk']]]);
  assert.deepEqual(await preview('?search=finn'), [['finn@x.example', []]]);
  assert.deepEqual(await preview('?search=nobody'), []);
});
