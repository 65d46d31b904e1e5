import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonObject, type JsonObject } from '@lockstep/scim';
import { openServer } from '../../test/admin-client.ts';
import { tempFolder } from '../../test/temp-folder.ts';

test('what runs here is told to everybody, and where it is kept to owners alone', async (t) => {
  const folder = tempFolder(t);
  const server = await openServer(t, folder);
  await server.ask('POST', '/directory/users', { userPrincipalName: 'eva@x.example', displayName: 'Eva' });
  const { body } = await server.ask('GET', '/about');
  assert.match(String(body['version']), /^\d+\.\d+\.\d+/);
  assert.deepEqual([body['licence'], body['node'], body['baseUrl']], ['Apache-2.0', process.versions.node, server.url]);
  const { database, counts, places } = body;
  assert.ok(isJsonObject(database) && isJsonObject(counts) && isJsonObject(places));
  assert.equal(database['kind'], 'sqlite');
  assert.deepEqual(counts['objects'], { count: 1, isMore: false });
  assert.equal(places['dataFolder'], folder);

  const made = await server.ask('POST', '/keys', { label: 'a', role: 'administrator' });
  const headers = { authorization: `Bearer ${String(made.body['key'])}` };
  const answer = await fetch(`${server.url}/api/v1/about`, { headers });
  const told = (await answer.json()) as JsonObject; // checked by what follows
  assert.deepEqual([answer.status, told['places']], [200, null]);
  assert.equal(JSON.stringify(told).includes(folder), false);
  assert.equal((await fetch(`${server.url}/api/v1/about`)).status, 401);
});
