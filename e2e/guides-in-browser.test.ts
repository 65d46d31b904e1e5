import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { CLIENT_SECRET, openDirectory, TID } from '../packages/lockstep/test/oidc-directory.ts';
import { openBrowserGuide } from './guide/browser-guide.ts';

const PEOPLE = `userPrincipalName,displayName,givenName,surname,mail,jobTitle,department
eva@x.example,Eva Lind,Eva,Lind,eva@x.example,Clerk,Office
mo@x.example,Mo Berg,Mo,Berg,mo@x.example,Clerk,Office
`;

test('the screens of the guide of Zenya, in order', async (t) => {
  const guide = await openBrowserGuide(t, PEOPLE);
  const { page } = guide;
  const zenya = await guide.openApp({ profile: 'zenya', title: 'Zenya', admin: 'Zoe' });
  const app = zenya.page;

  // Application Management > External user management: Add provider with a title, OK; Permanent token, shown once.
  await app.getByRole('link', { name: 'External user management', exact: true }).click();
  await app.getByLabel('Title').fill('Microsoft Entra ID');
  await app.getByRole('button', { name: 'OK' }).click();
  await app.getByRole('heading', { name: 'Microsoft Entra ID' }).waitFor();
  await app.getByRole('button', { name: 'Permanent token' }).click();
  const token = await app.locator('#shown-once').innerText();
  await zenya.goTo('external-user-management');
  assert.equal((await app.locator('body').innerText()).includes(token), false, 'the token is never shown again');
  assert.match(zenya.scimUrl, /\/scim\/$/);

  await guide.connect({
    card: 'Zenya',
    name: 'Zenya',
    tenantUrl: zenya.scimUrl,
    token,
    hint: /needs administration rights in Zenya/,
  });
  await guide.tab('Mappings');
  for (const target of ['active', 'displayName', 'emails[type eq "work"].value', 'preferredLanguage', 'userName']) {
    await page
      .getByRole('button', { name: `Edit the mapping of ${target}` })
      .first()
      .waitFor();
  }
  await guide.provisionOne('Eva Lind');
  assert.equal((await zenya.accounts(token)).length, 1);
  await guide.startForAll(['mo@x.example'], 'Zenya');
  assert.equal((await zenya.accounts(token)).length, 2);
  assert.deepEqual(guide.faults(), []);
});

