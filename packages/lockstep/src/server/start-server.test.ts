import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CycleEvent } from '@lockstep/engine';
import { isJsonArray, isJsonObject, type JsonObject } from '@lockstep/scim';
import { askAdmin, openServer, testSettings } from '../../test/admin-client.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { LockstepError, type LockstepErrorCode } from '../lockstep-error.ts';
import { startServer } from './start-server.ts';

function refusedAs(code: LockstepErrorCode) {
  return (error: unknown): boolean => error instanceof LockstepError && error.code === code;
}

function itemsIn(body: JsonObject): readonly JsonObject[] {
  const { items } = body;
  return isJsonArray(items) ? items.filter(isJsonObject) : [];
}

test('a change in the directory arrives in the app without anybody asking', async (t) => {
  const { ask, url, onEvent } = await openServer(t, tempFolder(t));
  const { body: tenant } = await ask('POST', '/providers', { profile: 'generic', title: 'Target' });
  const token = String(tenant['token']);
  assert.equal(tenant['scimUrl'], `${url}/scim/v2/${String(tenant['id'])}`);
  await ask('POST', '/directory/users', {
    userPrincipalName: 'eva@example.com',
    displayName: 'Eva',
    mailNickname: 'eva',
  });

  const summaries: CycleEvent[] = [];
  const ended = (atLeast: number) =>
    new Promise<void>((resolve) => {
      const stop = onEvent((event) => {
        if (event.kind === 'finished') summaries.push(event);
        if (summaries.length < atLeast) return;
        stop();
        resolve();
      });
    });
  const first = ended(1);
  const saved = await ask('PUT', '/apps', {
    name: 'App',
    template: 'generic',
    tenantUrl: tenant['scimUrl'],
    secretToken: token,
    assignments: [{ user: 'eva@example.com' }],
  });
  assert.equal(saved.body['do'], 'create');
  await first;

  const second = ended(2);
  await ask('PATCH', '/directory/users/eva@example.com', { department: 'Sales' });
  await second;
  const answer = await fetch(`${String(tenant['scimUrl'])}/Users?filter=userName eq "eva@example.com"`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const text = await answer.text();
  assert.match(text, /"department":"Sales"/);

  const { body: logs } = await ask('GET', '/logs?user=eva@example.com');
  assert.deepEqual(
    itemsIn(logs).map((record) => record['action']),
    ['update', 'create'],
  );
  const { body: quiet } = await ask('POST', '/apps/App/sync', { wait: true });
  assert.deepEqual([quiet['state'], isJsonObject(quiet['counts']) ? quiet['counts']['updated'] : ''], ['succeeded', 0]);
});

test('everything is there again after a stop and a start, and nothing changes in the app', async (t) => {
  const folder = tempFolder(t);
  const first = await startServer(testSettings(folder));
  const ask = askAdmin(first.url, folder);
  await ask('POST', '/directory/users', { userPrincipalName: 'eva@example.com' });
  const { body: tenant } = await ask('POST', '/providers', { profile: 'generic', title: 'Target' });
  await first.stop();
  await first.stop();
  const second = await openServer(t, folder);
  const { body: status } = await second.ask('GET', '/status');
  assert.equal(status['users'], 1);
  const { body: providers } = await second.ask('GET', '/providers');
  assert.deepEqual(
    itemsIn(providers).map((one) => [one['id'], one['token']]),
    [[tenant['id'], undefined]],
  );
});

test('a busy port, a folder in use and a folder that cannot be made are each refused, and nothing stays open', async (t) => {
  const folder = tempFolder(t);
  const server = await openServer(t, folder);
  const port = new URL(server.url).port;
  await assert.rejects(startServer(testSettings(folder)), refusedAs('dataInUse'));
  const other = tempFolder(t);
  await assert.rejects(startServer(testSettings(other, { port })), refusedAs('portBusy'));
  const file = join(other, 'lockstep.db');
  await assert.rejects(startServer(testSettings(join(file, 'below'))), refusedAs('badSetting'));
  // The folder of the refused start is free again.
  await (await startServer(testSettings(other))).stop();
});

test('a token is kept sealed, and no answer and no log line holds it', async (t) => {
  const folder = tempFolder(t);
  const server = await openServer(t, folder);
  const secret = 'very-secret-token-of-the-app';
  await server.ask('PUT', '/apps', {
    name: 'Sealed',
    template: 'generic',
    tenantUrl: 'http://127.0.0.1:1/scim',
    secretToken: secret,
    schedule: { enabled: false },
  });
  const texts = await Promise.all(
    ['/apps', '/apps/Sealed', '/logs', '/status'].map(async (path) =>
      JSON.stringify((await server.ask('GET', path)).body),
    ),
  );
  const tested = await server.ask('POST', '/apps/Sealed/test');
  assert.equal(tested.body['category'], 'connection');
  for (const text of [...texts, JSON.stringify(tested.body)]) assert.equal(text.includes(secret), false);
  await server.stop();
  for (const name of ['lockstep.db', 'lockstep.db-wal']) {
    const bytes = readOrNothing(join(folder, name));
    assert.equal(bytes.includes(secret), false, name);
  }
});

function readOrNothing(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    // The journal goes when the database is closed in good order.
    return Buffer.alloc(0);
  }
}

