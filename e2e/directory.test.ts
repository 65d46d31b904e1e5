import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type OpenConsole, openConsole, watchedPage } from './browser/open-console.ts';
import { violations } from './browser/violations.ts';

let open: OpenConsole;
let eva = '';
let finn = '';
let sales = '';

before(async () => {
  open = await openConsole();
  await open.signInAsOwner();
  eva = await make('users', {
    userPrincipalName: 'eva@x.example',
    displayName: 'Eva Lind',
    department: 'IT',
    otherMails: ['eva@home.example'],
    extension_app_costCentre: 'K7',
  });
  finn = await make('users', { userPrincipalName: 'finn@x.example', displayName: 'Finn Berg' });
  sales = await make('groups', { displayName: 'Sales' });
  const north = await make('groups', { displayName: 'Sales North' });
  await join(sales, north, eva);
  await join(north, eva, finn);
  await applyFeed('userPrincipalName\nhans@x.example');
  await applyFeed('userPrincipalName,accountEnabled\nhans@x.example,perhaps\nida@x.example,rather not');
});

after(() => open?.close());

/** Makes a person or group; gives the objectId. */
async function make(kind: 'users' | 'groups', body: object): Promise<string> {
  return String((await open.api(`/directory/${kind}`, { method: 'POST', body }))['objectId']);
}

/** Makes people and groups members of a group. */
async function join(group: string, ...add: readonly string[]): Promise<void> {
  await open.api(`/directory/groups/${group}/members`, { method: 'POST', body: { add } });
}

/** Brings people by a feed that a declaration names. */
async function applyFeed(text: string): Promise<void> {
  const feeds = [{ name: 'hr', type: 'csv', file: 'hr.csv', key: 'userPrincipalName', text }];
  await open.api('/apply', { method: 'POST', body: { declaration: { directory: { feeds } } } });
}

/** The attributes of a person or group as the API tells them. */
async function read(kind: 'users' | 'groups', objectId: string): Promise<Readonly<Record<string, unknown>>> {
  const { entry } = await open.api(`/directory/${kind}/${objectId}`);
  // The API's own shape; members are read as unknown.
  return entry as Readonly<Record<string, unknown>>;
}

const screens = (): readonly (readonly [string, string])[] => [
  ['/directory/users', 'People'],
  ['/directory/users?state=deleted', 'People'],
  ['/directory/users/new', 'New person'],
  [`/directory/users/${eva}`, 'Eva Lind'],
  [`/directory/users/${eva}/edit`, 'Edit Eva Lind'],
  ['/directory/groups', 'Groups'],
  ['/directory/groups/new', 'New group'],
  ['/directory/feeds', 'Feeds'],
  ['/directory/feeds?feed=declared:hr', 'hr'],
  [`/directory/groups/${sales}`, 'Sales'],
  [`/directory/groups/${sales}?tab=inherited`, 'Sales'],
  [`/directory/groups/${sales}?tab=groups`, 'Groups within this one'],
  [`/directory/groups/${sales}?tab=details`, 'Sales'],
  [`/directory/groups/${sales}/edit`, 'Edit Sales'],
];

for (const scheme of ['light', 'dark'] as const) {
  test(`every screen of the directory in ${scheme} has no WCAG 2.2 AA violation and no error`, async () => {
    const { page, faults } = await watchedPage(open.context, scheme);
    for (const [path, heading] of screens()) {
      await page.goto(open.url + path);
      await page.getByRole('heading', { name: heading, exact: true }).first().waitFor();
      await page.waitForLoadState('networkidle');
      assert.deepEqual(await violations(page), [], path);
    }
    assert.deepEqual(faults, []);
    await page.close();
  });
}

