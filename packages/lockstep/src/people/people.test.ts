import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSqliteStore } from '@lockstep/store';
import { askAdmin, openServer } from '../../test/admin-client.ts';
import { type Browser, openBrowser } from '../../test/browser.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { createBackOff } from './back-off.ts';
import { CONSOLE_COOKIE } from './cookie.ts';
import { checkPassword, hashPassword, isPassword } from './password.ts';
import { permissionOf } from './permission-of.ts';
import { returnPath } from './return-path.ts';
import { createSessionService } from './session-service.ts';

const PASSWORD = 'correct horse battery';

async function ownerBrowser(server: Awaited<ReturnType<typeof openServer>>): Promise<Browser> {
  const browser = openBrowser();
  const link = await server.services.peopleParts.people.ownerLink(server.url);
  const token = new URL(link ?? '').searchParams.get('token') ?? '';
  const made = await browser.post(`${server.url}/first-run`, { token, name: 'Ada', password: PASSWORD });
  assert.equal(made.status, 303);
  return browser;
}

test('the first owner is made by a link that is good once, and signs in with a hardened cookie', async (t) => {
  const server = await openServer(t, tempFolder(t));
  const link = (await server.services.peopleParts.people.ownerLink(server.url)) ?? '';
  const token = new URL(link).searchParams.get('token') ?? '';
  const page = await fetch(link);
  assert.match(page.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
  assert.match(await page.text(), /<label for="password">/);
  const browser = openBrowser();
  const weak = await browser.post(`${server.url}/first-run`, { token, name: 'Ada', password: 'short' });
  assert.equal(weak.status, 422);
  assert.match(await weak.text(), /aria-describedby="password-hint password-error"/);
  const made = await browser.post(`${server.url}/first-run`, { token, name: 'Ada', password: PASSWORD });
  assert.match(made.headers.getSetCookie()[0] ?? '', /^__Host-lockstep=.*; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
  const again = await openBrowser().post(`${server.url}/first-run`, { token, name: 'Eve', password: PASSWORD });
  assert.equal(again.status, 404);
  assert.equal(await server.services.peopleParts.people.ownerLink(server.url), undefined);
});

test('sign-in makes a new session, ends the one before, and returns only to a path of this server', async (t) => {
  const server = await openServer(t, tempFolder(t));
  const browser = await ownerBrowser(server);
  const before = browser.cookie(CONSOLE_COOKIE);
  const fields = { name: ' ADA ', password: PASSWORD, returnTo: '//evil.example/x' };
  const entered = await browser.post(`${server.url}/sign-in`, fields);
  assert.deepEqual([entered.status, entered.headers.get('location')], [303, '/']);
  assert.notEqual(browser.cookie(CONSOLE_COOKIE), before);
  assert.equal(await server.services.peopleParts.sessions.find(before), undefined);
});

test('a change with a cookie needs a page of this server and JSON', async (t) => {
  const server = await openServer(t, tempFolder(t));
  const browser = await ownerBrowser(server);
  const cookie = `${CONSOLE_COOKIE}=${browser.cookie(CONSOLE_COOKIE)}`;
  const send = async (headers: Readonly<Record<string, string>>): Promise<number> => {
    const body = JSON.stringify({ profile: 'generic', title: 'T' });
    const answer = await fetch(`${server.url}/api/v1/providers`, {
      method: 'POST',
      headers: { cookie, ...headers },
      body,
    });
    return answer.status;
  };
  const json = { 'content-type': 'application/json' };
  assert.equal(await send(json), 403);
  assert.equal(await send({ ...json, 'sec-fetch-site': 'cross-site', origin: server.url }), 403);
  assert.equal(await send({ ...json, origin: 'https://evil.example' }), 403);
  assert.equal(await send({ 'content-type': 'text/plain', 'sec-fetch-site': 'same-origin' }), 400);
  assert.equal(await send({ ...json, 'sec-fetch-site': 'same-origin' }), 201);
  assert.equal(await send({ ...json, origin: server.url }), 201);
  const loose = await browser.post(`${server.url}/sign-out`, {}, { 'sec-fetch-site': 'cross-site' });
  assert.equal(loose.status, 403);
});

test('each role may do what the permission table says, by cookie and by key', async (t) => {
  const folder = tempFolder(t);
  const server = await openServer(t, folder);
  const ask = askAdmin(server.url, folder);
  const allowed: Record<string, readonly number[]> = {};
  for (const role of ['administrator', 'operator', 'auditor']) {
    const made = await ask('POST', '/keys', { label: role, role });
    const headers = { authorization: `Bearer ${String(made.body['key'])}`, 'content-type': 'application/json' };
    const send = async (method: string, path: string, body?: object): Promise<number> => {
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      return (await fetch(`${server.url}/api/v1${path}`, { method, headers, ...sent })).status;
    };
    allowed[role] = [
      await send('GET', '/providers'),
      await send('POST', '/directory/users', { userPrincipalName: `${role}@x.example`, displayName: role }),
      await send('POST', '/providers', { profile: 'generic', title: role }),
      await send('GET', '/people'),
      await send('POST', '/keys', { label: 'up', role: 'owner' }),
    ];
  }
  const isAllowed = Object.entries(allowed).map(([role, all]) => [role, ...all.map((status) => status !== 403)]);
  assert.deepEqual(isAllowed, [
    ['administrator', true, true, true, false, false],
    ['operator', true, true, false, false, false],
    ['auditor', true, false, false, false, false],
  ]);
});

test('a key ends by scope, by time and by revocation, and is kept as a hash', async (t) => {
  const folder = tempFolder(t);
  const server = await openServer(t, folder);
  const ask = askAdmin(server.url, folder);
  const made = await ask('POST', '/keys', { label: 'reader', role: 'owner', scopes: ['read'] });
  const [key, id] = [String(made.body['key']), String(made.body['id'])];
  const me = await fetch(`${server.url}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } });
  const shown = { name: `key reader (${id})`, role: 'owner', permissions: ['read'], kind: 'key', hasPassword: false };
  assert.deepEqual(await me.json(), shown);
  assert.equal(JSON.stringify(await server.services.store.people.listKeys()).includes(key), false);
  const past = { label: 'p', role: 'auditor', expiresAt: '2001-01-01T00:00:00Z' };
  assert.equal((await ask('POST', '/keys', past)).status, 422);
  assert.equal((await ask('DELETE', `/keys/${id}`)).status, 204);
  const gone = await fetch(`${server.url}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } });
  assert.equal(gone.status, 401);
});

