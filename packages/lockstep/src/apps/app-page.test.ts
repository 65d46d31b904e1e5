import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openServer } from '../../test/admin-client.ts';
import { tempFolder } from '../../test/temp-folder.ts';

test('apps and their states are searched by name and paged in order of creation', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  for (const name of ['Zenya', 'Zero', 'Ziflow', 'Zenvoices']) {
    const app = { name, template: 'generic', tenantUrl: 'http://127.0.0.1:9/scim', schedule: { enabled: false } };
    assert.ok((await ask('PUT', '/apps', app)).status < 300);
  }
  const pages = async (path: string, list: 'items' | 'apps', name: 'name' | 'app'): Promise<readonly string[][]> => {
    const found: string[][] = [];
    for (let next: unknown = ''; next !== undefined && found.length < 9; ) {
      const { body } = await ask('GET', `${path}${next === '' ? '' : `&after=${String(next)}`}`);
      const items = body[list];
      assert.ok(Array.isArray(items), JSON.stringify(body));
      found.push(items.map((item) => String(item[name])));
      next = body['next'];
    }
    return found;
  };
  assert.deepEqual(await pages('/apps?limit=3', 'items', 'name'), [['Zenya', 'Zero', 'Ziflow'], ['Zenvoices']]);
  assert.deepEqual(await pages('/status?limit=1&search=zEN', 'apps', 'app'), [['Zenya'], ['Zenvoices']]);
  assert.deepEqual(await pages('/status?search=nobody', 'apps', 'app'), [[]]);
  assert.deepEqual(await pages('/status?limit=4', 'apps', 'app'), [['Zenya', 'Zero', 'Ziflow', 'Zenvoices']]);
  assert.equal((await ask('GET', '/status?limit=0')).status, 400);
});
