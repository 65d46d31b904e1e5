import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonArray, isJsonObject, type JsonObject, USER_SCHEMA } from '@lockstep/scim';
import { openServer } from '../../test/admin-client.ts';
import { tempFolder } from '../../test/temp-folder.ts';

const BADGE = 'urn:example:params:scim:schemas:extension:badge:2.0:User';

function itemsOf(body: JsonObject): readonly JsonObject[] {
  const { items } = body;
  return isJsonArray(items) ? items.filter(isJsonObject) : [];
}

test('a tenant gets a schema of its own, and the deviations of its client are told in a sentence', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const { body: tenant } = await ask('POST', '/providers', { profile: 'generic', title: 'T' });
  const path = `/providers/${String(tenant['id'])}`;
  const extensions = [{ resourceType: 'User', schema: { id: BADGE, attributes: [{ name: 'tag' }] } }];
  const changed = await ask('PATCH', path, { extensions });
  assert.deepEqual([changed.status, changed.body['extensions']], [200, extensions]);
  const wrong = [{ resourceType: 'Boat', schema: { id: BADGE, attributes: [{ name: 'tag' }] } }];
  assert.ok((await ask('PATCH', path, { extensions: wrong })).status >= 400);

  const headers = { authorization: `Bearer ${String(tenant['token'])}`, 'content-type': 'application/scim+json' };
  for (const userName of ['eva', 'lars']) {
    const body = JSON.stringify({ schemas: [USER_SCHEMA, BADGE], userName, active: 'True', [BADGE]: { tag: 'blue' } });
    const made = await fetch(`${String(tenant['scimUrl'])}/Users`, { method: 'POST', headers, body });
    const resource: unknown = await made.json();
    assert.ok(isJsonObject(resource));
    assert.deepEqual(resource[BADGE], { tag: 'blue' });
  }
  const deviations = itemsOf((await ask('GET', `${path}/deviations`)).body);
  assert.deepEqual(
    deviations.map((one) => one['sentence']),
    ['this client sent booleans as text 2 times'],
  );
  assert.deepEqual((await ask('PATCH', path, { extensions: [] })).body['extensions'], []);
});
