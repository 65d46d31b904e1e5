import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonArray, isJsonObject } from '@lockstep/scim';
import { askAdmin, openServer, testSettings } from '../../test/admin-client.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { startServer } from '../server/start-server.ts';
import { createLog } from './log.ts';
import { maskMembers, maskSecrets } from './mask-secrets.ts';

const SECRET = 'sehr-geheimes-token-4711';

async function addPair(ask: ReturnType<typeof askAdmin>): Promise<string> {
  const { body: tenant } = await ask('POST', '/providers', { profile: 'generic', title: 'Target' });
  await ask('POST', '/directory/users', { userPrincipalName: 'eva@example.com', mailNickname: 'eva' });
  await ask('PUT', '/apps', {
    name: 'App',
    template: 'generic',
    scope: 'all',
    tenantUrl: tenant['scimUrl'],
    secretToken: tenant['token'],
    schedule: { enabled: false },
  });
  await ask('POST', '/apps/App/sync', { wait: true });
  return String(tenant['token']);
}

test('the metrics tell cycles, objects, requests on both sides, the standing of each app, and the process', async (t) => {
  const { ask, url } = await openServer(t, tempFolder(t));
  const token = await addPair(ask);
  const answer = await fetch(`${url}/metrics`);
  const text = await answer.text();
  for (const sample of [
    /lockstep_cycles_total\{app="[^"]+",kind="initial",state="succeeded"\} 1/,
    /lockstep_objects_total\{app="[^"]+",effect="created",status="success"\} 1/,
    /lockstep_requests_total\{part="scim",method="POST",status="201",class="2xx"\} 1/,
    /lockstep_app_request_duration_seconds_count\{target="http:\/\/127\.0\.0\.1:\d+",method="POST",status="2xx"\} 1/,
    /lockstep_escrows\{app="[^"]+"\} 0/,
    /lockstep_staged_removals\{app="[^"]+"\} 0/,
    /lockstep_quarantined\{app="[^"]+"\} 0/,
    /lockstep_feed_lag\{app="[^"]+"\} 0/,
    /lockstep_linked_users\{app="[^"]+"\} 1/,
    /process_resident_memory_bytes \d+/,
  ]) {
    assert.match(text, sample);
  }
  assert.equal(text.includes(token) || text.includes('eva@example.com'), false);
});

test('a log that sees everything shows requests with their id, and no secret', async (t) => {
  const folder = tempFolder(t);
  const lines: string[] = [];
  const log = createLog({ format: 'json', level: 'debug', write: (line) => lines.push(line) });
  const server = await startServer(testSettings(folder), { log });
  t.after(server.stop);
  const ask = askAdmin(server.url, folder);
  const token = await addPair(ask);
  const given = await fetch(`${server.url}/health/live?token=${SECRET}`, { headers: { 'x-request-id': 'abc-1' } });
  assert.equal(given.headers.get('x-request-id'), 'abc-1');
  const bad = await fetch(`${server.url}/health/live`, { headers: { 'x-request-id': 'a b"' } });
  assert.match(bad.headers.get('x-request-id') ?? '', /^[\da-f-]{36}$/);
  log.report(`failed with Bearer ${SECRET}`, new Error(`smtp://me:${SECRET}@host refused password=${SECRET}`));
  await server.stop();
  const entries = lines.map((line): unknown => JSON.parse(line)).filter(isJsonObject);
  assert.ok(
    entries.some((one) => one['requestId'] === 'abc-1' && one['path'] === '/health/live' && one['status'] === 200),
  );
  assert.ok(entries.some((one) => one['level'] === 'info' && one['state'] === 'succeeded'));
  const text = lines.join('');
  assert.equal(text.includes(SECRET) || text.includes(token), false);
  assert.match(text, /failed with Bearer \*{8}/);
});

test('as text a failure is one line with its cause', () => {
  const lines: string[] = [];
  const log = createLog({ format: 'text', level: 'warn', write: (line) => lines.push(line) });
  log.report('something failed', 'because');
  assert.match(lines.join(''), /^\d{4}-[\d-]+T[\d:.]+Z something failed: because\n$/);
});

test('members with secret names are masked at any depth, and credentials inside texts', () => {
  const value = {
    name: 'a',
    secretToken: SECRET,
    list: [{ clientSecret: SECRET, tokenUrl: 'https://x' }],
    hasSecret: true,
  };
  assert.deepEqual(maskMembers(value), {
    name: 'a',
    secretToken: '********',
    list: [{ clientSecret: '********', tokenUrl: 'https://x' }],
    hasSecret: true,
  });
  for (const text of [
    `Basic ${SECRET}`,
    `https://u:${SECRET}@h/`,
    `access_token=${SECRET}&x=1`,
    `{"password":"${SECRET}"}`,
  ]) {
    assert.equal(maskSecrets(text).includes(SECRET), false, text);
  }
});

test('the audit log tells who changed what, before and after, without secrets, and no more than was changed', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const app = {
    name: 'App',
    template: 'generic',
    tenantUrl: 'https://a.example.com/scim',
    schedule: { enabled: false },
  };
  await ask('PUT', '/apps', { ...app, secretToken: SECRET });
  await ask('PUT', '/apps', { ...app, secretToken: SECRET });
  await ask('PUT', '/apps', { ...app, tenantUrl: 'https://b.example.com/scim', secretToken: `${SECRET}2` });
  await ask('PUT', '/apps?dryRun=true', { ...app, tenantUrl: 'https://c.example.com/scim' });
  await ask('PUT', '/apps', { ...app, template: 'nonsense' });
  await ask('POST', '/apps/App/pause', {});
  const { body: tenant } = await ask('POST', '/providers', { profile: 'generic', title: 'Target' });
  await ask('PATCH', `/providers/${String(tenant['id'])}`, { title: 'Renamed' });
  await ask('POST', '/directory/users', { userPrincipalName: 'eva@example.com' });
  await ask('DELETE', '/apps/App');
  const { body } = await ask('GET', '/audit');
  const items = isJsonArray(body['items']) ? body['items'].filter(isJsonObject) : [];
  assert.deepEqual(items.map((one) => one['action']).toReversed(), [
    'PUT /apps',
    'PUT /apps',
    'POST /apps/App/pause',
    'POST /providers',
    `PATCH /providers/${String(tenant['id'])}`,
    'DELETE /apps/App',
  ]);
  const changed = items.at(-2)?.['differences'];
  assert.deepEqual(changed, [
    { what: 'tenantUrl', before: 'https://a.example.com/scim', after: 'https://b.example.com/scim' },
    { what: 'secretToken', before: '********', after: '********' },
  ]);
  assert.match(JSON.stringify(items[1]?.['differences']), /"before":"Target","after":"Renamed"/);
  assert.equal(items[0]?.['actor'], 'owner key (api)');
  const text = JSON.stringify(body);
  assert.equal(text.includes(SECRET) || text.includes(String(tenant['token'])), false);
  const { body: page } = await ask('GET', '/audit?subject=app&limit=2');
  const { body: rest } = await ask('GET', `/audit?subject=app&limit=2&after=${String(page['next'])}`);
  const numbers = [page, rest].flatMap((one) => (isJsonArray(one['items']) ? one['items'] : []));
  assert.equal(numbers.length, 4);
  const newest = await ask('GET', `/audit/${String(items[0]?.['number'])}`);
  assert.deepEqual(newest.body, items[0]);
  assert.equal((await ask('GET', '/audit/999999')).status, 404);
});
