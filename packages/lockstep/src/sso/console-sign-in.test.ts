import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type AskAdmin, openServer } from '../../test/admin-client.ts';
import { type Browser, openBrowser } from '../../test/browser.ts';
import { CLIENT_SECRET, type Directory, OID, openDirectory, TID } from '../../test/oidc-directory.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { CONSOLE_COOKIE } from '../people/cookie.ts';
import type { RunningServer } from '../server/start-server.ts';

interface Setup {
  readonly server: RunningServer & { readonly ask: AskAdmin };
  readonly directory: Directory;
  /** Signs in with a browser; gives the status of the page behind it. */
  signIn(browser?: Browser): Promise<number>;
}

const ROLES = { owner: ['Lockstep.Owner'], administrator: ['Lockstep.Admin'], auditor: ['Lockstep.Reader'] };

async function setUp(t: TestContext): Promise<Setup> {
  const server = await openServer(t, tempFolder(t));
  const directory = await openDirectory(t, () => `${server.url}/sign-in/oidc/callback`);
  const settings = { issuer: directory.issuer, clientId: 'lockstep', directoryTenantId: TID };
  const saved = await server.ask('PUT', '/console-sign-in', { settings, roleValues: ROLES, secret: CLIENT_SECRET });
  assert.deepEqual([saved.status, saved.body['isOn']], [200, false]);
  assert.equal(JSON.stringify(saved.body).includes(CLIENT_SECRET), false);
  return {
    server,
    directory,
    signIn: async (browser = openBrowser()) => {
      const { response } = await browser.follow(`${server.url}/sign-in/oidc/start`);
      return response?.status ?? 0;
    },
  };
}

async function meOf({ server }: Setup, browser: Browser): Promise<unknown> {
  const cookie = `${CONSOLE_COOKIE}=${browser.cookie(CONSOLE_COOKIE) ?? ''}`;
  const answer = await fetch(`${server.url}/api/v1/me`, { headers: { cookie } });
  return answer.status === 200 ? answer.json() : answer.status;
}

test('people sign in to the console with the directory, once it is switched on, as what its roles say now', async (t) => {
  const setup = await setUp(t);
  const { server, directory, signIn } = setup;
  directory.person = { ...directory.person, roles: ['Lockstep.Reader', 'Other'] };
  assert.equal(await signIn(), 403);
  assert.doesNotMatch(await (await fetch(`${server.url}/sign-in`)).text(), /with your organization/);
  await server.ask('PUT', '/console-sign-in/state', { isOn: true });
  assert.match(
    await (await fetch(`${server.url}/sign-in`)).text(),
    /<label for="password">[\s\S]*with your organization/,
  );
  const browser = openBrowser();
  await signIn(browser);
  const me = await meOf(setup, browser);
  const eva = { name: 'person eva@x.example (directory)', role: 'auditor', permissions: ['read'] };
  assert.deepEqual(me, { ...eva, kind: 'person', hasPassword: false });
  directory.person = { ...directory.person, roles: ['Lockstep.Admin', 'Lockstep.Reader'] };
  await signIn(browser);
  assert.match(JSON.stringify(await meOf(setup, browser)), /"role":"administrator"/);
  const { body } = await server.ask('GET', '/people');
  assert.equal(JSON.stringify(body).match(/"hasPassword":false/g)?.length, 1);
  await server.ask('PUT', '/console-sign-in/state', { isOn: false });
  assert.equal(await meOf(setup, browser), 401);
});

test('whoever has no role of the console, is of another tenant, or brings a state of another browser stays out', async (t) => {
  const setup = await setUp(t);
  const { server, directory, signIn } = setup;
  await server.ask('PUT', '/console-sign-in/state', { isOn: true });
  const { person } = directory;
  directory.person = { ...person, roles: ['owner', 'Lockstep.Unknown'] };
  assert.equal(await signIn(), 403);
  directory.person = { ...person, roles: ['Lockstep.Owner'], tid: 'another' };
  assert.equal(await signIn(), 403);
  directory.person = { ...person, roles: ['Lockstep.Owner'] };
  const victim = openBrowser();
  const attacker = openBrowser();
  const stopped = await attacker.follow(`${server.url}/sign-in/oidc/start`, (url) => url.includes('/oidc/callback'));
  assert.equal((await victim.get(stopped.url)).status, 403);
  assert.equal((await attacker.get(stopped.url)).status, 403, 'a state is good once');
  const audit = JSON.stringify(await server.services.store.audit.list({ subject: 'console', limit: 20 }));
  assert.match(audit, /none of the roles from the directory/);
  assert.deepEqual((await server.ask('GET', '/people')).body['items'], []);
});

