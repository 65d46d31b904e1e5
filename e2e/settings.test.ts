import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type OpenConsole, openConsole, watchedPage } from './browser/open-console.ts';
import { violations } from './browser/violations.ts';
import { type Screen, walkScreens } from './browser/walk-screens.ts';

let open: OpenConsole;

before(async () => {
  open = await openConsole();
  await open.signInAsOwner();
  for (const title of ['First', 'Second']) {
    const made = await open.api('/providers', { method: 'POST', body: { profile: 'generic', title } });
    await open.api(`/providers/${String(made['id'])}`, { method: 'PATCH', body: { title: `${title} renamed` } });
  }
});

after(() => open?.close());

const SCREENS: readonly Screen[] = [
  ['/settings', 'People'],
  ['/settings/keys', 'API keys'],
  ['/settings/audit', 'Audit log'],
  ['/settings/audit?record=1', 'person owner'],
];

test('every tab of the settings has no WCAG 2.2 AA violation in light and dark, no refusal of the policy and no script error', () =>
  walkScreens(open, SCREENS));

test('the audit log is filtered by the address, and an entry opens in a drawer with what changed', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/settings/audit`);
  await page.getByLabel('What was asked').fill('patch');
  await page.waitForURL(/action=patch/);
  await page
    .getByRole('button', { name: /^PATCH/ })
    .first()
    .waitFor();
  await page.getByLabel('Who').fill('nobody');
  await page.getByText('Nothing fits these filters').waitFor();
  await page.goBack();
  await page
    .getByRole('button', { name: /^PATCH/ })
    .first()
    .click();
  await page.waitForURL(/record=/);
  await page.reload();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('cell', { name: 'Second', exact: true }).waitFor();
  await drawer.getByRole('cell', { name: 'Second renamed' }).waitFor();
  assert.deepEqual(await violations(page), []);
  await drawer.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('button', { name: 'POST /providers' }).first().waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});