test('the screens of the guide of Zero, in order', async (t) => {
  const guide = await openBrowserGuide(t, PEOPLE);
  const { page, open } = guide;
  const zero = await guide.openApp({ profile: 'zero', title: 'Zero', admin: 'Zoe' });

  // Settings > Provisioning: the token is made by the support, on request; the page has no button for it.
  await zero.page.getByRole('link', { name: 'Provisioning', exact: true }).click();
  await zero.page.getByText(/made by the support of Zero/).waitFor();
  assert.equal(await zero.page.getByRole('button', { name: /token|key/i }).count(), 0);

  // The operator makes it in the console, and hands it over.
  await page.goto(`${open.url}/providers/${zero.id}`);
  await page.getByRole('button', { name: 'New token' }).click();
  const token = (await page.getByRole('dialog').locator('code').first().innerText()).trim();
  assert.match(token, /^lks_/);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  assert.match(zero.scimUrl, /\/scim\/v2\/$/);

  await guide.connect({ card: 'Zero', name: 'Zero', tenantUrl: zero.scimUrl, token });

  // Whoever changes the matching attribute has to pick one that supports filtering.
  await guide.tab('Mappings');
  await page.getByRole('button', { name: 'Edit the mapping of title' }).first().click();
  await page.getByLabel('Match objects using this attribute').selectOption('Yes, precedence 2');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page
    .getByRole('alert')
    .getByText(/filter/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();

  await guide.provisionOne('Eva Lind');
  await guide.startForAll(['mo@x.example'], 'Zero');
  const accounts = await zero.accounts(token);
  assert.deepEqual(accounts.map(({ userName }) => userName).toSorted(), ['eva@x.example', 'mo@x.example']);
  assert.deepEqual(guide.faults(), []);
});

test('the screens of the guide of Ziflow, in order', async (t) => {
  const guide = await openBrowserGuide(t, PEOPLE);
  const { page } = guide;
  const ziflow = await guide.openApp({ profile: 'ziflow', title: 'Ziflow', admin: 'Ada', provisioning: 'off' });
  const app = ziflow.page;

  // Account settings > Provisioning: without single sign-on it cannot be switched on.
  await ziflow.goTo('provisioning');
  await app.getByRole('button', { name: 'Switch provisioning on' }).click();
  await app
    .getByRole('alert')
    .getByText(/single sign-on has to be enforced before/)
    .waitFor();

  // Profile: the API key, shown once.
  await ziflow.goTo('profile');
  await app.getByRole('button', { name: 'Generate API key' }).click();
  const token = await app.locator('#shown-once').innerText();

  // Account settings > Single sign-on: save the values, test, enforce; then provisioning.
  const directory = await openDirectory(t, () => `${ziflow.portal}/oidc/callback`);
  directory.person = { ...directory.person, email: 'old@x.example' };
  await ziflow.goTo('members');
  await addMember(app, 'old@x.example');
  await ziflow.goTo('single-sign-on');
  await app.getByText('OpenID Connect', { exact: true }).click();
  await fillSignOn(app.locator('details', { hasText: 'OpenID Connect' }), directory);
  await app.getByRole('button', { name: /OpenID Connect/ }).click();
  await app.getByText('Being tested').waitFor();
  await testSignOn(app);
  await ziflow.goTo('single-sign-on');
  await app.getByRole('button', { name: 'Enforce single sign-on' }).click();
  // What came by password has ended; the operator lets an administrator in once more.
  await app.getByText('Sign in with your organization').waitFor();
  await ziflow.enterByLink();
  await ziflow.goTo('provisioning');
  await app.getByRole('button', { name: 'Switch provisioning on' }).click();
  await app.getByText('On', { exact: true }).waitFor();
  assert.match(ziflow.scimUrl, /\/v1\/scim\/v2$/);

  // An own, non-gallery application: groups off, Create only, four rows kept.
  await guide.connect({ card: 'SCIM 2.0 app', name: 'Proofing', tenantUrl: ziflow.scimUrl, token });
  await guide.tab('Mappings');
  await switchGroupsOff(page);
  for (const action of ['Update', 'Delete']) {
    await page.getByRole('checkbox', { name: action }).click();
    await page.getByRole('checkbox', { name: action, checked: false }).waitFor();
  }
  const four = ['userName', 'emails[type eq "work"].value', 'name.givenName', 'name.familyName'];
  await deleteRows(page, (target) => !four.includes(target));
  assert.deepEqual((await targets(page)).toSorted(), four.toSorted());

  // Push users.
  await guide.provisionOne('Eva Lind');
  await guide.startForAll(['mo@x.example'], 'Proofing');
  assert.equal((await ziflow.accounts(token)).length, 3);

  // Import users: what was made in the app is matched to people, or becomes new ones.
  await page.goto(`${guide.open.url}/apps/Proofing/import`);
  await page.getByRole('button', { name: 'Look through the app' }).click();
  await page.getByText('old@x.example').first().waitFor();
  assert.deepEqual(guide.faults(), []);
});

test('the screens of the guide of Zenvoices, in order', async (t) => {
  const guide = await openBrowserGuide(t, PEOPLE);
  const { page } = guide;
  const zenvoices = await guide.openApp({ profile: 'zenvoices', title: 'Zenvoices', admin: 'Admin' });
  const app = zenvoices.page;
  await zenvoices.goTo('users');
  await addMember(app, 'Eva@x.example');

  // Management > Environment > Settings > tab Microsoft Entra ID: access key, values, Save all.
  await zenvoices.goTo('settings');
  await app.getByText(zenvoices.id, { exact: true }).first().waitFor();
  await app.getByRole('button', { name: 'Generate access key' }).click();
  const token = await app.locator('#shown-once').innerText();
  const directory = await openDirectory(t, () => `${zenvoices.portal}/oidc/callback`);
  await zenvoices.goTo('settings');
  await fillSignOn(app.getByRole('main'), directory);
  await app.getByRole('button', { name: /^Save all/ }).click();
  await app.getByText(/Saved\./).waitFor();
  // Roles: a list in the app.
  await zenvoices.goTo('roles');
  for (const name of ['Uploader', 'Authorizer']) {
    await app.locator('details', { hasText: 'Add role' }).last().locator('summary').click();
    await app.getByLabel('Name', { exact: true }).last().fill(name);
    await app.getByRole('button', { name: 'Add role' }).click();
    await app.getByText(name, { exact: true }).first().waitFor();
  }
  assert.match(zenvoices.scimUrl, new RegExp(`/api/scim/entra/${zenvoices.id}$`));

  // An own, non-gallery application: groups off; rows deleted; externalId from objectId; roles by their expression.
  await guide.connect({ card: 'SCIM 2.0 app', name: 'Invoices', tenantUrl: zenvoices.scimUrl, token });
  await guide.tab('Mappings');
  await switchGroupsOff(page);
  await deleteRows(page, (target) => /^(displayName|title|name\.formatted|addresses|phoneNumbers|urn:)/.test(target));
  await page.getByRole('button', { name: 'Edit the mapping of externalId' }).first().click();
  await page.getByLabel('Source attribute').selectOption('objectId');
  await saveRow(page);
  await page.getByRole('button', { name: 'Edit the attribute list' }).click();
  const list = page.getByRole('dialog').filter({ hasText: 'Target attribute list' });
  await list.getByRole('button', { name: 'Delete: roles' }).click();
  await page.getByRole('dialog').last().getByRole('button', { name: 'Delete', exact: true }).click();
  await list.getByRole('button', { name: 'Delete: roles' }).waitFor({ state: 'detached' });
  await list.getByRole('button', { name: 'Add an attribute' }).click();
  await list.getByLabel('Name').fill('roles');
  await list.getByLabel('Multi-value').check();
  await list.getByRole('button', { name: 'Save' }).click();
  await list.getByRole('button', { name: 'Delete: roles' }).waitFor();
  await list.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Add a mapping' }).click();
  await page.getByLabel('Mapping type').selectOption('Expression');
  await page
    .getByRole('textbox', { name: 'Expression' })
    .fill('AssertiveAppRoleAssignmentsComplex([appRoleAssignments])');
  await page.getByLabel('Target attribute').selectOption('roles');
  await saveRow(page);
  await page.getByRole('button', { name: 'Delete the mapping of roles' }).waitFor();

  // App roles: the value names roles of the app, several with commas; assigned with the role.
  await guide.tab('Roles');
  await page.getByRole('button', { name: 'Add a role' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Value').fill('Uploader,Authorizer');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/^The role .* is saved/).waitFor();
  await guide.provisionOne('Eva Lind', 'Uploader,Authorizer');
  const [eva] = await zenvoices.accounts(token);
  assert.equal(eva?.['userName'], 'eva@x.example', 'linked by the e-mail address');
  // The app keeps roles as objects with a value.
  const roles = (eva['roles'] as readonly { readonly value: string }[]).map(({ value }) => value);
  assert.deepEqual(roles.toSorted(), ['Authorizer', 'Uploader']);
  await guide.startForAll(['mo@x.example'], 'Invoices');

  // Activate: from now on only the directory button, but for the fixed Admin.
  directory.person = { ...directory.person, oid: String(eva['externalId']), roles: ['Uploader'] };
  await zenvoices.goTo('settings');
  await testSignOn(app);
  await zenvoices.goTo('settings');
  await app.getByRole('button', { name: 'Activate' }).click();
  await app.getByText(/from now on signing in is possible only with the directory/).waitFor();
  assert.deepEqual(guide.faults(), []);
});

/** Targets of the mapping table on screen. */
async function targets(page: Page): Promise<readonly string[]> {
  const names = await page
    .getByRole('table')
    .getByRole('button', { name: /^Delete the mapping of / })
    .all();
  return Promise.all(
    names.map(async (one) => ((await one.getAttribute('aria-label')) ?? '').replace('Delete the mapping of ', '')),
  );
}

async function deleteRows(page: Page, isDoomed: (target: string) => boolean): Promise<void> {
  await page.getByRole('table').waitFor();
  for (const target of (await targets(page)).filter(isDoomed)) {
    const button = page.getByRole('button', { name: `Delete the mapping of ${target}`, exact: true });
    await button.click();
    const dialog = page.getByRole('dialog').filter({ hasText: 'Accounts keep the value they have' });
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await button.waitFor({ state: 'detached' });
  }
}

async function switchGroupsOff(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Groups', exact: true }).click();
  await page.getByRole('switch', { name: 'Provision groups' }).click();
  await page.getByText('Saved. A new cycle follows.').first().waitFor();
  await page.getByRole('link', { name: 'Users', exact: true }).click();
  await page.getByRole('button', { name: 'Edit the mapping of userName' }).first().waitFor();
}

async function saveRow(page: Page): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('heading', { name: 'Live preview' }).waitFor({ state: 'detached' });
}

/** A member made in the app itself. */
async function addMember(app: Page, address: string): Promise<void> {
  await app.locator('summary', { hasText: 'Add' }).last().click();
  const form = app.locator('details[open]').last();
  await form.getByLabel('User name').fill(address);
  await form.getByLabel('E-mail').fill(address);
  await form.getByRole('button').last().click();
  await app.getByText(address).first().waitFor();
}

async function fillSignOn(form: Locator, { issuer }: { readonly issuer: string }): Promise<void> {
  await form.getByLabel('Application (client) ID').fill('lockstep');
  await form.getByLabel('Directory (tenant) ID').fill(TID);
  await form.getByLabel('Client secret', { exact: true }).fill(CLIENT_SECRET);
  await form.getByLabel('Issuer').fill(issuer);
}

/** Makes a link for a test sign-in and follows it to the directory and back. */
async function testSignOn(app: Page): Promise<void> {
  await app.getByRole('button', { name: 'Test sign-in' }).click();
  await app.getByRole('link', { name: 'Test sign-in' }).click();
  await app.getByText(/test sign-in succeeded/i).waitFor();
}