test('a person is made by keyboard, and what is wrong is told at its field', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/directory/users`);
  await page.getByRole('link', { name: 'New person' }).press('Enter');
  const signIn = page.getByLabel('Sign-in name');
  await signIn.fill('EVA@x.example');
  await page.getByLabel('Display name').fill('Gro Vik');
  await page.getByLabel('First working day').fill('2026-03-01');
  await page.getByLabel('Enabled', { exact: true }).press('Space');
  await page.getByLabel('Further e-mail addresses').fill('gro@home.example\ngro@old.example');
  await signIn.press('Enter');
  await page.getByText('another person has this sign-in name').waitFor();
  assert.equal(await signIn.getAttribute('aria-invalid'), 'true');
  assert.equal(await page.locator('[aria-invalid="true"]:focus').count(), 1, 'the reader is led there');
  assert.deepEqual(await violations(page), []);
  await signIn.fill('gro@x.example');
  await signIn.press('Enter');
  await page.getByRole('heading', { name: 'Gro Vik', level: 1 }).waitFor();
  const saved = await read('users', page.url().split('/').at(-1) ?? '');
  assert.deepEqual(
    [saved['accountEnabled'], saved['employeeHireDate'], saved['otherMails']],
    [false, '2026-03-01T00:00:00Z', ['gro@home.example', 'gro@old.example']],
  );
  // The refusal is an answer of the server like any other, and browsers log it.
  assert.deepEqual(
    faults.filter((fault) => !fault.includes('409')),
    [],
  );
  await page.close();
});

test('a person is given a manager and an attribute of the organization, and is not left unsaved', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/directory/users/${eva}`);
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('Department').fill('Sales');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click();
  await page.getByLabel('Manager').fill('finn');
  await page.getByRole('option', { name: /Finn Berg/ }).click();
  await page.getByLabel('extension_app_costCentre').fill('');
  await page.getByLabel('Name of an extension attribute').fill('extension_app_floor');
  await page.getByRole('button', { name: 'Add attribute' }).click();
  await page.getByLabel('extension_app_floor').fill('3');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Eva Lind is saved.').waitFor();
  await page.waitForURL(new RegExp(`/directory/users/${eva}$`));
  const saved = await read('users', eva);
  assert.deepEqual(
    [saved['department'], saved['manager'], saved['extension_app_costCentre'], saved['extension_app_floor']],
    ['Sales', finn, undefined, '3'],
  );
  await page.getByRole('link', { name: 'Edit' }).click();
  const manager = page.getByLabel('Manager');
  await manager.waitFor();
  assert.equal(await manager.inputValue(), 'Finn Berg');
  await manager.fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL(new RegExp(`/directory/users/${eva}$`));
  assert.equal((await read('users', eva))['manager'], undefined);
  assert.deepEqual(faults, []);
  await page.close();
});

test('what somebody else saved meanwhile is told, and neither is lost', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/directory/users/${finn}/edit`);
  await page.getByLabel('Job title').fill('Clerk');
  await page.getByLabel('City').fill('Oslo');
  await open.api(`/directory/users/${finn}`, { method: 'PATCH', body: { jobTitle: 'Boss', department: 'HR' } });
  await page.getByRole('button', { name: 'Save' }).click();
  const notice = page.getByRole('alert').filter({ hasText: 'Somebody else has changed this meanwhile' });
  await notice.getByText('Department: nothing became HR').waitFor();
  await notice.getByText('You changed it too').waitFor();
  assert.equal((await read('users', finn))['city'], undefined, 'nothing was written');
  assert.deepEqual(await violations(page), []);
  await notice.getByRole('button', { name: 'Go on with my changes' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL(new RegExp(`/directory/users/${finn}$`));
  const saved = await read('users', finn);
  assert.deepEqual([saved['jobTitle'], saved['city'], saved['department']], ['Clerk', 'Oslo', 'HR']);
  assert.deepEqual(
    faults.filter((fault) => !fault.includes('412')),
    [],
  );
  await page.close();
});

test('a person goes into the recycle bin, comes back, and is deleted for good', async () => {
  const doomed = await make('users', { userPrincipalName: 'ida@x.example', displayName: 'Ida Moe' });
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/directory/users/${doomed}`);
  const remove = async (button: string): Promise<void> => {
    await page.getByRole('button', { name: button, exact: true }).click();
    const question = page.getByRole('dialog', { name: /^Delete ida/ });
    assert.equal(await question.getByRole('button', { name: button }).isDisabled(), true);
    await question.getByRole('textbox').fill('ida@x.example');
    await question.getByRole('button', { name: button }).click();
  };
  await remove('Delete');
  await page.getByText(/In the recycle bin$/).waitFor();
  await page.goto(`${open.url}/directory/users?state=deleted`);
  await page.getByRole('link', { name: 'Ida Moe' }).click();
  await page.getByRole('button', { name: 'Restore' }).click();
  await page.getByText(/Enabled$/).waitFor();
  await remove('Delete');
  await remove('Delete for good');
  await page.waitForURL(/\/directory\/users$/);
  const gone = await open.api(`/directory/users/${doomed}`);
  assert.equal(Object.hasOwn(gone, 'error'), true);
  assert.deepEqual(faults, []);
  await page.close();
});

