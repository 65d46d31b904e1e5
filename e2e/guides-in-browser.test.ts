import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLIENT_SECRET, openDirectory, TID } from '../packages/lockstep/test/oidc-directory.ts';
import { openBrowserGuide } from './guide/browser-guide.ts';

const PEOPLE = `userPrincipalName,displayName,givenName,surname,mail,jobTitle,department
eva@x.example,Eva Lind,Eva,Lind,eva@x.example,Clerk,Office
mo@x.example,Mo Berg,Mo,Berg,mo@x.example,Clerk,Office
`;

test('the screens of the guide of Zenya, in order', async (t) => {
  const guide = await openBrowserGuide(t, PEOPLE);
  const { page } = guide;
  const zenya = await guide.openApp('zenya', 'Zenya');
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
  const zero = await guide.openApp('zero', 'Zero');

  // Settings > Provisioning: the token is made by the support, on request; the page has no button for it.
  await zero.page.getByRole('link', { name: 'Provisioning', exact: true }).click();
  await zero.page.getByText(/made by the support of Zero/).waitFor();
  assert.equal(await zero.page.getByRole('button', { name: /token|key/i }).count(), 0);

  // The operator makes it in the console, and hands it over.
  await page.goto(`${open.url}/providers/${zero.id}`);
  await page.getByRole('button', { name: 'Make a token' }).click();
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
  const ziflow = await guide.openApp('ziflow', 'Ziflow', { provisioning: 'off' });
  const app = ziflow.page;

  // Account settings > Single sign-on comes first: without it provisioning is refused.
  await app.getByRole('link', { name: 'Provisioning', exact: true }).click();
  await app.getByRole('button', { name: /Switch on/ }).click();
  await app
    .getByRole('alert')
    .getByText(/single sign-on has to be enforced before/)
    .waitFor();
  const directory = await openDirectory(t, () => `${ziflow.portal}/oidc/callback`);
  await app.getByRole('link', { name: 'Single sign-on', exact: true }).click();
  await app.getByLabel('Application (client) ID').fill('lockstep');
  await app.getByLabel('Directory (tenant) ID').fill(TID);
  await app.getByLabel('Client secret', { exact: true }).fill(CLIENT_SECRET);
  await app.getByLabel('Issuer', { exact: true }).fill(directory.issuer);
  console.log(await app.getByRole('main').innerText());
  await app.getByRole('button', { name: 'Save' }).last().click();
  console.log(await app.getByRole('main').innerText());
});
