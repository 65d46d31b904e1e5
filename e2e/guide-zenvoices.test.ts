import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBrowser } from '../packages/lockstep/test/browser.ts';
import { CLIENT_SECRET, openDirectory, TID } from '../packages/lockstep/test/oidc-directory.ts';
import { portalClient } from '../packages/lockstep/test/portal-client.ts';
import { accountOf, type Loose, openGuide, timeToEnd } from './guide/open-guide.ts';

const PEOPLE = `userPrincipalName,displayName,givenName,surname,mail,jobTitle
eva@x.example,Eva Lind,Eva,Lind,eva@x.example,Clerk
mo@x.example,Mo Berg,Mo,Berg,mo@x.example,Clerk
`;
const DAY_MS = 86_400_000;
const roleNames = (account: Loose): readonly string[] => account.roles.map((role: Loose) => role.value).toSorted();

test('the guide of Zenvoices, step by step', async (t) => {
  const guide = await openGuide(t);
  const { run } = guide;
  guide.write('people.csv', PEOPLE);
  await run('directory', 'import', 'people.csv');
  const zenvoices = await guide.makeTenant('zenvoices', 'Zenvoices');
  const { objectId } = (await run('directory', 'get', 'eva@x.example')).entry;

  // The Admin user, fixed; and users that exist in the app.
  const { link } = await run('provider', 'portal', 'add-admin', 'Zenvoices', 'Admin');
  const browserOfAdmin = openBrowser();
  const admin = portalClient(browserOfAdmin, zenvoices.portal);
  const password = 'correct horse battery';
  await admin.send('/password', { token: new URL(link).searchParams.get('token') ?? '', password });
  await admin.send('/users/members/add', { userName: 'eva.local', emails: 'Eva@x.example', givenName: 'E' });
  assert.match(await admin.page('/users'), /1 in all, beside the fixed Admin/);

  // Management > Environment > Settings > tab Microsoft Entra ID.
  const page = await admin.page('/settings');
  assert.match(page, /<li>Management<\/li>\s*<li>Environment<\/li>\s*<li>Settings<\/li>/);
  assert.match(page, /<a href="[^"]*\/settings" aria-current="page">Microsoft Entra ID<\/a>/);
  for (const label of [
    'Application (client) ID',
    'Directory (tenant) ID',
    'Client secret',
    'Client secret: expires on',
    'Redirect URL',
    'Environment ID',
    'SCIM access key',
  ]) {
    assert.ok(page.replaceAll('&#40;', '(').includes(label), label);
  }
  assert.ok(page.includes(`<p class="copy">${zenvoices.portal}/oidc/callback</p>`));
  assert.ok(page.includes(`<p class="copy">${zenvoices.id}</p>`));
  const directory = await openDirectory(t, () => `${zenvoices.portal}/oidc/callback`);
  directory.person = { ...directory.person, oid: objectId, roles: ['Uploader', 'Nobody'] };
  const expires = new Date(Date.now() + 10 * DAY_MS).toISOString().slice(0, 10);
  const values = {
    protocol: 'oidc',
    clientId: 'lockstep',
    directoryTenantId: TID,
    clientSecret: CLIENT_SECRET,
    secretExpires: expires,
    issuer: directory.issuer,
  };
  // The access key must be set.
  const early = await admin.send('/settings/signOn/save', values);
  assert.match(early.alert, /SCIM access key must be set: choose Generate access key first/);
  assert.ok(early.text.includes(`value="${TID}"`) && !early.text.includes(CLIENT_SECRET));
  const first = (await admin.send('/settings/accessKey/generate')).shownOnce;
  const key = (await admin.send('/settings/accessKey/generate')).shownOnce;
  assert.equal((await zenvoices.scim(first, 'GET', '/Users')).status, 401);
  assert.equal((await admin.page('/settings')).includes(key), false);
  const saved = await admin.send('/settings/signOn/save', values);
  assert.match(saved.text, /Saved\.[\s\S]*The client secret expires/);
  assert.equal(saved.text.includes(CLIENT_SECRET), false);
  const sso = await run('provider', 'sso', 'show', 'Zenvoices');
  assert.deepEqual([sso.warnings, sso.secretExpiresAt.slice(0, 10)], [['the secret ends within 30 days'], expires]);

  // A request without the access key is refused.
  const bare = await fetch(`${zenvoices.scimUrl}/Users`);
  assert.equal(bare.status, 401);
  assert.match(await bare.text(), /mandatory since 22 December 2025/);

  // Own app: Tenant URL /api/scim/entra/{environment ID}; Test Connection; groups off; mapping and role expression.
  assert.ok(zenvoices.scimUrl.endsWith(`/api/scim/entra/${zenvoices.id}`));
  await guide.addApp({ name: 'Invoices', template: 'zenvoices', tenantUrl: zenvoices.scimUrl, token: key });
  assert.equal((await run('app', 'test', 'Invoices')).isOk, true);
  const mapped = await run('mapping', 'list', 'Invoices');
  assert.match(JSON.stringify(mapped), /AssertiveAppRoleAssignmentsComplex\(\[appRoleAssignments\]\)/);

  // Roles: a list in the app; values with commas; assigned in the directory.
  await admin.send('/roles/roles/role', { role: 'Uploader', name: 'Uploader', title: 'Uploads invoices' });
  assert.match((await admin.send('/roles/roles/add', { name: 'Two words' })).alert, /no name of a role/);
  await run('role', 'add', 'Invoices', 'Uploader,Authorizer', '--name', 'Uploads and authorizes');
  await run('role', 'add', 'Invoices', 'Nobody');
  await run('directory', 'assign', 'Invoices', 'eva@x.example', '--role', 'Uploader,Authorizer');

  // Linking by unique e-mail address: same user, the name becomes the address, the directory leads.
  const local = (await run('provider', 'account', 'list', 'Zenvoices')).items[0];
  await run('provision', 'Invoices', 'eva@x.example');
  const eva = await accountOf(zenvoices, key, 'eva@x.example');
  assert.equal(eva.id, local.id);
  assert.deepEqual(
    [eva.userName, eva.externalId, roleNames(eva)],
    ['eva@x.example', objectId, ['Authorizer', 'Uploader']],
  );
  assert.match(await admin.page('/users'), /Uploads invoices, Authorizer|Authorizer, Uploads invoices/);
  const edit = await admin.send('/users/members/edit', { account: eva.id, givenName: 'X' });
  assert.match(edit.alert, /name is led by the directory/);
  assert.match((await admin.send('/users/members/add', { userName: 'Admin' })).alert, /The Admin user is fixed/);

  // An unknown role: a clear error in the log, and the person keeps what they had.
  await run('directory', 'assign', 'Invoices', 'eva@x.example', '--role', 'Nobody');
  await run('sync', 'Invoices', '--wait');
  assert.match(JSON.stringify((await run('logs', 'Invoices', '--status', 'failure')).items ?? []), /Nobody/);
  assert.deepEqual(roleNames(await accountOf(zenvoices, key, 'eva@x.example')), ['Authorizer', 'Uploader']);
  await run('directory', 'unassign', 'Invoices', 'eva@x.example', '--role', 'Nobody');
  await run('sync', 'Invoices', '--wait');

  // Sign-in: test, then Activate; from then on only the directory button, but for the fixed Admin.
  const start = (await admin.send('/settings/signOn/test')).shownOnce;
  const tested = await (await openBrowser().follow(start)).response?.text();
  assert.match(tested ?? '', /test sign-in succeeded[\s\S]*Uploader[\s\S]*Unknown roles<\/dt><dd>Nobody/);
  const other = await run('provider', 'portal', 'add-admin', 'Zenvoices', 'Ada');
  const ada = portalClient(openBrowser(), zenvoices.portal);
  await ada.send('/password', { token: new URL(other.link).searchParams.get('token') ?? '', password });
  const activated = await admin.send('/settings/signOn/state', { to: 'enforced' });
  assert.match(activated.text, /Activated: from now on signing in is possible only with the directory/);
  assert.match((await ada.send('/users/members/add', { userName: 'x' })).text, /Sign in with your organization/);
  assert.match(
    (await ada.send('/sign-in/administrator', { name: 'Ada', password })).alert,
    /single sign-on is enforced/,
  );
  const back = portalClient(openBrowser(), zenvoices.portal);
  assert.equal((await back.send('/sign-in/administrator', { name: 'admin', password })).status, 303);
  const browser = openBrowser();
  assert.equal((await browser.follow(`${zenvoices.portal}/sign-in/start`)).url, zenvoices.portal);
  assert.match(await (await browser.get(zenvoices.portal)).text(), /Roles from the directory: Uploader, Authorizer/);
  assert.equal((await browser.get(`${zenvoices.portal}/settings`)).status, 404);

  // A changed address changes no sign-in: the person is known by object id, and nobody else is let in by the address.
  await run('directory', 'set', 'eva@x.example', 'mail=thief@x.example');
  await run('sync', 'Invoices', '--wait');
  const person = directory.person;
  directory.person = { ...person, oid: 'bbbbbbbb-0000-4000-8000-000000000001', email: 'thief@x.example' };
  const thief = await openBrowser().follow(`${zenvoices.portal}/sign-in/start`);
  assert.equal(thief.response?.status, 403);
  directory.person = person;

  // What stays in the app: notifications and language of each person, settings of the environment.
  const own = portalClient(browser, zenvoices.portal);
  assert.match(
    (await own.send('/my-settings/ownSettings/save', { language: 'nl', notifyApproval: 'on' })).text,
    /Saved\./,
  );
  await admin.send('/environment/localSettings/save', { environmentName: 'Lumen', language: 'nl' });
  await run('sync', 'Invoices', '--wait', '--restart', 'full');
  assert.match(await own.page('/my-settings'), /<option value="nl" selected>/);
  assert.match(await admin.page('/environment'), /value="Lumen"/);

  // Leaving: removed in the directory, inactive in the app and out within a second; then removed in the app as well.
  await run('directory', 'unassign', 'Invoices', 'eva@x.example');
  await run('sync', 'Invoices', '--wait');
  const { refusedMs, goneMs } = await timeToEnd(guide, zenvoices, browser);
  t.diagnostic(`session refused after ${refusedMs} ms, gone after ${goneMs} ms`);
  assert.ok(refusedMs < 1_000 && goneMs < 1_000, `${refusedMs} ms, ${goneMs} ms`);
  await run('directory', 'remove', 'eva@x.example', '--permanent');
  await run('sync', 'Invoices', '--wait');
  const left = (await zenvoices.scim(key, 'GET', `/Users/${eva.id}`)).json;
  assert.equal(left.active, false);
  assert.match(await admin.page('/users'), /badge warning">Inactive/);
  assert.match((await admin.send('/users/members/remove', { account: eva.id })).text, /Removed\./);
  // The Admin user is never touched.
  assert.equal((await browserOfAdmin.get(`${zenvoices.portal}/settings`)).status, 200);
});
