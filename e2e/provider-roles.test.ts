import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type OpenConsole, openConsole, watchedPage } from './browser/open-console.ts';
import { walkScreens } from './browser/walk-screens.ts';

let open: OpenConsole;
let listed = '';
let none = '';

before(async () => {
  open = await openConsole();
  await open.signInAsOwner();
  const made = await open.api('/providers', { method: 'POST', body: { profile: 'zenvoices', title: 'Invoices' } });
  listed = String(made['id']);
  none = String((await open.api('/providers', { method: 'POST', body: { profile: 'zero', title: 'Zero' } }))['id']);
  for (const [name, roles] of [
    ['eva', ['Uploader', 'Authorizer']],
    ['finn', ['Viewer']],
    ['gwen', []],
  ] as const) {
    const userName = `${name}@x.example`;
    const body = {
      userName,
      emails: [{ value: userName, type: 'work' }],
      roles: roles.map((value) => ({ value })),
    };
    await open.api(`/providers/${listed}/accounts`, { method: 'POST', body });
  }
});

after(() => open?.close());

test('the roles of a provider have no WCAG 2.2 AA violation, no refusal of the policy and no script error', () =>
  walkScreens(
    open,
    [
      [`/providers/${listed}?tab=roles`, 'Rules'],
      [`/providers/${listed}?tab=roles&search=zzz`, 'Rules'],
      [`/providers/${none}?tab=roles`, 'Zero'],
    ],
    {
      look: async (page, [path]) => {
        const text = path.includes(none)
          ? 'This app keeps no roles'
          : path.includes('zzz')
            ? 'Nobody has such'
            : 'eva@';
        await page.getByText(text).first().waitFor();
      },
    },
  ));

test('roles and rules are edited, ordered, previewed for one account and saved as a whole', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/providers/${listed}?tab=roles`);
  const roles = page.getByRole('table', { name: 'Roles', exact: true });
  await page.getByRole('button', { name: 'Add role' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('Head clerk');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await dialog.getByText('has no blanks and no comma').waitFor();
  await dialog.getByLabel('Name', { exact: true }).fill('Clerk');
  await dialog.getByLabel('Display name').fill('Head clerk');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await roles.getByRole('row', { name: /Clerk Head clerk/ }).waitFor();
  await roles.getByRole('button', { name: 'Move Clerk up' }).click();
  await roles.getByRole('button', { name: 'Edit Authorizer' }).click();
  await dialog.getByLabel('Name', { exact: true }).fill('Approver');
  await dialog.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('button', { name: 'Add rule' }).click();
  await dialog.getByLabel('Value in the directory').fill('Authorizer');
  await dialog.getByLabel('Becomes').fill('Boss');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await dialog.getByText('None of the roles: Boss').waitFor();
  await dialog.getByLabel('Becomes').fill('Approver\nClerk');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page
    .getByRole('table', { name: 'Rules' })
    .getByRole('row', { name: /Authorizer Approver, Clerk/ })
    .waitFor();

  const preview = page.getByRole('region', { name: 'Who would get which roles' });
  await preview.getByRole('row', { name: /eva@x\.example .*Changes.*Uploader, Approver, Clerk/ }).waitFor();
  await preview.getByRole('searchbox').fill('gwen');
  await page.waitForURL(/search=gwen/);
  await preview.getByRole('row', { name: /gwen@x\.example No role No role/ }).waitFor();
  await preview.getByText('eva@x.example').waitFor({ state: 'detached' });

  await page.getByRole('link', { name: 'Accounts' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click();
  assert.deepEqual((await open.api(`/providers/${listed}/roles`))['rules'], [], 'nothing is saved yet');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The roles are saved.').waitFor();
  const saved = await open.api(`/providers/${listed}/roles`);
  assert.deepEqual(saved, {
    roles: [
      { name: 'Uploader', isAdministrator: false },
      { name: 'Approver', isAdministrator: false },
      { name: 'Clerk', title: 'Head clerk', isAdministrator: false },
      { name: 'Viewer', isAdministrator: false },
    ],
    rules: [{ value: 'Authorizer', roles: ['Approver', 'Clerk'] }],
  });
  assert.deepEqual(faults, []);
  await page.close();
});

test('what somebody else saved meanwhile is told and not overwritten', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/providers/${listed}?tab=roles`);
  await page.getByRole('button', { name: 'Remove Viewer' }).click();
  await page.getByText('Nothing is changed until you save.').waitFor();
  const table = { roles: [{ name: 'Viewer', isAdministrator: false }], rules: [] };
  await open.api(`/providers/${listed}/roles`, { method: 'PUT', body: table });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('the roles have been changed meanwhile').waitFor();
  assert.deepEqual(await open.api(`/providers/${listed}/roles`), table);
  assert.deepEqual(
    faults.filter((fault) => !/412/.test(fault)),
    [],
  );
  await page.close();
});
