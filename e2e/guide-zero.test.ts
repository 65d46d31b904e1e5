import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBrowser } from '../packages/lockstep/test/browser.ts';
import { CLIENT_SECRET, openDirectory, TID } from '../packages/lockstep/test/oidc-directory.ts';
import { accountOf, openGuide, timeToEnd } from './guide/open-guide.ts';

const PEOPLE = `userPrincipalName,displayName,givenName,surname,jobTitle,telephoneNumber,department,companyName,mail,groups
eva@x.example,Eva Lind,Eva,Lind,Planner,+46 1,Sales,Lumen,eva@x.example,Planning
mo@x.example,Mo Berg,Mo,Berg,Clerk,,Sales,Lumen,mo@x.example,Planning
`;
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

test('the guide of Zero, step by step', async (t) => {
  const guide = await openGuide(t);
  const { run } = guide;
  guide.write('people.csv', PEOPLE);
  await run('directory', 'import', 'people.csv');
  const zero = await guide.makeTenant('zero', 'Zero');

  // The token is issued by the operator: the page says so, and has no button for it, not even when one is made up.
  const page = await zero.admin.page('/provisioning');
  assert.match(page, /the operator runs `lockstep provider token new`/);
  assert.match(page, /No token yet/);
  for (const path of ['operatorToken/generate', 'accessKey/generate', 'apiKey/generate', 'sources/token']) {
    assert.equal((await zero.adminBrowser.post(`${zero.portal}/provisioning/${path}`, {})).status, 404, path);
  }
  const { token } = await run('provider', 'token', 'new', 'Zero', '--label', 'for Lumen');
  assert.match(await zero.admin.page('/provisioning'), /Tokens that the operator made[\s\S]*for Lumen/);

  // Tenant URL .../scim/v2/, Secret Token, Test Connection.
  assert.match(zero.scimUrl, /\/scim\/v2\/$/);
  await guide.addApp({ name: 'Zero', template: 'zero', tenantUrl: zero.scimUrl, token });
  assert.equal((await run('app', 'test', 'Zero')).isOk, true);

  // The attribute table, with what is supported for filtering.
  assert.match(page, /<th scope="row">externalId<\/th><td>String<\/td><td>yes<\/td>/);
  assert.match(page, /<th scope="row">title<\/th><td>String<\/td><td><\/td>/);
  const users = (await run('mapping', 'list', 'Zero')).mappings.map((row: { target: string }) => row.target);
  assert.deepEqual(users.toSorted(), [
    'active',
    'externalId',
    'name.familyName',
    'name.givenName',
    'phoneNumbers[type eq "work"].value',
    'title',
    `${ENTERPRISE}:department`,
    `${ENTERPRISE}:organization`,
    'userName',
  ]);

  // Matching: whoever picks an attribute that is not filterable is refused, by the mapping and by the app.
  const match = await guide.refused('mapping', 'set', 'Zero', 'title', '--source', 'jobTitle', '--match', '1');
  assert.match(match, /filter/i);
  const searched = await zero.scim(token, 'GET', `/Users?filter=${encodeURIComponent('title eq "Planner"')}`);
  assert.equal(searched.status, 400);
  assert.match(searched.json.detail, /can be searched by userName and externalId/);
  for (const filter of ['userName eq "nobody"', 'externalId eq "nobody"']) {
    const answer = await zero.scim(token, 'GET', `/Users?filter=${encodeURIComponent(filter)}`);
    assert.deepEqual([answer.status, answer.json.totalResults], [200, 0]);
  }

  // Start small, then everyone; exactly the attributes of the table: no e-mail address, no display name.
  await run('directory', 'assign', 'Zero', 'eva@x.example');
  await run('provision', 'Zero', 'eva@x.example');
  const { objectId } = (await run('directory', 'get', 'eva@x.example')).entry;
  const {
    id,
    meta: _meta,
    schemas: _schemas,
    groups: _groups,
    ...kept
  } = await accountOf(zero, token, 'eva@x.example');
  assert.deepEqual(kept, {
    externalId: objectId,
    userName: 'eva@x.example',
    active: true,
    title: 'Planner',
    name: { givenName: 'Eva', familyName: 'Lind' },
    phoneNumbers: [{ value: '+46 1', type: 'work' }],
    [ENTERPRISE]: { department: 'Sales', organization: 'Lumen' },
  });
  await run('directory', 'assign', 'Zero', 'Planning');
  assert.equal((await run('sync', 'Zero', '--wait')).state, 'succeeded');
  const [planning] = (await zero.scim(token, 'GET', '/Groups')).json.Resources;
  assert.deepEqual([planning.displayName, planning.members.length], ['Planning', 2]);

  // Single sign-on (recommended): OpenID Connect, by a setup link that the directory's administrator was sent.
  const directory = await openDirectory(t, () => `${zero.portal}/oidc/callback`);
  directory.person = { ...directory.person, oid: objectId, tid: TID };
  const made = await run('provider', 'setup-link', 'new', 'Zero', '--for', 'IT of Lumen');
  const it = openBrowser();
  const opened = await it.post(`${zero.portal}/setup`, { token: new URL(made.link).searchParams.get('token') ?? '' });
  assert.equal(opened.status, 303);
  const values = {
    protocol: 'oidc',
    clientId: 'lockstep',
    directoryTenantId: TID,
    clientSecret: CLIENT_SECRET,
    issuer: directory.issuer,
  };
  assert.equal((await it.post(`${zero.portal}/single-sign-on/signOn/save`, values)).status, 303);
  const link = await (await it.post(`${zero.portal}/single-sign-on/signOn/test`, {})).text();
  const start = /class="button" href="([^"]+)"/.exec(link)?.[1]?.replaceAll('&#38;', '&') ?? '';
  const tested = await it.follow(start);
  assert.match((await tested.response?.text()) ?? '', /test sign-in succeeded/);
  await zero.admin.send('/single-sign-on/signOn/state', { to: 'enforced' });
  const browser = openBrowser();
  const { url } = await browser.follow(`${zero.portal}/sign-in/start`);
  assert.equal(url, zero.portal);

  // Removal is removal: the account goes, and its session within a second.
  await run('directory', 'remove', 'eva@x.example', '--permanent');
  await run('sync', 'Zero', '--wait');
  const { refusedMs, goneMs } = await timeToEnd(guide, zero, browser);
  t.diagnostic(`session refused after ${refusedMs} ms, gone after ${goneMs} ms`);
  assert.ok(refusedMs < 1_000 && goneMs < 1_000, `${refusedMs} ms, ${goneMs} ms`);
  assert.equal((await zero.scim(token, 'GET', `/Users/${id}`)).status, 404);
});