test('a group is made, renamed and deleted', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/directory/groups`);
  await page.getByRole('link', { name: 'New group' }).click();
  await page.getByLabel('Display name').fill('Warehous');
  await page.getByLabel('Grants access').check();
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByText('The group has no members').waitFor();
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('Display name').fill('Warehouse');
  await page.getByLabel('Description').fill('Everybody in the hall');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Warehouse', level: 1 }).waitFor();
  await page.getByText('Everybody in the hall').waitFor();
  const id = page.url().split('/').at(-1) ?? '';
  assert.equal((await read('groups', id))['securityEnabled'], true);
  await page.getByRole('button', { name: 'Delete' }).click();
  const question = page.getByRole('dialog', { name: 'Delete Warehouse?' });
  await question.getByRole('textbox').fill('Warehouse');
  await question.getByRole('button', { name: 'Delete' }).click();
  await page.getByText(/In the recycle bin$/).waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});

test('who is in a group directly and by groups within is told apart, and leads there', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/directory/groups/${sales}`);
  await page.getByRole('link', { name: 'Eva Lind' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Finn Berg' }).count(), 0);
  await page.getByRole('link', { name: 'By groups within' }).click();
  const row = page.getByRole('row', { name: /Finn Berg/ });
  await row.waitFor();
  assert.equal(await page.getByRole('link', { name: 'Eva Lind' }).count(), 0, 'she is a direct member');
  await row.getByRole('link', { name: 'Sales North' }).click();
  await page.getByRole('heading', { name: 'Sales North', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'Groups', exact: true }).click();
  await page.getByRole('link', { name: 'Sales', exact: true }).waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});