test('a changed role counts at the next request, and the last owner stays', async (t) => {
  const server = await openServer(t, tempFolder(t));
  const browser = await ownerBrowser(server);
  const { people } = server.services.peopleParts;
  const [ada] = await people.list();
  await assert.rejects(people.setRole(ada?.id ?? '', 'auditor'), /last owner/);
  await assert.rejects(people.remove(ada?.id ?? ''), /last owner/);
  const { id, token } = await people.invite('Bob', 'owner');
  await openBrowser().post(`${server.url}/first-run`, { token, password: PASSWORD });
  await people.setRole(ada?.id ?? '', 'auditor');
  assert.equal((await browser.get(`${server.url}/api/v1/people`)).status, 403);
  await people.remove(ada?.id ?? '');
  assert.equal((await browser.get(`${server.url}/api/v1/me`)).status, 401);
  assert.equal((await people.list())[0]?.id, id);
});

test('a changed password ends the other sessions and is audited', async (t) => {
  const server = await openServer(t, tempFolder(t));
  const first = await ownerBrowser(server);
  const second = openBrowser();
  await second.post(`${server.url}/sign-in`, { name: 'Ada', password: PASSWORD });
  const wrong = { current: 'no', next: 'another long password' };
  assert.equal((await first.post(`${server.url}/account/password`, wrong)).status, 422);
  const right = { ...wrong, current: PASSWORD };
  assert.equal((await first.post(`${server.url}/account/password`, right)).status, 303);
  assert.equal((await first.get(`${server.url}/account`)).status, 200);
  assert.equal((await second.get(`${server.url}/account`)).status, 303);
  const audited = await server.services.store.audit.list({ actor: 'person Ada', limit: 10 });
  assert.equal(
    audited.some((one) => one.action === 'password changed'),
    true,
  );
});

