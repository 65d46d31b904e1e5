import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type TestContext, test } from 'node:test';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';
import { type AskAdmin, openServer } from '../../test/admin-client.ts';
import { tempFolder } from '../../test/temp-folder.ts';

function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, key) => {
    if (typeof key === 'number') return isJsonArray(inner) ? inner[key] : undefined;
    return isJsonObject(inner) ? inner[key] : undefined;
  }, value);
}

/** A server with a tenant of its own and an app whose schedule is off. */
async function stage(
  t: TestContext,
  declared: JsonObject = {},
): Promise<{ ask: AskAdmin; url: string; tenant: JsonObject }> {
  const { ask, url } = await openServer(t, tempFolder(t));
  const { body: tenant } = await ask('POST', '/providers', { profile: 'generic', title: 'T' });
  const app = {
    name: 'App',
    template: 'generic',
    tenantUrl: tenant['scimUrl'],
    secretToken: tenant['token'],
    schedule: { enabled: false },
    ...declared,
  };
  assert.equal((await ask('POST', '/apps', app)).status, 201);
  return { ask, url, tenant };
}

test('settings are read in the words of lockstep.yaml, and a change touches what it names alone', async (t) => {
  const { ask } = await stage(t, { guard: { maxRemovals: 5 }, drift: { interval: 'P1D' } });
  const before = await ask('GET', '/apps/App/settings');
  assert.deepEqual(at(before.body, 'settings', 'schedule'), { interval: 'PT40M', onChange: true, enabled: false });
  assert.deepEqual(at(before.body, 'settings', 'drift'), { interval: 'P1D', fix: false });
  const changed = await ask('PATCH', '/apps/App', {
    schedule: { interval: 'PT10M' },
    rate: { requestsPerSecond: 25 },
    guard: null,
    notify: { mail: ['it@x.example'], digest: 'daily' },
  });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  assert.equal(changed.body['isChanged'], true);
  const { body } = await ask('GET', '/apps/App/settings');
  assert.deepEqual(at(body, 'settings', 'schedule'), { interval: 'PT10M', onChange: true, enabled: false });
  assert.deepEqual(at(body, 'settings', 'rate'), { requestsPerSecond: 25 });
  assert.equal(at(body, 'settings', 'guard'), undefined);
  assert.deepEqual(at(body, 'settings', 'notify'), { mail: ['it@x.example'], digest: 'daily', onFailure: true });
  assert.deepEqual(at(body, 'settings', 'drift'), { interval: 'P1D', fix: false });
  assert.equal((await ask('PATCH', '/apps/App', { rate: { requestsPerSecond: 25 } })).body['isChanged'], false);
});

test('a dry run of a change says what differs and stores nothing', async (t) => {
  const { ask } = await stage(t);
  const { body } = await ask('PATCH', '/apps/App?dryRun=true', { name: 'Other', secretToken: 'new' });
  assert.deepEqual(
    (isJsonArray(body['differences']) ? body['differences'] : []).map((one) => at(one, 'what')),
    ['name', 'secretToken'],
  );
  assert.equal((await ask('GET', '/apps/App/settings')).status, 200);
});

test('an app may be renamed, but not to a name that is taken, in any case', async (t) => {
  const { ask, tenant } = await stage(t);
  const second = { name: 'Second', template: 'generic', tenantUrl: tenant['scimUrl'], schedule: { enabled: false } };
  assert.equal((await ask('POST', '/apps', second)).status, 201);
  const taken = await ask('POST', '/apps', { ...second, name: 'SECOND' });
  assert.deepEqual([taken.status, at(taken.body, 'error', 'code')], [409, 'conflict']);
  const clash = await ask('PATCH', '/apps/Second', { name: 'app' });
  assert.deepEqual([clash.status, at(clash.body, 'error', 'code')], [409, 'conflict']);
  assert.equal((await ask('PATCH', '/apps/Second', { name: 'Third' })).status, 200);
  assert.equal((await ask('GET', '/apps/Third')).status, 200);
});

test('what is wrong in a change is named with its place', async (t) => {
  const { ask } = await stage(t);
  const wrong = await ask('PATCH', '/apps/App', { schedule: { interval: '40 minutes' }, colour: 'red' });
  assert.equal(wrong.status, 400);
  const places = at(wrong.body, 'error', 'issues');
  assert.deepEqual((isJsonArray(places) ? places : []).map((one) => at(one, 'place')).toSorted(), [
    'colour',
    'schedule.interval',
  ]);
});

test('Test Connection shows its requests and answers without the token', async (t) => {
  const { ask, tenant } = await stage(t);
  const { body } = await ask('POST', '/apps/App/test');
  assert.equal(body['isOk'], true);
  assert.match(String(at(body, 'exchanges', 0, 'path')), /^\/Users\?filter=/);
  assert.equal(at(body, 'exchanges', 0, 'status'), 200);
  assert.match(String(at(body, 'exchanges', 0, 'responseBody')), /ListResponse/);
  assert.equal(JSON.stringify(body).includes(String(tenant['token'])), false);
  const wrong = await ask('POST', '/apps/App/test', { secretToken: 'wrong' });
  assert.deepEqual(
    [wrong.body['isOk'], wrong.body['category'], at(wrong.body, 'exchanges', 0, 'status')],
    [false, 'credentials', 401],
  );
  assert.equal((await ask('POST', '/apps/App/test')).body['isOk'], true, 'nothing was saved');
});

