import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { isFocused, keyboardOf } from './browser/by-keyboard.ts';
import { type OpenConsole, openConsole, until, watchedPage } from './browser/open-console.ts';
import { violations } from './browser/violations.ts';
import { isSettled } from './browser/walk-screens.ts';

/** From the link that the first start prints to a finished cycle, in a real browser over an empty data folder. */
async function openEmpty(t: TestContext): Promise<OpenConsole> {
  const open = await openConsole();
  t.after(() => open.close());
  return open;
}

async function hasNoViolation(page: Page): Promise<void> {
  await isSettled(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await violations(page), [], `${page.url()} in ${colorScheme}`);
  }
}

test('by keyboard: the link makes the owner, who looks at address and mail and explores the sample company', {
  timeout: 300_000,
}, async (t) => {
  const open = await openEmpty(t);
  const { page, faults } = await watchedPage(open.context);
  const keys = keyboardOf(page);
  await page.goto(open.ownerLink);
  await page.getByText('Step 1 of 4.').waitFor();
  await hasNoViolation(page);
  await keys.type(page.getByLabel('Name of the owner'), 'owner');
  await keys.type(page.getByLabel('Password'), open.password);
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: 'Welcome' }).waitFor();
  assert.match(page.url(), /\/welcome$/);
  const steps = page.getByRole('list', { name: 'Steps' });
  await steps.locator('[aria-current="step"]').getByText('Address and mail').waitFor();
  await page.getByText('Without a mail server nobody is told.').waitFor();
  await hasNoViolation(page);
  await keys.type(page.getByLabel('Told about the server'), 'ops@x.example');
  await keys.press(page.getByRole('button', { name: 'Save' }).last());
  await page.getByText('The settings of mails are saved.').waitFor();
  await keys.press(page.getByRole('link', { name: 'Go on' }));

  await page.getByText('How shall it be filled?').waitFor();
  assert.equal(await isFocused(page.getByRole('region', { name: 'People' })), true, 'the step has the focus');
  await hasNoViolation(page);
  await keys.press(page.getByRole('link', { name: 'Explore the sample company' }));
  await page.getByText('A company of 1,000 people').waitFor();
  await hasNoViolation(page);
  await keys.press(page.getByRole('button', { name: 'Load the sample company' }));
  await page.getByText('1,000 people in 60 groups.').waitFor({ timeout: 120_000 });
  await hasNoViolation(page);
  const { mailTo } = await open.api('/settings');
  assert.match(JSON.stringify(mailTo), /"value":\["ops@x\.example"\]/);

  await keys.press(page.getByRole('link', { name: 'See Home' }));
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await until(async () => {
    // Each member is read as unknown but these, which the status always has.
    const { apps = [] } = (await open.api('/status')) as {
      readonly apps?: readonly { readonly lastCycle?: { readonly state: string } }[];
    };
    return apps.length === 4 && apps.every(({ lastCycle }) => lastCycle?.state === 'succeeded');
  }, 'the first cycles of the four apps');
  await page.getByRole('row', { name: /Zenya/ }).getByText('975').waitFor();
  await hasNoViolation(page);
  assert.deepEqual(faults, []);

  const again = await watchedPage(await open.browser.newContext());
  await again.page.goto(open.ownerLink);
  await again.page.getByText('This link was used, or has ended.').waitFor();
  await again.page.context().close();
});

