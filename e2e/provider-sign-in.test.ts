import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CLIENT_SECRET, OID, openDirectory, TID } from '../packages/lockstep/test/oidc-directory.ts';
import { type OpenConsole, openConsole, until, watchedPage } from './browser/open-console.ts';
import { violations } from './browser/violations.ts';
import { walkScreens } from './browser/walk-screens.ts';

let open: OpenConsole;
let provider = '';
let fresh = '';
let saml = '';

const SAML = {
  protocol: 'saml',
  settings: {
    idpEntityId: 'urn:idp',
    idpSsoUrl: 'https://idp.example/sso',
    idpCertificates: [`-----BEGIN CERTIFICATE-----\n${'A'.repeat(200)}\n-----END CERTIFICATE-----`],
  },
};

before(async () => {
  open = await openConsole();
  await open.signInAsOwner();
  const make = async (title: string): Promise<string> =>
    String((await open.api('/providers', { method: 'POST', body: { profile: 'generic', title } }))['id']);
  [provider, fresh, saml] = [await make('Acme'), await make('Fresh'), await make('Samlers')];
  await open.api(`/providers/${provider}/accounts`, {
    method: 'POST',
    body: { userName: 'eva@x.example', externalId: OID },
  });
  await open.api(`/providers/${saml}/sso`, { method: 'PUT', body: SAML });
});

after(() => open?.close());

const place = (id: string): string => `/providers/${id}?tab=sign-in`;

test('the sign-in of a provider has no WCAG 2.2 AA violation, no refusal of the policy and no script error', () =>
  walkScreens(open, [
    [place(fresh), 'What the directory is told'],
    [place(saml), 'What the directory is told'],
  ]));

test('single sign-on is set up, tried with a real directory, enforced, switched off and taken away', async (t) => {
  const directory = await openDirectory(t, () => `${open.url}/portal/${provider}/oidc/callback`);
  const { page, faults } = await watchedPage(open.context);
  await page.goto(open.url + place(provider));
  await page.getByText('Not set up').waitFor();
  await page.getByText(`${open.url}/portal/${provider}/oidc/callback`).waitFor();
  const save = page.getByRole('button', { name: 'Save' });
  await page.getByLabel('Issuer').fill('https://login.microsoftonline.com/common/v2.0');
  await page.getByText('The https address of one directory is needed').waitFor();
  assert.equal(await save.isDisabled(), true);
  await page.getByLabel('Issuer').fill(directory.issuer);
  await page.getByLabel('Client ID').fill('lockstep');
  await page.getByLabel('Directory tenant ID').fill(TID);
  await page.getByLabel('Client secret', { exact: true }).fill(CLIENT_SECRET);
  await page.getByRole('link', { name: 'Accounts' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click();
  await save.click();
  await page.getByText('Saved. What was tested before counts no more.').waitFor();
  await page.getByText('One is stored. Empty: it stays.').waitFor();
  await page.reload();
  await page.getByText('One is stored. Empty: it stays.').waitFor();
  assert.ok(!(await page.content()).includes(CLIENT_SECRET), 'the secret is never shown again');
  assert.equal(await page.getByRole('button', { name: 'Enforce' }).count(), 0);

  await page.getByRole('button', { name: 'Switch on for testing' }).click();
  await page.getByText('Single sign-on: Being tested.').waitFor();
  await page.getByRole('button', { name: 'Make a test link' }).click();
  const link = page.getByRole('link', { name: 'Open the test sign-in' });
  const [tested] = await Promise.all([open.context.waitForEvent('page'), link.click()]);
  await tested.getByRole('heading', { name: 'The test sign-in succeeded' }).waitFor();
  assert.deepEqual(await violations(tested), []);
  await tested.close();
  await page.reload();
  await page.getByText('A test sign-in went well:').waitFor();

  await page.getByRole('button', { name: 'Enforce' }).click();
  await page.getByRole('dialog', { name: 'Enforce' }).getByRole('button', { name: 'Enforce' }).click();
  await page.getByText('Single sign-on: Enforced.').waitFor();
  await until(
    async () => (await open.api(`/providers/${provider}/sso`))['state'] === 'enforced',
    'the state to be enforced',
  );
  await page.getByRole('button', { name: 'Switch off' }).click();
  await page.getByRole('dialog', { name: 'Switch off' }).getByRole('button', { name: 'Switch off' }).click();
  await page.getByText('Single sign-on: Off.').waitFor();
  await page.getByRole('button', { name: 'Remove' }).click();
  const question = page.getByRole('dialog', { name: 'Remove' });
  await question.getByRole('textbox').fill('Acme');
  await question.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Single sign-on is removed.').waitFor();
  await page.getByText('Not set up').waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});

test('SAML is changed in the form, and a link for the day the directory is down is made once', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(open.url + place(saml));
  const address = page.getByLabel('Sign-in address of the directory');
  await address.fill('http://idp.example/sso');
  await page.getByText('An https address is needed.').waitFor();
  await address.fill('https://idp.example/other');
  await page.getByLabel('The directory may begin a sign-in').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved. What was tested before counts no more.').waitFor();
  const saved = JSON.stringify(await open.api(`/providers/${saml}/sso`));
  assert.match(saved, /"idpSsoUrl":"https:\/\/idp\.example\/other"/);
  assert.match(saved, /"allowsIdpInitiated":true/);
  await page.getByRole('button', { name: 'Make a link' }).click();
  await page.getByText(new RegExp(`/portal/${saml}/break-glass\\?token=`)).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Make a link' }).waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});