test('nobody with a password is taken over by a name, and the last owner is not made less', async (t) => {
  const setup = await setUp(t);
  const { server, directory, signIn } = setup;
  await server.ask('PUT', '/console-sign-in/state', { isOn: true });
  const link = (await server.services.peopleParts.people.ownerLink(server.url)) ?? '';
  const token = new URL(link).searchParams.get('token') ?? '';
  const ada = openBrowser();
  await ada.post(`${server.url}/first-run`, { token, name: 'eva@x.example', password: 'correct horse battery' });
  directory.person = { ...directory.person, roles: ['Lockstep.Owner'] };
  const eva = openBrowser();
  await signIn(eva);
  assert.equal((await server.services.store.people.listPeople()).length, 2);
  assert.match(JSON.stringify(await meOf(setup, ada)), /"name":"person eva@x.example"/);
  const [first, second] = await server.services.store.people.listPeople();
  const local = first?.password === null ? second : first;
  assert.equal((await server.ask('DELETE', `/people/${local?.id}`)).status, 204);
  directory.person = { ...directory.person, roles: ['Lockstep.Reader'] };
  assert.equal(await signIn(eva), 403);
  assert.equal(
    (await server.services.store.signIn.pin('@console', JSON.stringify([directory.issuer, TID, OID])))?.linkedBy,
    'directory',
  );
});

test('setting it up is for owners', async (t) => {
  const { server } = await setUp(t);
  const { body } = await server.ask('POST', '/keys', { label: 'a', role: 'administrator' });
  const headers = { authorization: `Bearer ${String(body['key'])}`, 'content-type': 'application/json' };
  for (const method of ['GET', 'DELETE']) {
    assert.equal((await fetch(`${server.url}/api/v1/console-sign-in`, { method, headers })).status, 403, method);
  }
});

test('a test sign-in tells what somebody would be or why it fails, once, also while it is off, and opens nothing', async (t) => {
  const setup = await setUp(t);
  const { server, directory } = setup;
  const makeLink = async (): Promise<string> => {
    const { status, body } = await server.ask('POST', '/console-sign-in/test-link');
    assert.equal(status, 201);
    return String(body['link']);
  };
  const visit = async (link: string, browser: Browser): Promise<readonly [number, string]> => {
    const { response } = await browser.follow(link);
    return [response?.status ?? 0, (await response?.text()) ?? ''];
  };
  const browser = openBrowser();
  directory.person = { ...directory.person, roles: ['Lockstep.Admin', 'Other'] };
  const link = await makeLink();
  const [status, page] = await visit(link, browser);
  assert.equal(status, 200);
  assert.match(page, /vouched for eva@x\.example, who would be administrator here/);
  assert.match(page, /Roles of the token: Lockstep\.Admin, Other/);
  assert.equal(browser.cookie(CONSOLE_COOKIE), undefined);
  assert.deepEqual((await server.ask('GET', '/people')).body['items'], []);
  assert.match(String((await server.ask('GET', '/console-sign-in')).body['testedAt']), /^20\d\d-/);
  const [again, generic] = await visit(link, openBrowser());
  assert.deepEqual(
    [again, /test link/.test(generic)],
    [403, false],
    'a link is good once, and the reason is not shown',
  );

  directory.person = { ...directory.person, roles: ['Other'] };
  const [failed, why] = await visit(await makeLink(), browser);
  assert.equal(failed, 422);
  assert.match(why, /none of the roles from the directory \(Other\) is one of the console/);
  const late = await makeLink();
  const settings = { issuer: 'http://127.0.0.1:1/nobody', clientId: 'lockstep' };
  await server.ask('PUT', '/console-sign-in', { settings, roleValues: ROLES, secret: CLIENT_SECRET });
  assert.equal((await visit(late, browser))[0], 403, 'a link belongs to the settings it was made for');
  assert.equal((await server.ask('GET', '/console-sign-in')).body['testedAt'], null);
  const [unreachable, reason] = await visit(await makeLink(), browser);
  assert.equal(unreachable, 422);
  assert.match(reason, /description cannot be read/);
  assert.equal((await server.ask('DELETE', '/console-sign-in')).status, 204);
  assert.equal((await server.ask('POST', '/console-sign-in/test-link')).status, 404);
});
