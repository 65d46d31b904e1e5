import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBrowser } from '../packages/lockstep/test/browser.ts';
import { portalClient } from '../packages/lockstep/test/portal-client.ts';
import { newIdpKey } from '../packages/lockstep/test/saml-idp.ts';
import { type SamlDirectory, samlSignIn } from '../packages/lockstep/test/saml-sign-in.ts';
import { accountOf, type Loose, openGuide, timeToEnd } from './guide/open-guide.ts';

const PEOPLE = `userPrincipalName,displayName,givenName,surname,mail,jobTitle,department
eva@x.example,Eva Lind,Eva,Lind,eva@x.example,Designer,Studio
mo@x.example,Mo Berg,Mo,Berg,mo@x.example,Designer,Studio
old@x.example,Otto Old,Otto,Old,old@x.example,Printer,Studio
`;

test('the guide of Ziflow, step by step', async (t) => {
  const guide = await openGuide(t);
  const { run } = guide;
  guide.write('people.csv', PEOPLE);
  await run('directory', 'import', 'people.csv');
  const ziflow = await guide.makeTenant('ziflow', 'Ziflow', '--provisioning', 'off');

  // An administrator of the account, and members that were made in the app.
  const { link } = await run('provider', 'portal', 'add-admin', 'Ziflow', 'Ada');
  const ada = portalClient(openBrowser(), ziflow.portal);
  const password = { token: new URL(link).searchParams.get('token') ?? '', password: 'correct horse battery' };
  assert.equal((await ada.send('/password', password)).status, 303);
  await ada.send('/members/members/add', { userName: 'old@x.example', emails: 'old@x.example', givenName: 'Otto' });
  await ada.send('/members/members/add', {
    userName: 'guest@y.example',
    emails: 'guest@y.example',
    familyName: 'Guest',
  });

  // Single sign-on is set up first: without it provisioning cannot be switched on, in the app or by the operator.
  assert.match(await ada.page('/provisioning'), /Provisioning: <span class="badge warning">Off<\/span>/);
  const early = await ada.send('/provisioning/provisioning/switch', { to: 'on' });
  assert.match(early.alert, /single sign-on has to be enforced before provisioning is switched on/);
  assert.match(await guide.refused('provider', 'provisioning', 'Ziflow', 'on'), /has to be enforced before/);
  const key = newIdpKey();
  const person = { objectId: 'o-old', nameId: 'old@x.example', roles: [], email: 'old@x.example' };
  const directory: SamlDirectory = { issuer: 'https://idp.example/entity', key, person };
  await ada.send('/single-sign-on/signOn/save', {
    protocol: 'saml',
    idpEntityId: directory.issuer,
    idpSsoUrl: 'https://idp.example/sso',
    idpCertificates: key.publicPem,
  });
  const start = (await ada.send('/single-sign-on/signOn/test')).shownOnce;
  const tested = await samlSignIn(ziflow.adminBrowser, start, { portal: ziflow.portal, directory });
  assert.match(await tested.text(), /test sign-in succeeded/);

  // The API key in the profile of a user with administration rights: shown once, and made anew.
  const first = (await ada.send('/profile/apiKey/generate')).shownOnce;
  const apiKey = (await ada.send('/profile/apiKey/generate')).shownOnce;
  assert.notEqual(apiKey, first);
  assert.equal((await ada.page('/profile')).includes(apiKey), false);
  assert.equal((await ziflow.scim(first, 'GET', '/Users')).status, 401);
  const off = await ziflow.scim(apiKey, 'GET', '/Users');
  assert.equal(off.status, 403);
  assert.match(off.json.detail, /Set up single sign-on first, then switch provisioning on/);

  await ada.send('/single-sign-on/signOn/state', { to: 'enforced' });
  // Enforcing ends what came by password, and a password opens nothing any more.
  assert.match((await ada.send('/profile/apiKey/revoke')).text, /Sign in to Ziflow/);
  const back = await ada.send('/sign-in/administrator', { name: 'Ada', password: password.password });
  assert.match(back.alert, /single sign-on is enforced/);
  assert.match((await ziflow.admin.send('/provisioning/provisioning/switch', { to: 'on' })).text, /badge success">On</);
  assert.equal((await ziflow.scim(apiKey, 'GET', '/Users')).status, 200);

  // Own, non-gallery app: Tenant URL .../v1/scim/v2, API key, Test Connection; four attributes; Create only; groups off.
  assert.match(ziflow.scimUrl, /\/v1\/scim\/v2$/);
  await guide.addApp({ name: 'Proofing', template: 'ziflow', tenantUrl: ziflow.scimUrl, token: apiKey });
  assert.equal((await run('app', 'test', 'Proofing')).isOk, true);
  const users = await run('mapping', 'list', 'Proofing');
  assert.deepEqual(users.mappings.map((row: { target: string }) => row.target).toSorted(), [
    'emails[type eq "work"].value',
    'name.familyName',
    'name.givenName',
    'userName',
  ]);
  const { definition } = await run('app', 'show', 'Proofing');
  assert.deepEqual(definition.users.actions, { create: true, update: false, delete: false });
  assert.equal(definition.groups.enabled, false);

  // Push users: who is assigned becomes a member.
  await run('directory', 'assign', 'Proofing', 'eva@x.example');
  await run('provision', 'Proofing', 'eva@x.example');
  const { id, meta: _meta, schemas: _schemas, ...kept } = await accountOf(ziflow, apiKey, 'eva@x.example');
  assert.deepEqual(kept, {
    userName: 'eva@x.example',
    name: { givenName: 'Eva', familyName: 'Lind' },
    emails: [{ value: 'eva@x.example', type: 'work', primary: true }],
  });

  // Updates, removals and groups are refused in words that say so; a change in the directory sends none of them.
  const patch = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'Replace', path: 'userName', value: 'x' }],
  };
  const refusals = [
    await ziflow.scim(apiKey, 'PATCH', `/Users/${id}`, patch),
    await ziflow.scim(apiKey, 'PUT', `/Users/${id}`, { userName: 'x' }),
    await ziflow.scim(apiKey, 'DELETE', `/Users/${id}`),
    await ziflow.scim(apiKey, 'POST', '/Groups', { displayName: 'g' }),
  ];
  assert.deepEqual(
    refusals.map((one) => [one.status, one.json.schemas[0], one.json.detail]),
    [
      [405, 'Ziflow takes no profile updates over SCIM. Switch the Update action off in the mapping.'],
      [405, 'Ziflow takes no profile updates over SCIM. Switch the Update action off in the mapping.'],
      [
        405,
        'Ziflow removes no members over SCIM. Switch the Delete action off in the mapping and remove the member in Ziflow.',
      ],
      [501, 'Ziflow has no groups over SCIM. Switch the group mapping off.'],
    ].map(([status, detail]) => [status, 'urn:ietf:params:scim:api:messages:2.0:Error', detail]),
  );
  await run('directory', 'set', 'eva@x.example', 'surname=Lind-Berg');
  await run('directory', 'unassign', 'Proofing', 'eva@x.example');
  assert.equal((await run('sync', 'Proofing', '--wait')).state, 'succeeded');
  assert.equal((await accountOf(ziflow, apiKey, 'eva@x.example')).name.familyName, 'Lind');
  // Profiles stay in the app once they are made.
  const edited = await ziflow.admin.send('/members/members/edit', { account: id, familyName: 'Berg' });
  assert.equal(edited.alert, '');
  assert.equal((await accountOf(ziflow, apiKey, 'eva@x.example')).name.familyName, 'Berg');

  // Import users: matched to people, or made as new ones.
  await run('import', 'Proofing');
  const { items } = await run('import', 'list', 'Proofing');
  const isThere = (userName: string, kind: string): boolean =>
    items.some((one: Loose) => one.class === kind && JSON.stringify(one).includes(userName));
  assert.ok(isThere('old@x.example', 'unassigned') && isThere('guest@y.example', 'local'));
  await run('import', 'apply', 'Proofing', '--action', 'assign', '--class', 'unassigned');
  await run('import', 'apply', 'Proofing', '--action', 'create', '--class', 'local');
  assert.equal((await run('directory', 'get', 'guest@y.example')).entry.userPrincipalName, 'guest@y.example');

  // Signing in: this app keeps no object id, so a member is found once by the address the directory vouches for.
  const browser = openBrowser();
  const entered = await samlSignIn(browser, `${ziflow.portal}/sign-in/start`, { portal: ziflow.portal, directory });
  assert.equal(entered.status, 303);
  assert.equal((await browser.get(ziflow.portal)).status, 200);
  const thief: SamlDirectory = { ...directory, person: { ...person, objectId: 'o-other' } };
  const stolen = await samlSignIn(openBrowser(), `${ziflow.portal}/sign-in/start`, {
    portal: ziflow.portal,
    directory: thief,
  });
  assert.equal(stolen.status, 403);

  // A member is removed in the app itself, and is out within a second.
  const member = await accountOf(ziflow, apiKey, 'old@x.example');
  await ziflow.admin.send('/members/members/remove', { account: member.id });
  const { refusedMs, goneMs } = await timeToEnd(guide, ziflow, browser);
  t.diagnostic(`session refused after ${refusedMs} ms, gone after ${goneMs} ms`);
  assert.ok(refusedMs < 1_000 && goneMs < 1_000, `${refusedMs} ms, ${goneMs} ms`);

  // The API key works as long as its user has administration rights.
  const [admin] = (await run('provider', 'portal', 'admins', 'Ziflow')).items;
  await run('provider', 'portal', 'remove-admin', 'Ziflow', admin.id);
  const gone = await ziflow.scim(apiKey, 'GET', '/Users');
  assert.deepEqual([gone.status, /no administration rights/.test(gone.json.detail)], [401, true]);
});