test('health, metrics and the home page need no key; screens get the console under its policy', async (t) => {
  const { url } = await openServer(t, tempFolder(t));
  for (const path of ['/health/live', '/health/ready', '/metrics', '/']) {
    assert.equal((await fetch(`${url}${path}`)).status, 200, path);
  }
  const page = await fetch(`${url}/`);
  assert.match(page.headers.get('content-security-policy') ?? '', /^default-src 'none'/);
  const screen = await fetch(`${url}/apps/some-app`, { headers: { accept: 'text/html,*/*' } });
  assert.equal(screen.status, 200);
  assert.match(screen.headers.get('content-type') ?? '', /text\/html/);
  assert.match(screen.headers.get('content-security-policy') ?? '', /script-src 'self';/);
  const missing = await fetch(`${url}/assets/none.js`, { headers: { accept: '*/*' } });
  assert.equal(missing.status, 404);
  const fromMail = await fetch(`${url}/apps/some-app`);
  assert.equal(fromMail.status, 200, 'mails link there');
  assert.match(await fromMail.text(), /lockstep staged APP/);
  assert.equal((await fetch(`${url}/nothing`)).status, 404);
  assert.equal((await fetch(`${url}/health/live`, { method: 'POST' })).status, 405);
});

test('a stop ends a running cycle in good order, and the next start finishes it', async (t) => {
  const folder = tempFolder(t);
  let isSlow = true;
  let created = 0;
  const target = createServer((message, response) => {
    message.resume();
    message.on('end', () => {
      const isCreate = message.method === 'POST';
      if (isCreate) created += 1;
      const body = isCreate
        ? JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], id: `u${created}` })
        : JSON.stringify({
            schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
            totalResults: 0,
            Resources: [],
          });
      const send = (): void => {
        response.writeHead(isCreate ? 201 : 200, { 'content-type': 'application/scim+json' });
        response.end(body);
      };
      if (isSlow) setTimeout(send, 3);
      else send();
    });
  });
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    target.closeAllConnections();
    target.close();
  });
  const address = target.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const first = await startServer(testSettings(folder));
  const ask = askAdmin(first.url, folder);
  const people = Array.from({ length: 600 }, (_, at) => ({
    userPrincipalName: `p${at}@example.com`,
    mailNickname: `p${at}`,
  }));
  await ask('POST', '/directory/import', { format: 'json', text: JSON.stringify(people) });
  const progressed = new Promise<void>((resolve) => {
    first.onEvent((event) => {
      if (event.kind === 'progress' && event.done > 0) resolve();
    });
  });
  await ask('PUT', '/apps', {
    name: 'Slow',
    template: 'generic',
    scope: 'all',
    tenantUrl: `http://127.0.0.1:${port}/scim`,
    secretToken: 't',
  });
  await progressed;
  await first.stop();
  assert.ok(created > 0 && created < 600, `${created} created when it stopped`);
  isSlow = false;

  const second = await openServer(t, folder);
  const { body } = await second.ask('POST', '/apps/Slow/sync', { wait: true });
  assert.equal(body['state'], 'succeeded');
  assert.equal(created, 600, 'each person was created once');
});
