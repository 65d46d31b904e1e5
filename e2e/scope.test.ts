import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type OpenConsole, openConsole, until, watchedPage } from './browser/open-console.ts';
import { violations } from './browser/violations.ts';

let open: OpenConsole;
let app = '';
let crew = '';

/** What nobody could type in Entra: groups in groups, eight deep, with every switch a clause has. */
const deep = [
  {
    title: 'By API',
    clauses: [
      { attribute: 'department', operator: 'EQUALS', value: 'Sales', orEmpty: true },
      {
        any: [
          { attribute: 'otherMails', operator: 'ENDS_WITH', value: '.example', comparison: 'any' },
          nest(7, { attribute: 'city', operator: 'EQUALS', value: 'Oslo' }),
        ],
      },
    ],
  },
  { title: 'By API', clauses: [{ attribute: 'jobTitle', operator: 'IS NOT NULL' }] },
];
const input = [{ title: 'Seen', clauses: [{ any: [{ attribute: 'mail', operator: 'IS NULL' }] }] }];

function nest(levels: number, inner: object): object {
  return levels === 0 ? inner : nest(levels - 1, levels % 2 === 0 ? { any: [inner] } : { all: [inner] });
}

before(async () => {
  open = await openConsole();
  await open.signInAsOwner();
  const { scimUrl, token } = await open.api('/providers', { method: 'POST', body: { profile: 'generic', title: 'T' } });
  const people = [
    ['eva', 'Sales', 'Oslo'],
    ['finn', 'Sales', 'Bergen'],
    ['gro', 'IT', 'Oslo'],
    ['hans', 'HR', 'Lund'],
  ] as const;
  for (const [name, department, city] of people) {
    const body = { userPrincipalName: `${name}@x.example`, displayName: name, department, city };
    await open.api('/directory/users', { method: 'POST', body });
  }
  crew = String((await open.api('/directory/groups', { method: 'POST', body: { displayName: 'Crew' } }))['objectId']);
  await open.api(`/directory/groups/${crew}/members`, { method: 'POST', body: { add: ['hans'] } });
  const declared = { name: 'App', template: 'generic', tenantUrl: scimUrl, secretToken: token, scope: 'all' };
  const made = await open.api('/apps', { method: 'POST', body: { ...declared, schedule: { enabled: false } } });
  app = String(made['id']);
});

after(() => open?.close());

/** The scope as the API has it. */
async function scope(change?: object): Promise<unknown> {
  const path = `/apps/${app}/scope`;
  if (change !== undefined) await open.api(path, { method: 'PUT', body: change });
  return open.api(path);
}

/** Whether the counts on screen come to be these. */
async function matches(page: Page, text: string): Promise<void> {
  await page.getByRole('status').filter({ hasText: text }).waitFor();
}

for (const scheme of ['light', 'dark'] as const) {
  test(`deep groups of conditions in ${scheme} have no WCAG 2.2 AA violation and no error`, async () => {
    await scope({ users: { filters: deep, inputFilters: input } });
    const { page, faults } = await watchedPage(open.context, scheme);
    for (const path of ['scope', 'scope?type=groups']) {
      await page.goto(`${open.url}/apps/${app}/${path}`);
      await page.getByRole('heading', { name: 'Scoping filters' }).waitFor();
      await page.waitForLoadState('networkidle');
      assert.deepEqual(await violations(page), [], path);
    }
    assert.deepEqual(faults, []);
    await page.close();
  });
}

