import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonArray, isJsonObject, type JsonObject } from '@lockstep/scim';
import { type AdminAnswer, openServer } from '../../test/admin-client.ts';
import { cookieOf, PASSWORD, type SignedIn, signIn, signInAsOwner } from '../../test/signed-in.ts';
import { tempFolder } from '../../test/temp-folder.ts';

const NEXT = 'another long password';

function items(answer: AdminAnswer): readonly JsonObject[] {
  const { items: list } = answer.body;
  return isJsonArray(list) ? list.filter(isJsonObject) : [];
}

function messageOf({ body }: AdminAnswer): string {
  return isJsonObject(body['error']) ? String(body['error']['message']) : '';
}

async function invite(server: Awaited<ReturnType<typeof openServer>>, name: string): Promise<SignedIn> {
  const { token } = await server.services.peopleParts.people.invite(name, 'auditor');
  const { browser } = await signIn(server, name);
  await browser.post(`${server.url}/first-run`, { token, password: PASSWORD });
  return signIn(server, name);
}

test('everybody sees and ends their own sessions, and nobody those of others', async (t) => {
  const server = await openServer(t, tempFolder(t));
  const ada = await signInAsOwner(server);
  const [phone, bob] = [await signIn(server, 'Ada'), await invite(server, 'Bob')];
  const mine = items(await ada.ask('GET', '/me/sessions'));
  assert.deepEqual(
    mine.map((one) => one['isCurrent']),
    [false, true],
  );
  assert.ok(mine.every((one) => one['address'] === '127.0.0.1' && !('hash' in one)));
  const foreign = items(await bob.ask('GET', '/me/sessions'))[0]?.['id'];
  assert.equal((await ada.ask('DELETE', `/me/sessions/${String(foreign)}`)).status, 404);
  const other = mine.find((one) => one['isCurrent'] === false)?.['id'];
  assert.equal((await ada.ask('DELETE', `/me/sessions/${String(other)}`)).status, 204);
  assert.equal((await phone.ask('GET', '/me')).status, 401);

  await signIn(server, 'Ada');
  const tablet = await signIn(server, 'Ada');
  assert.deepEqual((await ada.ask('DELETE', '/me/sessions')).body, { count: 2 });
  assert.deepEqual(
    [
      (await tablet.ask('GET', '/me')).status,
      (await ada.ask('GET', '/me')).status,
      (await bob.ask('GET', '/me')).status,
    ],
    [401, 200, 200],
  );
});

test('a new password needs the current one, ends every session, copies of the cookie too, and is in no log', async (t) => {
  const server = await openServer(t, tempFolder(t));
  const ada = await signInAsOwner(server);
  const other = await signIn(server, 'Ada');
  const copied = cookieOf(ada);
  const change = (currentPassword: string, newPassword: string): Promise<AdminAnswer> =>
    ada.ask('POST', '/me/password', { currentPassword, newPassword });
  const wrong = await change('not the password', NEXT);
  assert.deepEqual([wrong.status, messageOf(wrong)], [422, 'the current password is wrong']);
  const weak = await change(PASSWORD, 'short');
  assert.deepEqual([weak.status, messageOf(weak)], [422, 'the password has to have 12 to 256 characters']);
  assert.equal((await change(PASSWORD, NEXT)).status, 204);

  const asCopied = await fetch(`${server.url}/api/v1/me`, { headers: { cookie: copied } });
  assert.deepEqual(
    [(await ada.ask('GET', '/me')).status, (await other.ask('GET', '/me')).status, asCopied.status],
    [200, 401, 401],
  );
  assert.equal((await (await signIn(server, 'Ada', NEXT)).ask('GET', '/me')).status, 200);
  const audit = await server.services.store.audit.list({ limit: 100 });
  const text = JSON.stringify(audit);
  assert.equal(audit.filter(({ action }) => action === 'password changed').length, 1);
  for (const secret of [PASSWORD, NEXT]) assert.equal(text.includes(secret), false);
});

test('guessing the current password is slowed as at sign-in, from wherever', async (t) => {
  const server = await openServer(t, tempFolder(t));
  const ada = await signInAsOwner(server);
  const guess = async (): Promise<number> =>
    (await ada.ask('POST', '/me/password', { currentPassword: 'a wrong guess', newPassword: NEXT })).status;
  const told: number[] = [];
  for (let at = 0; at < 7; at += 1) told.push(await guess());
  assert.deepEqual(told, [422, 422, 422, 422, 422, 429, 429]);
  const right = { currentPassword: PASSWORD, newPassword: NEXT };
  assert.equal((await ada.ask('POST', '/me/password', right)).status, 429);
});

test('a key has neither password nor sessions, and another site cannot change either', async (t) => {
  const server = await openServer(t, tempFolder(t));
  const ada = await signInAsOwner(server);
  const change = { currentPassword: PASSWORD, newPassword: NEXT };
  for (const [method, path, body] of [
    ['POST', '/me/password', change],
    ['GET', '/me/sessions', undefined],
    ['DELETE', '/me/sessions', undefined],
  ] as const) {
    assert.equal((await server.ask(method, path, body)).status, 403, path);
    const headers = { cookie: cookieOf(ada), 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${server.url}/api/v1${path}`, { method, headers, ...sent });
    assert.equal(answer.status, method === 'GET' ? 200 : 403, path);
  }
  assert.deepEqual((await server.ask('GET', '/me')).body['kind'], 'key');
  assert.deepEqual((await ada.ask('GET', '/me')).body, {
    name: 'person Ada',
    role: 'owner',
    permissions: ['read', 'operate', 'configure', 'people'],
    kind: 'person',
    hasPassword: true,
  });
});
