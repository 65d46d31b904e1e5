import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonArray, isJsonObject, type JsonObject } from '@lockstep/scim';
import { openServer } from '../../test/admin-client.ts';
import { tempFolder } from '../../test/temp-folder.ts';

function entries(body: JsonObject): readonly unknown[] {
  const list = body['items'];
  return isJsonArray(list) ? list.filter(isJsonObject).map((one) => one['entry']) : [];
}

test('events are paged newest first without a gap or a repeat, as well as oldest first', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const { body: provider } = await ask('POST', '/providers', { profile: 'generic', title: 'Acme' });
  const path = `/providers/${String(provider['id'])}`;
  const none = await ask('GET', `${path}/events?order=newest`);
  assert.deepEqual([entries(none.body), none.body['next']], [[], undefined]);
  for (const name of ['a', 'b', 'c', 'd', 'e'])
    await ask('POST', `${path}/accounts`, { userName: `${name}@x.example` });

  const first = await ask('GET', `${path}/events?order=newest&limit=2`);
  assert.deepEqual([entries(first.body), first.body['next']], [[5, 4], '4']);
  const second = await ask('GET', `${path}/events?order=newest&limit=2&before=4`);
  assert.deepEqual([entries(second.body), second.body['next']], [[3, 2], '2']);
  const third = await ask('GET', `${path}/events?order=newest&limit=2&before=2`);
  assert.deepEqual([entries(third.body), third.body['next']], [[1], undefined]);
  const oldest = await ask('GET', `${path}/events?limit=2&after=3`);
  assert.deepEqual([entries(oldest.body), oldest.body['next']], [[4, 5], '5']);
});

test('one account is read by its id, and an id of another provider is none', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const { body: acme } = await ask('POST', '/providers', { profile: 'generic', title: 'Acme' });
  const { body: other } = await ask('POST', '/providers', { profile: 'generic', title: 'Other' });
  const made = await ask('POST', `/providers/${String(acme['id'])}/accounts`, { userName: 'eva@x.example' });
  const account = String(made.body['id']);
  const read = await ask('GET', `/providers/${String(acme['id'])}/accounts/${account}`);
  assert.deepEqual([read.status, read.body['userName'], read.body['isManaged']], [200, 'eva@x.example', false]);
  assert.equal((await ask('GET', `/providers/${String(other['id'])}/accounts/${account}`)).status, 404);
});