test('people and groups are picked one after the other, a circle is refused, and many leave after a typed word', async () => {
  const [crew, outer] = [await make('groups', { displayName: 'Crew' }), await make('groups', { displayName: 'Outer' })];
  await join(outer, crew);
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/directory/groups/${crew}`);
  await page.getByRole('button', { name: 'Add members' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add members to Crew' });
  for (const name of ['Eva Lind', 'Finn Berg']) {
    await dialog.getByLabel('Person').pressSequentially(name.slice(0, 4));
    await page.getByRole('option', { name }).click();
    await dialog.getByRole('button', { name: `Leave ${name} out` }).waitFor();
  }
  await dialog.getByLabel('Add', { exact: true }).selectOption('Groups');
  await dialog.getByLabel('Group', { exact: true }).fill('Outer');
  await page.getByRole('option', { name: 'Outer' }).click();
  await dialog.getByRole('button', { name: 'Add 3' }).click();
  await dialog.getByText('"Outer" cannot be a member of "Crew": "Crew" is within it already').waitFor();
  assert.deepEqual(await violations(page), []);
  await dialog.getByRole('button', { name: 'Leave Outer out' }).click();
  await dialog.getByLabel('Add', { exact: true }).selectOption('From a list');
  await dialog.getByLabel('People and groups').fill('Sales North\nnobody');
  await dialog.getByRole('button', { name: 'Add 4' }).click();
  await dialog.getByText('there is neither a person nor a group "nobody" in the directory').waitFor();
  await dialog.getByLabel('People and groups').fill('Sales North');
  await dialog.getByRole('button', { name: 'Add 3' }).click();
  await page.getByText('The members are added.').waitFor();
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await page.getByRole('checkbox', { name: 'Select Eva Lind' }).uncheck();
  await page.getByRole('button', { name: 'Remove 2' }).click();
  const question = page.getByRole('dialog', { name: 'Remove 2 members from Crew?' });
  assert.equal(await question.getByRole('button', { name: 'Remove 2' }).isDisabled(), true);
  await question.getByRole('textbox').fill('remove');
  await question.getByRole('button', { name: 'Remove 2' }).click();
  await page.getByText('2 members are removed.').waitFor();
  const left = await open.api(`/directory/groups/${crew}/members`);
  assert.deepEqual(Array.isArray(left['items']) ? left['items'].map((one) => one.objectId) : [], [eva]);
  assert.deepEqual(
    faults.filter((fault) => !/40[49]/.test(fault)),
    [],
  );
  await page.close();
});

test('a refused feed says why and what to do, shows its runs, and a file that is imported becomes one', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/directory/import`);
  const buffer = Buffer.from('userPrincipalName,displayName\njon@x.example,Jon Dahl');
  await page.getByLabel('File', { exact: true }).setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByText('One is created').waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('link', { name: 'See the people' }).waitFor();
  await page.getByRole('navigation', { name: 'Directory' }).getByRole('link', { name: 'Feeds' }).click();
  await page.getByText('hr: the last run was refused').waitFor();
  await page.getByText('"perhaps" is neither true nor false').waitFor();
  await page.getByRole('row', { name: /Files imported by hand.*Healthy.*by .*owner.* 1 0 0 0/ }).waitFor();
  await page.getByRole('button', { name: 'Files imported by hand' }).click();
  await page.getByRole('dialog').getByText('File: people.csv.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'See its runs' }).click();
  await page.waitForURL(/feed=declared/);
  const drawer = page.getByRole('dialog', { name: 'hr' });
  await drawer.getByText('The first 2 of 2 faults').click();
  await drawer.getByText('line 3, column accountEnabled: "rather not" is neither true nor false').waitFor();
  assert.deepEqual(await violations(page), []);
  await drawer.getByRole('button', { name: 'Forget the feed' }).click();
  const question = page.getByRole('dialog', { name: 'Forget hr?' });
  await question.getByRole('textbox').fill('forget');
  await question.getByRole('button', { name: 'Forget the feed' }).click();
  await page.getByText('hr is forgotten.').waitFor();
  await page.getByText('hr: the last run was refused').waitFor({ state: 'detached' });
  assert.deepEqual(faults, []);
  await page.close();
});

test('whoever may only look is offered nothing to change', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.route('**/api/v1/me', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), permissions: ['read'] } });
  });
  for (const [path, text] of [
    ['/directory/users', 'Eva Lind'],
    [`/directory/users/${eva}`, 'extension_app_floor'],
    [`/directory/groups/${sales}`, 'Eva Lind'],
  ] as const) {
    await page.goto(open.url + path);
    await page.getByText(text).first().waitFor();
    await page.waitForLoadState('networkidle');
    const offered = page.getByRole('main').getByText(/^(New person|Edit|Delete|Add members|Remove \d+)$/);
    assert.deepEqual(await offered.allInnerTexts(), [], path);
  }
  assert.deepEqual(faults, []);
  await page.close();
});
