import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBrowser } from '../packages/lockstep/test/browser.ts';
import { newIdpKey } from '../packages/lockstep/test/saml-idp.ts';
import { type SamlDirectory, samlSignIn } from '../packages/lockstep/test/saml-sign-in.ts';
import { accountOf, openGuide, timeToEnd } from './guide/open-guide.ts';

const PEOPLE = `userPrincipalName,displayName,givenName,surname,mail,preferredLanguage,telephoneNumber,manager,groups
eva@x.example,Eva Lind,Eva,Lind,eva@x.example,sv-SE,+46 1,mo@x.example,Quality
mo@x.example,Mo Berg,Mo,Berg,mo@x.example,,,,Quality
`;

test('the guide of Zenya, step by step', async (t) => {
  const guide = await openGuide(t);
  const { run } = guide;
  guide.write('people.csv', PEOPLE);
  await run('directory', 'import', 'people.csv');
  const zenya = await guide.makeTenant('zenya', 'Zenya');

  // Application Management > External user management: a list of providers; plus icon: Add provider.
  const page = await zenya.admin.page('/external-user-management');
  assert.match(page, /<li>Application Management<\/li>\s*<li>External user management<\/li>/);
  assert.match(page, /<h2[^>]*>Providers<\/h2>[\s\S]*There is none yet[\s\S]*<h3>Add provider<\/h3>/);
  assert.match(
    (await zenya.admin.send('/external-user-management/sources/add', { title: '' })).alert,
    /Give it a title/,
  );
  const form = { title: 'Microsoft Entra ID', addresses: '10.0.0.0/8, 127.0.0.1' };
  const added = await zenya.admin.send('/external-user-management/sources/add', form);
  assert.match(added.text, /Microsoft Entra ID<\/h3>[\s\S]*10\.0\.0\.0\/8, 127\.0\.0\.1/);
  const elsewhere = { title: 'Another directory', addresses: '203.0.113.0/24' };
  await zenya.admin.send('/external-user-management/sources/add', elsewhere);
  const wrong = await zenya.admin.send('/external-user-management/sources/add', { title: 'Third', addresses: 'here' });
  assert.match(wrong.alert, /"here" is no address range/);

  // Permanent token: copy it now, it is never shown again.
  const [own, other] = (await run('provider', 'source', 'list', zenya.id)).items;
  const shown = await zenya.admin.send('/external-user-management/sources/token', { source: own.id });
  const token = shown.shownOnce;
  assert.match(token, /^lks_/);
  assert.match(shown.text, /Copy it now: it is never shown again/);
  assert.equal((await zenya.admin.page('/external-user-management')).includes(token), false);
  const foreign = await zenya.admin.send('/external-user-management/sources/token', { source: other.id });
  assert.equal((await zenya.scim(foreign.shownOnce, 'GET', '/Users')).status, 403);

  // Provisioning: gallery app, Automatic, Tenant URL with /scim/ and Secret Token; Test Connection; a hint when it fails.
  assert.match(zenya.scimUrl, /\/zenya\/scim\/$/);
  await guide.addApp({ name: 'Zenya', template: 'zenya', tenantUrl: zenya.scimUrl, token: 'lks_wrong' });
  assert.match(await guide.refused('app', 'test', 'Zenya'), /needs administration rights in Zenya/);
  const notify = { mail: 'ops@x.example', onFailure: true };
  await guide.addApp({
    name: 'Zenya',
    template: 'zenya',
    tenantUrl: zenya.scimUrl,
    token,
    more: { notify, scope: 'assigned' },
  });
  assert.equal((await run('app', 'test', 'Zenya')).isOk, true);

  // Mappings: the attribute tables of the guide.
  const table = async (object: string): Promise<readonly string[]> =>
    (await run('mapping', 'list', 'Zenya', '--object', object)).mappings
      .map((row: { target: string }) => row.target)
      .toSorted();
  assert.deepEqual(await table('user'), [
    'active',
    'displayName',
    'emails[type eq "work"].value',
    'externalId',
    'phoneNumbers[type eq "work"].value',
    'preferredLanguage',
    'userName',
  ]);
  assert.deepEqual(await table('group'), ['displayName', 'externalId', 'members']);
  assert.match(
    await zenya.admin.page('/users'),
    /<th scope="row">phoneNumbers\[type eq &#34;work&#34;\]\.value<\/th><td>String<\/td><td><\/td>/,
  );

  // Start small: one user first, then everyone; users, groups and memberships.
  await run('directory', 'assign', 'Zenya', 'eva@x.example');
  await run('provision', 'Zenya', 'eva@x.example');
  const eva = await accountOf(zenya, token, 'eva@x.example');
  const { id: _id, meta: _meta, schemas: _schemas, groups: _groups, ...kept } = eva;
  const { objectId } = (await run('directory', 'get', 'eva@x.example')).entry;
  assert.deepEqual(kept, {
    externalId: objectId,
    userName: 'eva@x.example',
    active: true,
    displayName: 'Eva Lind',
    preferredLanguage: 'sv-SE',
    emails: [{ value: 'eva@x.example', type: 'work', primary: true }],
    phoneNumbers: [{ value: '+46 1', type: 'work' }],
  });
  assert.equal(await accountOf(zenya, token, 'mo@x.example'), undefined);
  await run('directory', 'assign', 'Zenya', 'Quality');
  assert.equal((await run('sync', 'Zenya', '--wait')).state, 'succeeded');
  const [quality] = (await zenya.scim(token, 'GET', '/Groups')).json.Resources;
  assert.deepEqual([quality.displayName, quality.members.length], ['Quality', 2]);

  // Attributes are kept in sync; a manager is read and left out, as the guide's change log says.
  await run('directory', 'set', 'eva@x.example', 'preferredLanguage=nl', 'telephoneNumber=+31 2');
  await run('sync', 'Zenya', '--wait');
  const synced = await accountOf(zenya, token, 'eva@x.example');
  assert.deepEqual([synced.preferredLanguage, synced.phoneNumbers[0].value], ['nl', '+31 2']);
  const manager = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
  const patched = await zenya.scim(token, 'PATCH', `/Users/${synced.id}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'Add', path: `${manager}:manager`, value: synced.id }],
  });
  assert.ok(patched.status < 300, JSON.stringify(patched));
  assert.equal((await accountOf(zenya, token, 'eva@x.example'))[manager], undefined);
  const refused = await zenya.admin.send('/users/members/edit', { account: synced.id, displayName: 'Eve' });
  assert.match(refused.alert, /displayName is led by the directory/);

  // The log says who was provisioned, and why somebody was not.
  const { items } = await run('logs', 'Zenya');
  assert.ok(items.length >= 3);

  // Single sign-on (recommended): SAML, tried before it is enforced.
  const key = newIdpKey();
  const person = { objectId, nameId: 'eva@x.example', roles: [] };
  const directory: SamlDirectory = { issuer: 'https://idp.example/entity', key, person };
  const values = {
    protocol: 'saml',
    idpEntityId: directory.issuer,
    idpSsoUrl: 'https://idp.example/sso',
    idpCertificates: key.publicPem,
  };
  assert.match(
    (await zenya.admin.send('/single-sign-on/signOn/save', { ...values, idpSsoUrl: 'x' })).alert,
    /https address is needed/,
  );
  const saved = await zenya.admin.send('/single-sign-on/signOn/save', values);
  assert.match(saved.text, /Being tested/);
  assert.match(
    (await zenya.admin.send('/single-sign-on/signOn/state', { to: 'enforced' })).alert,
    /a test sign-in has to succeed/,
  );
  const start = (await zenya.admin.send('/single-sign-on/signOn/test')).shownOnce;
  const tested = await samlSignIn(zenya.adminBrowser, start, { portal: zenya.portal, directory });
  assert.match(await tested.text(), /test sign-in succeeded/);
  await zenya.admin.send('/single-sign-on/signOn/state', { to: 'enforced' });
  const browser = openBrowser();
  assert.match(await (await browser.get(`${zenya.portal}/sign-in`)).text(), /Sign in with your organization/);
  const entered = await samlSignIn(browser, `${zenya.portal}/sign-in/start`, { portal: zenya.portal, directory });
  assert.equal(entered.status, 303);
  assert.match(await (await browser.get(zenya.portal)).text(), /You are in Zenya as eva@x\.example/);

  // Disabled: inactive in the app, and out within a second.
  await run('directory', 'set', 'eva@x.example', 'accountEnabled=false');
  await run('sync', 'Zenya', '--wait');
  const { refusedMs, goneMs } = await timeToEnd(guide, zenya, browser);
  t.diagnostic(`session refused after ${refusedMs} ms, gone after ${goneMs} ms`);
  assert.ok(refusedMs < 1_000 && goneMs < 1_000, `${refusedMs} ms, ${goneMs} ms`);
  assert.equal((await accountOf(zenya, token, 'eva@x.example')).active, false);

  // Removed for good: gone from the app and its groups.
  await run('directory', 'remove', 'eva@x.example', '--permanent');
  await run('sync', 'Zenya', '--wait');
  assert.equal(await accountOf(zenya, token, 'eva@x.example'), undefined);
  assert.equal((await zenya.scim(token, 'GET', `/Groups/${quality.id}`)).json.members.length, 1);

  // A provider that is removed takes its token along.
  await zenya.admin.send('/external-user-management/sources/remove', { source: own.id });
  assert.equal((await zenya.scim(token, 'GET', '/Users')).status, 401);
});