test('filters of the API are shown whole, and saving something else loses nothing of them', async () => {
  const groups = { filters: [{ title: 'G', clauses: [{ attribute: 'displayName', operator: 'IS NOT NULL' }] }] };
  const before = await scope({ users: { filters: deep, inputFilters: input }, groups });
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/apps/${app}/scope`);
  await page.getByRole('group', { name: 'Clause 2.2.1.1.1.1.1.1.1', exact: true }).waitFor();
  await page.getByText('otherMails ENDS_WITH ".example" or').first().waitFor();
  assert.equal(await page.getByRole('checkbox', { name: 'One of several values is enough' }).isChecked(), true);
  await page.getByLabel('Whom the app looks at').selectOption('Only assigned users and groups');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The scope is saved.').waitFor();
  await until(async () => (await page.getByRole('button', { name: 'Save' }).isDisabled()) === true, 'the saved state');
  assert.deepEqual(await scope(), { ...Object(before), scope: 'assigned' });
  await scope({ scope: 'all' });
  assert.deepEqual(faults, []);
  await page.close();
});

test('a group of conditions is built by keyboard alone, with live counts and the focus where the work is', async () => {
  await scope({ users: { filters: [], inputFilters: [] }, groups: { filters: [] } });
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/apps/${app}/scope`);
  await matches(page, '4 of 4 people match');
  const type = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await page.getByRole('button', { name: 'Add filter' }).focus();
  await type('Enter');
  // The title of the new filter has the focus; Tab leads past the remove button to the clause.
  await type('Tab', 'Tab', 'Tab', 'Tab');
  await page.keyboard.type('Sales');
  await matches(page, '2 of 4 people match');
  await page.getByText('Filter 1: department EQUALS Sales (2)').waitFor();
  await page.getByRole('button', { name: 'Add group of conditions' }).first().focus();
  await type('Enter');
  const second = page.getByRole('group', { name: 'Group 2', exact: true });
  await second.getByLabel('Of these conditions').waitFor();
  assert.equal(await second.getByLabel('Of these conditions').inputValue(), 'any');
  await page.getByText('Counted anew once every condition is complete.').waitFor();
  const inner = page.getByRole('group', { name: 'Clause 2.1', exact: true });
  await inner.getByLabel('Attribute').fill('city');
  await inner.getByLabel('Value').fill('Bergen');
  await matches(page, '1 of 4 people match');
  await second.getByRole('button', { name: 'Add clause' }).focus();
  await type('Enter');
  assert.equal(
    await page.getByRole('group', { name: 'Clause 2.2', exact: true }).locator('input:focus').count(),
    1,
    'the new clause has the focus',
  );
  await page.keyboard.press('Control+A');
  await page.keyboard.type('city');
  await type('Tab', 'Tab');
  await page.keyboard.type('Oslo');
  await matches(page, '2 of 4 people match');
  await second.getByLabel('Of these conditions').selectOption('all must hold');
  await matches(page, '0 of 4 people match');
  await page.getByRole('button', { name: 'Remove clause 2.2 on city' }).focus();
  await type('Enter');
  assert.equal(await second.locator('button:focus').innerText(), 'Add clause', 'the focus is not lost');
  await matches(page, '1 of 4 people match');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByText('The scope is saved.').waitFor();
  const sales = { attribute: 'department', operator: 'EQUALS', value: 'Sales' };
  const bergen = { all: [{ attribute: 'city', operator: 'EQUALS', value: 'Bergen' }] };
  assert.deepEqual(await scope(), {
    scope: 'all',
    users: { filters: [{ title: 'Filter 1', clauses: [sales, bergen] }], inputFilters: [] },
    groups: { filters: [], inputFilters: [] },
  });
  assert.deepEqual(faults, []);
  await page.close();
});

test('membership is asked by the name of a group, and groups are counted by their own filters', async () => {
  await scope({ users: { filters: [{ title: 'Members', clauses: [{ attribute: 'mail', operator: 'IS NULL' }] }] } });
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/apps/${app}/scope`);
  await page.getByLabel('Operator').selectOption('IS MEMBER OF');
  await page.getByLabel('Group', { exact: true }).fill('Crew');
  await page.getByRole('option', { name: /Crew/ }).click();
  await matches(page, '1 of 4 people match');
  await page.getByRole('link', { name: 'hans' }).waitFor();
  await page.getByLabel('Filters of').selectOption('Groups');
  await page.getByRole('button', { name: 'Add filter' }).click();
  await page.getByLabel('Attribute').fill('displayName');
  await page.getByLabel('Value').fill('Nobody');
  await matches(page, '0 of 1 group matches');
  assert.equal(await page.getByLabel('Operator').getByText('IS MEMBER OF').count(), 0);
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await matches(page, '1 of 1 group matches');
  assert.deepEqual(faults, []);
  await page.close();
});

test('what somebody else changed of the app meanwhile is told, and both changes are kept', async () => {
  await scope({ scope: 'all', users: { filters: [], inputFilters: [] } });
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/apps/${app}/scope`);
  await page.getByRole('button', { name: 'Add filter' }).click();
  await page.getByLabel('Value').fill('IT');
  await scope({ scope: 'assigned' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Somebody else has changed the app meanwhile').waitFor();
  await page.getByRole('button', { name: 'Go on with my changes' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The scope is saved.').waitFor();
  const it = { attribute: 'department', operator: 'EQUALS', value: 'IT' };
  assert.deepEqual(await scope(), {
    scope: 'assigned',
    users: { filters: [{ title: 'Filter 1', clauses: [it] }], inputFilters: [] },
    groups: { filters: [], inputFilters: [] },
  });
  assert.deepEqual(
    faults.filter((fault) => !fault.includes('412')),
    [],
  );
  await page.close();
});
