import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isFocused, isOnlyOption, keyboardOf } from './browser/by-keyboard.ts';
import { type OpenConsole, openSample, until, watchedPage } from './browser/open-console.ts';

/** The key tasks of an administrator, each without touching a mouse. */
let open: OpenConsole;

before(async () => {
  open = await openSample();
});

after(() => open?.close());

test('by keyboard: somebody signs in', async () => {
  const context = await open.browser.newContext();
  const { page, faults } = await watchedPage(context);
  const keys = keyboardOf(page);
  await page.goto(open.url);
  await keys.type(page.getByLabel('Name', { exact: true }), 'owner');
  await keys.type(page.getByLabel('Password'), open.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  assert.deepEqual(unexpected(faults), []);
  await context.close();
});

test('by keyboard: an app is found, paused and started again', async () => {
  const { page, faults } = await watchedPage(open.context);
  const keys = keyboardOf(page);
  await page.goto(open.url);
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.type('zenvoi');
  await page
    .getByRole('option', { name: /Zenvoices/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Cycle history' }).waitFor();
  await keys.press(page.getByRole('button', { name: 'Pause', exact: true }));
  const start = page.getByRole('button', { name: 'Start provisioning' });
  await start.waitFor();
  assert.equal(await jobCode(), 'Paused');
  assert.equal(await isFocused(start), true, 'the focus stays on the button, which has turned');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
  await until(async () => (await jobCode()) !== 'Paused', 'the app runs again');
  assert.deepEqual(faults, []);
  await page.close();
});

test('by keyboard: the log is filtered and a record opened and closed', async () => {
  const { page, faults } = await watchedPage(open.context);
  const keys = keyboardOf(page);
  await page.goto(`${open.url}/logs`);
  await keys.choose(page.getByLabel('Status'), 'Skipped');
  await page.waitForURL(/status=skipped/);
  const record = page.getByRole('table').getByRole('button').first();
  await keys.press(record);
  const drawer = page.getByRole('dialog').filter({ hasText: 'Troubleshooting' });
  await keys.press(drawer.getByRole('button', { name: 'Troubleshooting & recommendations' }));
  await page.getByText('What to do').waitFor();
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'hidden' });
  assert.doesNotMatch(page.url(), /record=/);
  assert.equal(await isFocused(record), true, 'the focus is back where it was');
  assert.deepEqual(faults, []);
  await page.close();
});

test('by keyboard: a person is assigned to an app', async () => {
  const { page, faults } = await watchedPage(open.context);
  const keys = keyboardOf(page);
  const { scimUrl, token } = await open.api('/providers', {
    method: 'POST',
    body: { profile: 'generic', title: 'Keys' },
  });
  const schedule = { enabled: false };
  await open.api('/apps', {
    method: 'POST',
    body: { name: 'Keys', template: 'generic', tenantUrl: scimUrl, secretToken: token, schedule, scope: 'assigned' },
  });
  await page.goto(`${open.url}/apps/Keys/assignments`);
  await page.getByText('Nobody is assigned').waitFor();
  await keys.press(page.getByRole('button', { name: 'Assign', exact: true }).first());
  const dialog = page.getByRole('dialog').filter({ hasText: 'Whom' });
  await keys.type(dialog.getByRole('combobox', { name: 'Person' }), 'Eva Lind');
  await isOnlyOption(page, 'Eva Lind');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await keys.press(dialog.getByRole('button', { name: 'Assign', exact: true }));
  await page.getByRole('table').getByText('Eva Lind').waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});

test('by keyboard: a mapping is changed, after a look at what would change', async () => {
  const { page, faults } = await watchedPage(open.context);
  const keys = keyboardOf(page);
  await page.goto(`${open.url}/apps/Keys/mappings`);
  await keys.press(page.getByRole('button', { name: 'Edit the mapping of displayName' }).first());
  await keys.choose(page.getByLabel('Mapping type'), 'Expression');
  await keys.type(page.getByRole('textbox', { name: 'Expression' }), 'ToUpper([displayName])');
  await page.keyboard.press('Escape');
  await keys.press(page.getByRole('button', { name: 'Stay' }));
  await keys.press(page.getByRole('button', { name: 'What would change' }));
  await page.getByRole('cell', { name: /ToUpper/ }).waitFor();
  await keys.press(page.getByRole('button', { name: 'Save', exact: true }));
  await page.getByRole('dialog').filter({ hasText: 'Expression' }).waitFor({ state: 'hidden' });
  await page
    .getByRole('cell', { name: /ToUpper\(\[displayName\]\)/ })
    .first()
    .waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});

test('by keyboard: somebody is provisioned on demand', async () => {
  const { page, faults } = await watchedPage(open.context);
  const keys = keyboardOf(page);
  await page.goto(`${open.url}/apps/Keys/on-demand`);
  await keys.type(page.getByRole('combobox', { name: 'Person' }), 'Eva Lind');
  await isOnlyOption(page, 'Eva Lind');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await keys.press(page.getByRole('button', { name: 'Dry run', exact: true }));
  await page.getByText('A dry run: nothing was sent that writes.').waitFor();
  await keys.press(
    page
      .locator('details', { hasText: /EVA LIND/ })
      .locator('summary')
      .first(),
  );
  await page.getByText('EVA LIND', { exact: true }).first().waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});

/** The state of the app as the API tells it. */
async function jobCode(): Promise<unknown> {
  // The members are those of the status answer.
  const { apps = [] } = (await open.api('/status')) as { apps?: readonly { app: string; code: string }[] };
  return apps.find((one) => one.app === 'Zenvoices')?.code;
}

/** Before the sign-in the page asks who one is and is told 401, which the browser reports as an error. */
function unexpected(faults: readonly string[]): readonly string[] {
  return faults.filter((fault) => !fault.includes('401'));
}