test('the stored token is never sent to an address it was not entered for', async (t) => {
  const { ask } = await stage(t);
  const seen: string[] = [];
  const stranger = createServer((request, response) => {
    seen.push(String(request.headers.authorization));
    response.writeHead(200, { 'content-type': 'application/scim+json' }).end('{"Resources":[],"totalResults":0}');
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  t.after(() => stranger.close());
  const address = stranger.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const tenantUrl = `http://127.0.0.1:${port}/scim`;
  const { body } = await ask('POST', '/apps/App/test', { tenantUrl });
  assert.deepEqual([body['isOk'], seen], [false, []]);
  assert.match(String(body['message']), /belongs to another address/);
  await ask('POST', '/apps/App/test', { tenantUrl, secretToken: 'typed' });
  assert.equal(seen[0], 'Bearer typed');
  const saved = await ask('PATCH', '/apps/App', { tenantUrl });
  assert.deepEqual([saved.status, at(saved.body, 'error', 'code')], [422, 'invalidValue']);
  assert.equal((await ask('PATCH', '/apps/App', { tenantUrl, secretToken: 'typed' })).status, 200);
});

test('the gallery lists its templates with what an administrator needs to know', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const { body } = await ask('GET', '/gallery');
  const items = isJsonArray(body['items']) ? body['items'] : [];
  assert.deepEqual(items.map((one) => at(one, 'template')).toSorted(), [
    'generic',
    'zenvoices',
    'zenya',
    'zero',
    'ziflow',
  ]);
  assert.ok(items.every((one) => String(at(one, 'connection', 'tokenLabel')) !== ''));
});

test('assignments come in pages, and many are changed together or not at all', async (t) => {
  const { ask } = await stage(t);
  for (let n = 0; n < 7; n += 1) {
    const person = { userPrincipalName: `p${n}@x.example`, displayName: `Person ${n}` };
    assert.equal((await ask('POST', '/directory/users', person)).status, 201);
  }
  const people = Array.from({ length: 7 }, (_, n) => ({ user: `p${n}@x.example` }));
  const wrong = await ask('POST', '/apps/App/assignments/batch', { add: [...people, { user: 'nobody@x.example' }] });
  assert.deepEqual([wrong.status, at(wrong.body, 'error', 'issues', 0, 'place')], [422, 'add.7']);
  assert.deepEqual((await ask('GET', '/apps/App/assignments')).body['items'], []);
  assert.equal((await ask('POST', '/apps/App/assignments/batch', { add: people })).body['added'], 7);
  const ids: Json[] = [];
  for (let after = ''; ; ) {
    const { body } = await ask('GET', `/apps/App/assignments?limit=3${after === '' ? '' : `&after=${after}`}`);
    const items = isJsonArray(body['items']) ? body['items'] : [];
    assert.ok(items.length <= 3);
    ids.push(...items.map((one) => at(one, 'userPrincipalName') ?? ''));
    if (typeof body['next'] !== 'string') break;
    after = body['next'];
  }
  assert.deepEqual(
    ids.map(String).toSorted(),
    people.map(({ user }) => user),
  );
  const remove = people.slice(0, 5).map(({ user }) => ({ principal: user }));
  const unknownRole = await ask('POST', '/apps/App/assignments/batch', {
    remove: [...remove, { principal: 'p6@x.example', role: 'Boss' }],
  });
  assert.equal(unknownRole.status, 422);
  assert.deepEqual((await ask('POST', '/apps/App/assignments/batch', { remove })).body, { added: 0, removed: 5 });
  const left = (await ask('GET', '/apps/App/assignments')).body['items'];
  assert.equal(isJsonArray(left) ? left.length : -1, 2);
});

test('links are listed in pages and found by name or by the id of the account', async (t) => {
  const { ask } = await stage(t, { scope: 'all' });
  for (const name of ['anna', 'bert', 'carl']) {
    await ask('POST', '/directory/users', { userPrincipalName: `${name}@x.example`, displayName: name });
  }
  await ask('POST', '/apps/App/sync', { wait: true });
  const first = await ask('GET', '/apps/App/links?limit=2');
  assert.equal(isJsonArray(first.body['items']) && first.body['items'].length, 2);
  const rest = await ask('GET', `/apps/App/links?limit=2&after=${String(first.body['next'])}`);
  assert.equal(isJsonArray(rest.body['items']) && rest.body['items'].length, 1);
  const found = await ask('GET', '/apps/App/links?search=ber');
  assert.deepEqual(at(found.body, 'items', 0, 'account'), 'bert@x.example');
  const targetId = String(at(found.body, 'items', 0, 'targetId'));
  const byId = await ask('GET', `/apps/App/links?search=${targetId}`);
  assert.equal(at(byId.body, 'items', 0, 'displayName'), 'bert');
  assert.deepEqual((await ask('GET', '/apps/App/links?object=group')).body, { items: [] });
});
