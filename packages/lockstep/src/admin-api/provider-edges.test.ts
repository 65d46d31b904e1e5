import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';
import { openServer } from '../../test/admin-client.ts';
import { tempFolder } from '../../test/temp-folder.ts';

function items(body: JsonObject): readonly JsonObject[] {
  const list: Json | undefined = body['items'];
  return isJsonArray(list) ? list.filter(isJsonObject) : [];
}

test('a client is made, gets an access token over HTTP, is shown without its secret, and is removed', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const { body: provider } = await ask('POST', '/providers', { profile: 'generic', title: 'Acme' });
  const path = `/providers/${String(provider['id'])}/clients`;
  const made = await ask('POST', path, { label: 'Gallery', scopes: ['read'] });
  assert.equal(made.status, 201);
  const { clientId, clientSecret, tokenUrl } = made.body;
  const answer = await fetch(String(tokenUrl), {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${String(clientId)}:${String(clientSecret)}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  assert.equal(answer.status, 200);
  const grant: unknown = await answer.json();
  assert.ok(isJsonObject(grant));
  const read = (): Promise<Response> =>
    fetch(`${String(provider['scimUrl'])}/Users`, {
      headers: { authorization: `Bearer ${String(grant['access_token'])}` },
    });
  assert.equal((await read()).status, 200);
  const list = await ask('GET', path);
  assert.deepEqual([items(list.body)[0]?.['label'], items(list.body)[0]?.['scopes']], ['Gallery', ['read']]);
  assert.ok(!JSON.stringify(list.body).includes(String(clientSecret)));
  assert.equal((await ask('DELETE', `${path}/${String(clientId)}`)).status, 204);
  assert.equal((await ask('DELETE', `${path}/${String(clientId)}`)).status, 404);
  assert.equal((await read()).status, 401);
});

test('a token is made with scopes and an end', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const { body: provider } = await ask('POST', '/providers', { profile: 'generic', title: 'Acme' });
  const path = `/providers/${String(provider['id'])}/tokens`;
  const made = await ask('POST', path, { scopes: ['read'], expiresAt: '2999-01-01T00:00:00Z' });
  const shown = items((await ask('GET', path)).body).find((one) => one['id'] === made.body['id']);
  assert.deepEqual([shown?.['scopes'], shown?.['expiresAt']], [['read'], '2999-01-01T00:00:00.000Z']);
  const refused = await fetch(`${String(provider['scimUrl'])}/Users/x`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${String(made.body['token'])}` },
  });
  assert.equal(refused.status, 403);
});

test('a rate limit is set, shown and taken away, and leaves the other settings alone', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const { body: provider } = await ask('POST', '/providers', { profile: 'zenvoices', title: 'Acme' });
  const path = `/providers/${String(provider['id'])}`;
  await ask('PATCH', path, { roleNames: ['A'] });
  const rateLimit = { requestsPerSecond: 10, burst: 20 };
  assert.deepEqual((await ask('PATCH', path, { rateLimit })).body['rateLimit'], rateLimit);
  assert.deepEqual((await ask('PATCH', path, { title: 'New' })).body['rateLimit'], rateLimit);
  const { body } = await ask('PATCH', path, { rateLimit: null });
  assert.deepEqual([body['rateLimit'], body['roleNames'], body['title']], [undefined, ['A'], 'New']);
  assert.equal((await ask('PATCH', path, { rateLimit: { requestsPerSecond: 0, burst: 1 } })).status, 400);
});

test('the feed is read by cursor, twice the same, with the deactivation as an event of its own', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const { body: provider } = await ask('POST', '/providers', { profile: 'generic', title: 'Acme' });
  const send = (method: string, at: string, body: unknown): Promise<Response> =>
    fetch(`${String(provider['scimUrl'])}${at}`, {
      method,
      headers: { authorization: `Bearer ${String(provider['token'])}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify(body),
    });
  const made: unknown = await (await send('POST', '/Users', { userName: 'eva', active: true })).json();
  assert.ok(isJsonObject(made));
  await send('PATCH', `/Users/${String(made['id'])}`, {
    Operations: [{ op: 'replace', path: 'active', value: false }],
  });
  const path = `/providers/${String(provider['id'])}/events`;
  const whole = await ask('GET', path);
  assert.deepEqual(
    items(whole.body).map((one) => one['kind']),
    ['created', 'updated', 'deactivated'],
  );
  assert.deepEqual((await ask('GET', path)).body, whole.body);
  const first = await ask('GET', `${path}?limit=2`);
  const rest = await ask('GET', `${path}?after=${String(first.body['next'])}`);
  assert.deepEqual([...items(first.body), ...items(rest.body)], items(whole.body));
  assert.equal(rest.body['next'], whole.body['next']);
});

test('a webhook is told of a change by the running server, and is shown and removed', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const { body: provider } = await ask('POST', '/providers', { profile: 'generic', title: 'Acme' });
  const receiver = createServer();
  receiver.listen(0, '127.0.0.1');
  t.after(() => receiver.close());
  await once(receiver, 'listening');
  // A listening TCP server has an address of this kind.
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const path = `/providers/${String(provider['id'])}/webhooks`;
  const made = await ask('POST', path, { url });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const told = new Promise<string | undefined>((resolve) => {
    receiver.on('request', (message, response) => {
      message.resume();
      response.end();
      resolve(message.headers['webhook-signature']?.toString());
    });
  });
  await fetch(`${String(provider['scimUrl'])}/Users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${String(provider['token'])}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify({ userName: 'eva' }),
  });
  assert.match((await told) ?? '', /^v1,/);
  const shown = items((await ask('GET', path)).body);
  assert.deepEqual([shown.length, shown[0]?.['url']], [1, url]);
  assert.ok(!JSON.stringify(shown).includes(String(made.body['secret'])));
  const one = `${path}/${String(made.body['id'])}`;
  assert.deepEqual(items((await ask('GET', `${one}/dead-letters`)).body), []);
  assert.equal((await ask('POST', `${one}/dead-letters/1/redeliver`)).status, 404);
  assert.equal((await ask('DELETE', one)).status, 204);
  assert.equal((await ask('DELETE', one)).status, 404);
  assert.equal((await ask('POST', path, { url: 'nonsense' })).status, 422);
});