test('guessing is slowed by name and by address, also in parallel, and unknown names look the same', async (t) => {
  const store = await openSqliteStore({ file: ':memory:' }, 0);
  t.after(() => store.close());
  let now = 1_000;
  const backOff = createBackOff(store.people, () => now);
  const fail = (nameKey: string, address: string): Promise<string> =>
    backOff
      .guard({ nameKey, address }, async () => undefined)
      .then(
        () => 'tried',
        () => 'refused',
      );
  const many = await Promise.all(Array.from({ length: 20 }, () => fail('ada', '10.0.0.1')));
  assert.equal(many.filter((one) => one === 'tried').length, 5);
  assert.equal(await fail('ada', '10.0.0.2'), 'refused');
  now += 1_001;
  assert.equal(await fail('ada', '10.0.0.2'), 'tried');
  for (let at = 0; at < 20; at += 1) await fail(`name ${at}`, '10.0.0.9');
  assert.equal(await fail('fresh name', '10.0.0.9'), 'refused');
  assert.equal(await isPassword('x', undefined), false);
});

test('sessions end when idle, at their end, and by hand', async (t) => {
  const store = await openSqliteStore({ file: ':memory:' }, 0);
  t.after(() => store.close());
  let [now, count] = [0, 0];
  const newId = (): string => {
    count += 1;
    return `s${count}`;
  };
  const sessions = createSessionService({
    sessions: store.sessions,
    nowMs: () => now,
    newId,
    idleMs: 60_000,
    absoluteMs: 150_000,
  });
  const shared = { kind: 'console', subject: 'p', method: 'password', roles: [], address: '', agent: '' } as const;
  const { token, session } = await sessions.open(shared);
  assert.equal(JSON.stringify(await store.sessions.list({ kind: 'console' })).includes(token), false);
  for (now of [50_000, 100_000, 149_000]) assert.equal((await sessions.find(token))?.id, session.id);
  now = 150_000;
  assert.equal(await sessions.find(token), undefined);
  const second = await sessions.open(shared);
  now += 60_000;
  assert.equal(await sessions.find(second.token), undefined);
  const third = await sessions.open(shared);
  assert.equal(await sessions.endOne(third.session.id, { kind: 'console', subject: 'other' }), false);
  assert.equal(await sessions.endOne(third.session.id, { kind: 'console', subject: 'p' }), true);
  assert.equal(await sessions.find(third.token), undefined);
});

test('passwords are hashed with argon2id, each with its own salt, and weak ones are refused', async () => {
  const [one, two] = [await hashPassword(PASSWORD), await hashPassword(PASSWORD)];
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.notEqual(one, two);
  assert.equal(await isPassword(PASSWORD, one), true);
  assert.equal(await isPassword(`${PASSWORD}x`, one), false);
  for (const weak of ['short', 'aaaaaaaaaaaaaaaa', 'my name is ada!']) assert.throws(() => checkPassword(weak, 'Ada'));
});

test('only paths of this server are returned to', () => {
  const odd = ['//evil', '/\\evil', 'https://evil', '/\t/evil', 'javascript:x', '', null, '/a/..//evil', '/.//evil'];
  for (const one of odd) assert.equal(returnPath(one, '/account'), '/account');
  assert.equal(returnPath('/apps?x=1', '/account'), '/apps?x=1');
});

test('an unknown change needs to configure', () => {
  assert.equal(permissionOf('POST', '/apps/x/sync'), 'operate');
  assert.equal(permissionOf('POST', '/apps/x/new-thing'), 'configure');
  assert.equal(permissionOf('GET', '/keys'), 'people');
  assert.deepEqual([permissionOf('GET', '/settings'), permissionOf('PATCH', '/settings')], ['read', 'people']);
  assert.deepEqual(
    [permissionOf('GET', '/secrets/expiring'), permissionOf('POST', '/sample')],
    ['people', 'configure'],
  );
  assert.equal(permissionOf('POST', '/providers/x/roles/preview'), 'read');
  assert.equal(permissionOf('PUT', '/providers/x/roles/preview'), 'configure');
  assert.equal(permissionOf('POST', '/providers/x/roles/preview/more'), 'configure');
});