test('a directory is connected by a file, and its people get their accounts in a first app', {
  timeout: 300_000,
}, async (t) => {
  const open = await openEmpty(t);
  const { page, faults } = await watchedPage(open.context);
  await page.goto(open.ownerLink);
  await page.getByLabel('Name of the owner').fill('owner');
  await page.getByLabel('Password').fill(open.password);
  await page.getByRole('button').click();
  await page.getByRole('link', { name: 'Go on' }).click();
  await page.getByRole('link', { name: 'Connect a directory' }).click();
  await page.getByText('Other ways to fill the directory').waitFor();
  await hasNoViolation(page);
  await page.getByLabel('File', { exact: true }).setInputFiles({
    name: 'people.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      'userPrincipalName,displayName,department\neva@x.example,Eva Lind,Sales\nmo@x.example,Mo Berg,Sales\n',
    ),
  });
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByText(/^2 are created/).waitFor();
  await hasNoViolation(page);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('link', { name: 'See the people' }).waitFor();
  await page.getByRole('link', { name: 'Go on' }).click();
  await page.getByText('Now an app that gets these people.').waitFor();
  await hasNoViolation(page);

  // The app is a real SCIM service over the wire: a tenant of this very server.
  const made = await open.api('/providers', { method: 'POST', body: { profile: 'generic', title: 'Wiki' } });
  await page.getByRole('link', { name: 'Open the gallery' }).click();
  await page.getByRole('button', { name: 'Create SCIM 2.0 app' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Wiki');
  await dialog.getByLabel('Tenant URL').fill(String(made['scimUrl']));
  await dialog.getByLabel('Secret token').fill(String(made['token']));
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByRole('heading', { name: 'Admin credentials' }).waitFor();
  await page.getByRole('button', { name: 'Test Connection' }).click();
  await page.getByText('The app answered as a SCIM service should.').waitFor();
  await page.getByRole('link', { name: 'Assignments' }).click();
  await page.getByRole('button', { name: 'Assign', exact: true }).click();
  await page.getByLabel('Whom').selectOption('Many people, from a list');
  await page.getByRole('textbox', { name: 'People' }).fill('eva@x.example\nmo@x.example');
  await dialog.getByRole('button', { name: 'Assign' }).click();
  await page.getByText('2 assignments are new.').waitFor();
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('button', { name: 'Sync now' }).click();
  await until(async () => (await linkCount(open)) === 2, 'both accounts');
  await page.getByRole('table', { name: 'Cycle history' }).getByRole('row').nth(1).waitFor();
  const { items } = await open.api(`/providers/${String(made['id'])}/accounts`);
  assert.equal(Array.isArray(items) ? items.length : 0, 2);
  await hasNoViolation(page);
  assert.deepEqual(faults, []);
});

async function linkCount(open: OpenConsole): Promise<number> {
  const { items } = await open.api('/apps/Wiki/links');
  return Array.isArray(items) ? items.length : 0;
}

test('somebody who is no owner is told who sets the server up, and Home of an empty server leads its owner there', async (t) => {
  const open = await openEmpty(t);
  await open.signInAsOwner();
  const { page, faults } = await watchedPage(open.context);
  await page.goto(open.url);
  await page.getByText('Nothing is here yet').waitFor();
  await page.getByRole('link', { name: 'Set it up' }).click();
  await page.getByRole('heading', { name: 'Welcome' }).waitFor();

  const { link } = await open.api('/people', { method: 'POST', body: { name: 'Bob', role: 'administrator' } });
  const context = await open.browser.newContext();
  const bob = await watchedPage(context);
  await bob.page.goto(String(link));
  await bob.page.getByLabel('Password').fill(open.password);
  await bob.page.getByRole('button').click();
  await bob.page.getByRole('heading', { name: 'Home' }).waitFor();
  assert.equal(await bob.page.getByText('Nothing is here yet').count(), 0);
  await bob.page.goto(`${open.url}/welcome`);
  await bob.page.getByText('Only an owner sets the server up').waitFor();
  await hasNoViolation(bob.page);
  assert.deepEqual([...faults, ...bob.faults], []);
  await context.close();
});

test('before there is an owner the sign-in page says where the link is, and shows no form', async (t) => {
  const open = await openEmpty(t);
  const { page } = await watchedPage(open.context);
  await page.goto(open.url);
  await page.waitForURL(/\/sign-in/);
  await page.getByText('Nobody can sign in yet.').waitFor();
  assert.equal(await page.getByRole('textbox').count(), 0);
  await hasNoViolation(page);
});
