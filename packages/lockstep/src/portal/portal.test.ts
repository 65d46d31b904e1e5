import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { profiles } from '@lockstep/gallery';
import { type AskAdmin, openServer } from '../../test/admin-client.ts';
import { openBrowser } from '../../test/browser.ts';
import { type PortalClient, portalClient } from '../../test/portal-client.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { portalCookie } from '../people/cookie.ts';
import { hashSecretText } from '../people/secret-text.ts';
import type { RunningServer } from '../server/start-server.ts';

interface Opened {
  readonly server: RunningServer & { readonly ask: AskAdmin };
  readonly id: string;
  readonly portal: string;
  readonly scimUrl: string;
  /** An administrator who came by the operator's link. */
  readonly admin: PortalClient;
  scim(token: string, method: string, path: string, body?: object): Promise<Response>;
}

async function openPortal(t: TestContext, profile: string, title = 'Lumen'): Promise<Opened> {
  const server = await openServer(t, tempFolder(t));
  const { body } = await server.ask('POST', '/providers', { profile, title });
  const id = String(body['id']);
  const portal = `${server.url}/portal/${id}`;
  const scimUrl = String(body['scimUrl']).replace(/\/$/, '');
  return {
    server,
    id,
    portal,
    scimUrl,
    admin: await enter(server, id),
    scim: (token, method, path, sent) =>
      fetch(`${scimUrl}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
        ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
      }),
  };
}

async function enter(server: Opened['server'], id: string): Promise<PortalClient> {
  const made = await server.ask('POST', `/providers/${id}/portal/link`);
  const token = new URL(String(made.body['link'])).searchParams.get('token') ?? '';
  const client = portalClient(openBrowser(), `${server.url}/portal/${id}`);
  assert.equal((await client.send('/enter', { token })).status, 303);
  return client;
}

for (const profile of Object.values(profiles)) {
  test(`every page of ${profile.title} is whole, labelled and without scripts`, async (t) => {
    const { admin, server, id } = await openPortal(t, profile.id, 'A <script>alert(1)</script> "B"');
    await server.services.provider.admin.addLocalAccount(id, { resource: { userName: '<b>eva</b>' } });
    for (const path of ['', ...profile.portal.map((page) => `/${page.path}`)]) {
      const text = await admin.page(path);
      assert.equal(text.match(/<h1>/g)?.length, 1, path);
      assert.match(
        text,
        /<html lang="en">[\s\S]*<a class="skip-link" href="#main">[\s\S]*<nav [\s\S]*<main id="main">/,
      );
      assert.doesNotMatch(text, /<script|<b>eva|style="|onclick/, path);
      const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, one]) => one);
      assert.equal(new Set(ids).size, ids.length, `${path}: an id is there twice`);
      const labelled = new Set([...text.matchAll(/<label[^>]* for="([^"]+)"/g)].map(([, one]) => one));
      const inputs = [...text.matchAll(/<(?:input|textarea|select)(?![^>]*type="hidden")[^>]* id="([^"]+)"/g)];
      for (const [, one] of inputs) assert.ok(labelled.has(one), `${path}: ${one} has no label`);
      const told = [...text.matchAll(/aria-(?:describedby|labelledby)="([^"]+)"/g)].flatMap(([, one = '']) =>
        one.split(' '),
      );
      for (const one of told) assert.ok(ids.includes(one), `${path}: ${one} describes nothing`);
      for (const { trail } of profile.portal.filter((page) => `/${page.path}` === path)) {
        for (const word of trail) assert.ok(text.includes(`<li>${word}</li>`), `${path}: ${word}`);
      }
    }
  });
}

test('a link of the operator opens one tenant, once, and only from a page of this server', async (t) => {
  const { server, id, portal } = await openPortal(t, 'generic');
  const other = await server.ask('POST', '/providers', { profile: 'generic', title: 'Other' });
  const made = await server.ask('POST', `/providers/${id}/portal/link`);
  const token = new URL(String(made.body['link'])).searchParams.get('token') ?? '';
  const elsewhere = portalClient(openBrowser(), `${server.url}/portal/${String(other.body['id'])}`);
  assert.equal((await elsewhere.send('/enter', { token })).status, 404);
  const browser = openBrowser();
  assert.match(await (await browser.get(String(made.body['link']))).text(), /Go on/);
  const loose = await browser.post(`${portal}/enter`, { token }, { 'sec-fetch-site': 'cross-site' });
  assert.equal(loose.status, 403);
  assert.equal((await browser.post(`${portal}/enter`, { token })).status, 303);
  assert.match(browser.cookie(portalCookie(id)) ?? '', /./);
  assert.equal((await browser.get(`${portal}/users`)).status, 200);
  assert.equal((await openBrowser().post(`${portal}/enter`, { token })).status, 404);
  const form = await browser.post(`${portal}/connection/accessKey/generate`, {}, { 'sec-fetch-site': 'cross-site' });
  assert.equal(form.status, 403);
  const foreign = await browser.get(`${server.url}/portal/${String(other.body['id'])}/users`);
  assert.equal(foreign.headers.get('location'), `/portal/${String(other.body['id'])}/sign-in`);
  assert.equal(
    await server.services.store.audit.list({ limit: 100 }).then((list) => JSON.stringify(list).includes(token)),
    false,
  );
});

test('whoever is not in is sent to sign in from everywhere, and odd paths lead nowhere', async (t) => {
  const { portal, id } = await openPortal(t, 'generic');
  const stranger = openBrowser();
  for (const path of ['', '/', '/users', '/roles', '/administrators', '/no-such-page', '/users/members/add']) {
    assert.equal((await stranger.get(`${portal}${path}`)).status, 303, path);
  }
  const posted = await stranger.post(`${portal}/connection/accessKey/generate`, {});
  assert.equal(posted.headers.get('location'), `/portal/${id}/sign-in`);
  const odd = [
    '/%75sers',
    '/users%2f',
    '/Users',
    '/users.',
    '/users;x',
    '//users',
    '/users/',
    '/__proto__',
    '/constructor',
    '/users/members/constructor',
    '/users/__proto__/toString',
  ];
  for (const path of odd) {
    const answer = await fetch(`${portal}${path}`, { redirect: 'manual' });
    assert.ok([303, 404].includes(answer.status), `${path}: ${answer.status}`);
  }
});

test('an administrator with a password chooses it by link, and guessing is slowed down', async (t) => {
  const { server, id, portal } = await openPortal(t, 'generic');
  const made = await server.ask('POST', `/providers/${id}/portal/administrators`, { name: 'Ada' });
  const twin = await server.ask('POST', `/providers/${id}/portal/administrators`, { name: ' ADA ' });
  assert.equal(twin.status, 409);
  const token = new URL(String(made.body['link'])).searchParams.get('token') ?? '';
  const ada = portalClient(openBrowser(), portal);
  const weak = await ada.send('/password', { token, password: 'short' });
  assert.deepEqual([weak.status, weak.alert], [422, 'the password has to have 12 to 256 characters']);
  assert.equal((await ada.send('/password', { token, password: 'correct horse battery' })).status, 303);
  assert.match(await ada.page('/administrators'), /Ada/);
  assert.equal(
    (await portalClient(openBrowser(), portal).send('/password', { token, password: 'correct horse battery' })).status,
    404,
  );
  const back = portalClient(openBrowser(), portal);
  const wrong = await back.send('/sign-in/administrator', { name: 'ada', password: 'wrong horse battery' });
  assert.deepEqual([wrong.status, wrong.alert], [401, 'Name or password is wrong.']);
  const signedIn = await back.send('/sign-in/administrator', { name: 'ada', password: 'correct horse battery' });
  assert.equal(signedIn.status, 303);
  for (let attempt = 0; attempt < 6; attempt += 1)
    await back.send('/sign-in/administrator', { name: 'eve', password: 'x' });
  assert.equal((await back.send('/sign-in/administrator', { name: 'eve', password: 'x' })).status, 429);
  const removed = await server.ask('DELETE', `/providers/${id}/portal/administrators/${String(made.body['id'])}`);
  assert.equal(removed.status, 204);
  assert.match((await back.send('/administrators/administrators/add', { name: 'Bob' })).text, /Sign in to Lumen/);
});

test('a setup link opens the connection and nothing else, once, until it is revoked', async (t) => {
  const { server, id, portal, scim } = await openPortal(t, 'generic');
  const made = await server.ask('POST', `/providers/${id}/setup-links`, { label: 'IT of Lumen', hours: 48 });
  const token = new URL(String(made.body['link'])).searchParams.get('token') ?? '';
  const browser = openBrowser();
  // A program that looks at links in mails does not use it up.
  assert.match(await (await browser.get(String(made.body['link']))).text(), /For IT of Lumen/);
  const it = portalClient(browser, portal);
  assert.equal((await it.send('/setup', { token })).status, 303);
  assert.match(await it.page(''), /Set up Generic SCIM 2.0/);
  const key = await it.send('/connection/accessKey/generate');
  assert.equal((await scim(key.shownOnce, 'GET', '/Users')).status, 200);
  for (const path of ['/users', '/roles', '/administrators']) {
    assert.equal((await browser.get(`${portal}${path}`)).status, 404, path);
  }
  assert.equal((await browser.post(`${portal}/users/members/add`, { userName: 'x' })).status, 404);
  const values = { protocol: 'oidc', clientId: 'c', clientSecret: 'a client secret', issuer: 'https://idp.example' };
  assert.equal((await it.send('/single-sign-on/signOn/save', values)).status, 303);
  const test = await it.send('/single-sign-on/signOn/test');
  assert.match(test.shownOnce, /\/sign-in\/start\?test=/);
  const enforced = await it.send('/single-sign-on/signOn/state', { to: 'enforced' });
  assert.match(enforced.alert, /only an administrator may do this/);
  assert.equal((await portalClient(openBrowser(), portal).send('/setup', { token })).status, 404);
  const links = await server.ask('GET', `/providers/${id}/setup-links`);
  assert.equal(JSON.stringify(links.body).includes(token), false);
  const audit = JSON.stringify(await server.services.store.audit.list({ limit: 100 }));
  assert.match(audit, /setup link IT of Lumen[^"]*","action":"signed in by setupLink"/);
  assert.match(audit, /Secret token made/);
  assert.equal(audit.includes(token) || audit.includes(key.shownOnce), false);
  const revoked = await server.ask('DELETE', `/providers/${id}/setup-links/${String(made.body['id'])}`);
  assert.equal(revoked.status, 204);
  assert.equal((await browser.get(`${portal}/connection`)).status, 303);
});

test('a setup link that has ended opens nothing, and ends what it opened', async (t) => {
  const { server, id, portal } = await openPortal(t, 'generic');
  const { services } = server;
  const ended = {
    tenantId: id,
    label: 'l',
    createdBy: 'x',
    createdMs: 1,
    expiresMs: 2,
    openedMs: null,
    revokedMs: null,
  };
  await services.store.portal.addSetupLink({ ...ended, id: 'old', hash: hashSecretText('old') });
  assert.equal((await portalClient(openBrowser(), portal).send('/setup', { token: 'old' })).status, 404);
  const who = { kind: 'portal', tenantId: id, method: 'setupLink', roles: [], address: '', agent: '' } as const;
  const open = async (subject: string): Promise<number> => {
    const { token } = await services.peopleParts.sessions.open({ ...who, subject });
    const cookie = `${portalCookie(id)}=${token}`;
    return (await fetch(`${portal}/connection`, { headers: { cookie }, redirect: 'manual' })).status;
  };
  assert.equal(await open('setup:old'), 303);
  await services.store.portal.addSetupLink({
    ...ended,
    id: 'new',
    hash: hashSecretText('new'),
    expiresMs: Date.now() * 2,
  });
  assert.equal(await open('setup:new'), 200);
});

test('accounts: local ones are added and edited, what the directory leads is refused, the last administrator stays', async (t) => {
  const { admin, server, id, scim } = await openPortal(t, 'zenvoices');
  const key = (await admin.send('/settings/accessKey/generate')).shownOnce;
  const led = await scim(key, 'POST', '/Users', { userName: 'eva@x.org', roles: [{ value: 'Viewer' }] });
  const { id: evaId } = (await led.json()) as { readonly id: string };
  const added = await admin.send('/users/members/add', {
    userName: 'bob',
    email: 'x',
    emails: 'bob@x.org',
    givenName: 'Bob',
  });
  assert.match(added.text, /Added\./);
  const list = await admin.page('/users');
  assert.match(list, /2 in all, beside the fixed Admin/);
  assert.match(
    list,
    />eva@x\.org<\/a><\/th><td><span class="badge success">Active<\/span><\/td><td>Directory<\/td><td>Viewer</,
  );
  const card = await admin.page(`/users?account=${String(evaId)}`);
  assert.match(card, /The directory leads this account/);
  assert.match(card, /name="givenName" readonly/);
  const refused = await admin.send('/users/members/edit', { account: String(evaId), givenName: 'Eve' });
  assert.deepEqual(
    [refused.status, refused.alert],
    [422, 'name is led by the directory: change it there, and it arrives with the next cycle'],
  );
  assert.match(
    (await admin.send('/users/members/remove', { account: String(evaId) })).alert,
    /take it away there first/,
  );
  const taken = await admin.send('/users/members/add', { userName: 'ADMIN' });
  assert.match(taken.alert, /The Admin user is fixed/);
  const bob = (await server.services.provider.admin.accounts(id, { limit: 10, search: 'bob' })).items[0];
  assert.deepEqual(bob?.resource['name'], { givenName: 'Bob' });
  await admin.send('/users/members/roles', { account: bob?.id ?? '', role: 'Uploader' });
  const edited = await server.services.provider.admin.account(id, bob?.id ?? '');
  assert.deepEqual([edited?.roles, edited?.resource['emails']], [['Uploader'], [{ value: 'bob@x.org', type: 'work' }]]);
  await scim(key, 'DELETE', `/Users/${String(evaId)}`);
  assert.match(await admin.page('/users'), />eva@x\.org<\/a><\/th><td><span class="badge warning">Inactive/);
  assert.match((await admin.send('/users/members/remove', { account: String(evaId) })).text, /Removed\./);
});

test('roles are titled, mapped and tried out before they count', async (t) => {
  const { admin, server, id } = await openPortal(t, 'generic');
  const { provider } = server.services;
  await provider.admin.addLocalAccount(id, { resource: { userName: 'eva', roles: [{ value: 'IT' }] } });
  const tried = await admin.page('/roles?preview=1&value=IT&try=Boss,Clerk');
  assert.match(tried, /<th scope="row">eva<\/th><td>IT<\/td><td>IT<\/td><td>Boss, Clerk<\/td>/);
  assert.deepEqual((await provider.admin.roleTable(id)).rules, []);
  await admin.send('/roles/roles/add', { name: 'Boss', title: 'The boss', isAdministrator: 'on' });
  await admin.send('/roles/roles/rule', { value: 'IT', roles: 'Boss' });
  assert.match(await admin.page('/users'), /The boss<\/td><td>Administrator</);
  const last = await admin.send('/roles/roles/unrule', { value: 'IT' });
  assert.match(last.alert, /nobody would administrate Lumen/);
  assert.match((await admin.send('/roles/roles/add', { name: 'Boss' })).alert, /There is a role/);
});

test('settings that stay in the app are kept there, for the tenant and for each person', async (t) => {
  const { admin, server, id } = await openPortal(t, 'zenvoices');
  await admin.send('/environment/localSettings/save', {
    environmentName: 'Noord',
    language: 'nl',
    mailOnNewInvoice: 'on',
  });
  const wrong = await admin.send('/environment/localSettings/save', { environmentName: 'X', language: 'xx' });
  assert.match(wrong.alert, /choose one of the list/);
  await admin.send('/my-settings/ownSettings/save', { language: 'de' });
  const { portal } = server.services.store;
  assert.deepEqual(await portal.localValues(id, ''), {
    environmentName: 'Noord',
    language: 'nl',
    mailOnNewInvoice: 'on',
  });
  assert.deepEqual(await portal.localValues(id, 'operator'), { language: 'de', notifyApproval: 'off' });
});
