import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openServer } from '../../test/admin-client.ts';
import { openBrowser } from '../../test/browser.ts';
import { PASSWORD } from '../../test/signed-in.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { CONSOLE_COOKIE } from '../people/cookie.ts';
import { createOneTime } from '../people/one-time.ts';

type Server = Awaited<ReturnType<typeof openServer>>;

function tokenOf(link: string | undefined): string {
  return new URL(link ?? '').searchParams.get('token') ?? '';
}

async function ownerToken(server: Server): Promise<string> {
  return tokenOf(await server.services.peopleParts.people.ownerLink(server.url));
}

async function choose(server: Server, token: string, name: string) {
  const browser = openBrowser();
  const answer = await browser.post(`${server.url}/first-run`, { token, name, password: PASSWORD });
  return { browser, status: answer.status, location: answer.headers.get('location'), text: await answer.text() };
}

test('without an owner a browser reaches the first run and nothing else', async (t) => {
  const server = await openServer(t, tempFolder(t));
  const page = await fetch(`${server.url}/sign-in`);
  const text = await page.text();
  assert.match(text, /Nobody can sign in yet/);
  assert.doesNotMatch(text, /<form/);
  const guess = await openBrowser().post(`${server.url}/sign-in`, { name: 'owner', password: PASSWORD });
  assert.equal(guess.headers.getSetCookie().length, 0);
  for (const path of ['/me', '/people', '/settings', '/sample', '/about', '/directory/users', '/status']) {
    assert.equal((await fetch(`${server.url}/api/v1${path}`)).status, 401, path);
  }
  for (const path of ['/account', '/portal/x']) {
    assert.ok([303, 404].includes((await fetch(`${server.url}${path}`, { redirect: 'manual' })).status), path);
  }
  const wrong = await choose(server, 'not-the-token', 'Eve');
  assert.deepEqual([wrong.status, wrong.browser.cookie(CONSOLE_COOKIE)], [404, undefined]);
  const loose = await openBrowser().post(
    `${server.url}/first-run`,
    { token: await ownerToken(server), name: 'Eve', password: PASSWORD },
    { 'sec-fetch-site': 'cross-site' },
  );
  assert.equal(loose.status, 403);
  assert.equal(await server.services.peopleParts.people.hasOwner(), false);
});

test('of many who use two links at once one becomes owner, and the others are told why they did not', async (t) => {
  const server = await openServer(t, tempFolder(t));
  const oneTime = createOneTime(server.services.store.signIn, Date.now);
  // Two servers on one database that start at the same moment may each have printed one.
  const tokens = [await ownerToken(server), await oneTime.make('ownerLink', {}, 60_000)];
  const tries = await Promise.all(
    Array.from({ length: 6 }, (_, at) => choose(server, tokens[at % 2] ?? '', `Owner ${at}`)),
  );
  const losers = tries.filter(({ status }) => status !== 303);
  assert.equal(losers.length, 5);
  for (const { status, text, browser } of losers) {
    const words = status === 409 ? /somebody else has become the owner already/ : /this link was used, or has ended/;
    assert.match(text, words);
    assert.equal(browser.cookie(CONSOLE_COOKIE), undefined);
  }
  assert.ok(
    losers.some(({ status }) => status === 409),
    'they did meet',
  );
  const people = await server.services.peopleParts.people.list();
  assert.deepEqual(
    people.map(({ role }) => role),
    ['owner'],
  );
  for (const token of tokens) assert.equal((await fetch(`${server.url}/first-run?token=${token}`)).status, 404);
});

test('a link that was printed makes nobody once somebody else is owner, and a name that is taken leaves it good', async (t) => {
  const server = await openServer(t, tempFolder(t));
  const token = await ownerToken(server);
  await server.ask('POST', '/people', { name: 'Ann', role: 'auditor' });
  const taken = await choose(server, token, ' ANN ');
  assert.deepEqual([taken.status, /there is a person/.test(taken.text)], [422, true]);
  assert.match(taken.text, /name="name"[^>]* value=" ANN "/, 'what was typed stays');
  assert.equal(taken.text.includes(PASSWORD), false);
  assert.equal((await fetch(`${server.url}/first-run?token=${token}`)).status, 200);
  const invited = await server.ask('POST', '/people', { name: 'Bob', role: 'owner' });
  assert.equal((await fetch(`${server.url}/first-run?token=${token}`)).status, 404);
  assert.equal((await choose(server, token, 'Eve')).status, 409);
  const bob = await choose(server, tokenOf(String(invited.body['link'])), '');
  assert.deepEqual([bob.status, bob.location], [303, '/'], 'somebody invited is not asked to set up');
});

test('the first owner goes on setting up while nothing is here, and not after a start that has chosen', async (t) => {
  const empty = await openServer(t, tempFolder(t));
  assert.equal((await choose(empty, await ownerToken(empty), 'Ada')).location, '/welcome');

  const chosen = await openServer(t, tempFolder(t));
  await chosen.services.firstRun.skip();
  assert.equal((await choose(chosen, await ownerToken(chosen), 'Ada')).location, '/');

  const filled = await openServer(t, tempFolder(t));
  await filled.ask('POST', '/providers', { profile: 'generic', title: 'T' });
  assert.equal((await choose(filled, await ownerToken(filled), 'Ada')).location, '/');
});

test('the link of the owner lives for an hour', async (t) => {
  const server = await openServer(t, tempFolder(t));
  const token = await ownerToken(server);
  const later = (ms: number) => createOneTime(server.services.store.signIn, () => Date.now() + ms);
  assert.notEqual(await later(3_500_000).peek('ownerLink', token), undefined);
  assert.equal(await later(3_600_001).peek('ownerLink', token), undefined);
});
