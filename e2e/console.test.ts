import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type OpenConsole, openSample, until, watchedPage } from './browser/open-console.ts';
import { violations } from './browser/violations.ts';
import { type Screen, walkScreens } from './browser/walk-screens.ts';

let open: OpenConsole;
let app = '';
let person = '';

before(async () => {
  open = await openSample();
  app = (await api('/status')).apps?.find((one) => one.app === 'Zenvoices')?.id ?? '';
  person = (await api('/directory/users?search=Eva Lind')).items?.[0]?.objectId ?? '';
});

after(() => open?.close());

interface Answer {
  readonly apps?: readonly { readonly app: string; readonly id: string; readonly lastCycle?: unknown }[];
  readonly items?: readonly { readonly objectId: string; readonly userPrincipalName?: string }[];
}

function post(path: string, body: object): Promise<Readonly<Record<string, unknown>>> {
  return open.api(path, { method: 'POST', body });
}

async function api(path: string): Promise<Answer> {
  // The test reads only members it names, each as absent when it is not there.
  return (await open.api(path)) as Answer;
}

const screens = (): readonly Screen[] => [
  ['/', 'Home'],
  ['/apps', 'Apps'],
  [`/apps/${app}`, 'Cycle history'],
  [`/apps/${app}/connection`, 'Admin credentials'],
  [`/apps/${app}/behaviour`, 'Quarantine'],
  [`/apps/${app}/mappings`, 'Attribute mappings'],
  [`/apps/${app}/mappings?row=roles`, 'Edit the mapping of roles'],
  [`/apps/${app}/scope`, 'Scoping filters'],
  [`/apps/${app}/scope?type=groups`, 'Who would pass'],
  [`/apps/${app}/assignments`, 'Zenvoices'],
  [`/apps/${app}/roles`, 'App roles'],
  [`/apps/${app}/links`, 'Zenvoices'],
  [`/apps/${app}/links?object=group&search=zzzz`, 'Zenvoices'],
  [`/apps/${app}/plan`, 'Zenvoices'],
  ['/gallery', 'Gallery'],
  ['/gallery?template=zero', 'Create an application'],
  [`/apps/${app}/on-demand`, 'Zenvoices'],
  [`/apps/${app}/staged`, 'Zenvoices'],
  [`/apps/${app}/import`, 'Zenvoices'],
  [`/apps/${app}/drift`, 'Zenvoices'],
  ['/logs', 'Provisioning logs'],
  ['/directory/users', 'People'],
  [`/directory/users/${person}`, 'Eva Lind'],
  ['/directory/groups', 'Groups'],
  ['/directory/import', 'Import people'],
  ['/providers', 'Providers'],
  ['/settings', 'Settings'],
  ['/settings/keys', 'Settings'],
  ['/settings/audit', 'Settings'],
  ['/nowhere', 'There is no such page'],
];

test('every screen has no WCAG 2.2 AA violation in light and dark, no refusal of the policy and no script error', () =>
  walkScreens(open, screens()));

test('an expression is edited with a live preview, and what would change is told before it is saved', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/apps/${app}/mappings`);
  await page.getByRole('button', { name: 'Edit the mapping of preferredLanguage' }).first().click();
  await page.getByLabel('Mapping type').selectOption('Expression');
  await page.getByRole('textbox', { name: 'Expression' }).fill('ToUpper([surname])');
  await page.getByRole('combobox', { name: 'Preview for' }).fill('Eva Lind');
  await page.getByRole('option', { name: 'Eva Lind' }).click();
  await page.getByText('LIND', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'What would change' }).click();
  await page.getByRole('cell', { name: /ToUpper/ }).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  assert.deepEqual(faults, []);
  await page.close();
});

test('an app is made from the gallery, tested before it is saved, scoped, assigned in bulk and provisioned', async () => {
  const { page, faults } = await watchedPage(open.context);
  const { token, scimUrl } = await post('/providers', { profile: 'generic', title: 'Browser' });
  await page.goto(`${open.url}/gallery`);
  await page.getByRole('button', { name: 'Create SCIM 2.0 app' }).click();
  await page.getByLabel('Name').fill('Made here');
  await page.getByLabel('Tenant URL').fill(String(scimUrl));
  await page.getByRole('button', { name: 'Create', exact: true }).click();

  await page.getByRole('heading', { name: 'Admin credentials' }).waitFor();
  await page.getByText('None is stored yet.').waitFor();
  await page.getByLabel('Secret token').fill('wrong');
  await page.getByRole('button', { name: 'Test Connection' }).click();
  await page.getByText('The connection does not work').waitFor();
  await page.getByLabel('Secret token').fill(String(token));
  await page.getByRole('button', { name: 'Test Connection' }).click();
  await page.getByText('The app answered as a SCIM service should.').waitFor();
  await page.getByText('Requests and answers').click();
  await page.getByText(/GET \/Users\?filter=/).waitFor();
  assert.equal((await page.locator('body').innerText()).includes(String(token)), false, 'the token is not shown');
  await page.getByLabel('Requests a second at most').fill('fast');
  assert.equal(await page.getByRole('button', { name: 'Save' }).isDisabled(), true);
  await page.getByLabel('Requests a second at most').fill('100');
  await page.getByRole('link', { name: 'Scope', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The connection is saved.').waitFor();

  await page.getByRole('link', { name: 'Scope', exact: true }).click();
  await page.getByRole('button', { name: 'Add filter' }).click();
  await page.getByLabel('Attribute', { exact: true }).fill('userPrincipalName');
  await page.getByLabel('Operator').selectOption('INCLUDES');
  await page.getByLabel('Value').fill('eva.lind');
  await page.getByLabel('Whom the app looks at').selectOption('All users and groups');
  await page.getByText(/^1 of [\d,]+ people match$/).waitFor();
  await page.getByLabel('Whom the app looks at').selectOption('Only assigned users and groups');
  await page.getByRole('button', { name: 'Remove filter' }).click();
  await page.getByText('No filter: everybody in the scope passes.').waitFor();

  await page.getByRole('link', { name: 'Assignments' }).click();
  await page.getByText('Nobody is assigned').waitFor();
  await page.getByRole('button', { name: 'Assign', exact: true }).click();
  await page.getByLabel('Whom').selectOption('Many people, from a list');
  const names = (await api('/directory/users?limit=3')).items?.map((one) => one.userPrincipalName ?? '') ?? [];
  await page.getByRole('textbox', { name: 'People' }).fill([...names, 'nobody@nowhere.example'].join('\n'));
  await page.getByRole('dialog').getByRole('button', { name: 'Assign' }).click();
  await page
    .getByText(/nobody@nowhere\.example/)
    .last()
    .waitFor();
  await page.getByRole('textbox', { name: 'People' }).fill(names.join('\n'));
  await page.getByRole('dialog').getByRole('button', { name: 'Assign' }).click();
  await page.getByText('3 assignments are new.').waitFor();

  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('button', { name: 'Sync now' }).click();
  await until(
    async () => ((await post('/apps/Made here/sync', { wait: true }))['state'] ?? '') === 'succeeded',
    'a cycle',
  );
  const { items = [] } = await api('/apps/Made here/links');
  assert.equal(items.length, 3, 'each of the three has an account');

  await page.getByRole('link', { name: 'Assignments' }).click();
  await page
    .getByLabel(/^Select (?!all)/)
    .first()
    .check();
  await page.getByRole('button', { name: 'Remove one' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('remove');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove one' }).click();
  await page.getByText('One assignment is removed.').waitFor();
  const refused = /422|400/;
  assert.deepEqual(
    faults.filter((fault) => !refused.test(fault)),
    [],
  );
  await page.close();
});

test('somebody is invited and removed, and a key is made, used and revoked', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/settings`);
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('colleague');
  await page.getByRole('dialog').getByLabel('Role').selectOption('operator');
  await page.getByRole('dialog').getByRole('button', { name: 'Invite somebody' }).click();
  await page.getByText(/\/first-run\?token=/).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await page.getByLabel('Role of colleague').selectOption('auditor');
  await page.getByText('colleague has another role now.').waitFor();
  await page.getByRole('button', { name: 'Remove colleague' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('colleague');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('colleague is removed.').waitFor();

  await page.getByRole('link', { name: 'API keys' }).click();
  await page.getByRole('button', { name: 'Make a key' }).first().click();
  await page.getByRole('dialog').getByLabel('Label').fill('nightly script');
  await page.getByRole('dialog').getByRole('button', { name: 'Make a key' }).click();
  const key = await page.getByRole('dialog').locator('code').first().innerText();
  const ask = async (): Promise<number> =>
    (await fetch(`${open.url}/api/v1/apps`, { headers: { authorization: `Bearer ${key.trim()}` } })).status;
  assert.equal(await ask(), 200);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: 'Revoke nightly script' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('nightly script');
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('Revoked').waitFor();
  assert.equal(await ask(), 401);
  assert.deepEqual(faults, []);
  await page.close();
});

test('a file of people is previewed, a wrong one is refused with its row, and a right one is imported', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/directory/import`);
  const text = page.getByLabel('Or its text');
  await text.fill('userPrincipalName,displayName\n,Nobody');
  await page.getByRole('button', { name: 'Preview' }).click();
  await page
    .getByRole('alert')
    .getByText(/userPrincipalName/)
    .first()
    .waitFor();
  await page.getByLabel('File', { exact: true }).setInputFiles({
    name: 'people.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('userPrincipalName,displayName,department\nfile.one@x.example,File One,Sales\n'),
  });
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByText(/^One is created/).waitFor();
  await page.getByRole('cell', { name: 'file.one@x.example', exact: true }).waitFor();
  assert.deepEqual((await api('/directory/users?search=File One')).items, [], 'nothing is written yet');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('link', { name: 'See the people' }).waitFor();
  assert.equal((await api('/directory/users?search=File One')).items?.length, 1);
  assert.deepEqual(
    faults.filter((fault) => !fault.includes('422')),
    [],
  );
  await page.close();
});

test('the next cycle is planned, carried out exactly, and undone from the history', async () => {
  const { page, faults } = await watchedPage(open.context);
  const { token, scimUrl } = await post('/providers', { profile: 'generic', title: 'Planned' });
  const [first] = (await api('/directory/users?limit=1')).items ?? [];
  await post('/apps', {
    name: 'Planned',
    template: 'generic',
    tenantUrl: scimUrl,
    secretToken: token,
    schedule: { enabled: false },
    assignments: [{ user: first?.userPrincipalName }],
  });
  await page.goto(`${open.url}/apps/Planned/plan`);
  await page.getByRole('button', { name: 'Plan the next cycle' }).click();
  await page.getByRole('heading', { name: 'What the next cycle would do' }).waitFor();
  await page.getByText('1 create', { exact: true }).waitFor();
  assert.deepEqual(await violations(page), []);
  assert.deepEqual((await api('/apps/Planned/links')).items, [], 'planning writes nothing');
  await page.getByRole('button', { name: 'Carry out' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('carry out');
  await page.getByRole('dialog').getByRole('button', { name: 'Carry out' }).click();
  await page.getByText(/Carried out$/).waitFor();
  assert.equal((await api('/apps/Planned/links')).items?.length, 1);
  // A plan carried out is no cycle of its own, so there is nothing to undo before the first one.
  assert.equal((await post('/apps/Planned/sync', { wait: true }))['state'], 'succeeded');
  await page.getByRole('link', { name: 'Overview' }).click();
  await page
    .getByRole('button', { name: /^Undo the cycle of/ })
    .first()
    .click();
  await page.getByRole('heading', { name: 'What undoing the cycle would do' }).waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});

test('what the job does when somebody leaves, and what the app can do, is changed and goes back to its default', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/apps/${app}/behaviour`);
  const save = page.getByRole('button', { name: 'Save' });
  await page.getByLabel('Leave accounts alone when their person leaves the scope').check();
  await page.getByLabel('Takes bulk requests').selectOption('No');
  await page.getByLabel('Objects that may fail, in percent').fill('101');
  assert.equal(await save.isDisabled(), true);
  await page.getByLabel('Objects that may fail, in percent').fill('25');
  await page.getByLabel('Overwrite what differs').check();
  await page.getByText('Say how often the app is compared, or do not overwrite.').waitFor();
  await page.getByLabel('Hours between comparing the app').fill('24');
  await save.click();
  await page.getByText('The behaviour is saved.').waitFor();
  const { settings } = await open.api(`/apps/${app}/settings`);
  const { schedule: _schedule, dialect: _dialect, ...rest } = settings as Readonly<Record<string, unknown>>;
  assert.deepEqual(rest, {
    skipOutOfScopeDeletions: true,
    features: { bulk: false },
    quarantine: { failedPercentMax: 25 },
    drift: { interval: 'P1D', fix: true },
  });
  for (const name of ['Hours between comparing the app', 'Objects that may fail, in percent']) {
    await page.getByLabel(name).fill('');
  }
  await page.getByLabel('Overwrite what differs').uncheck();
  await page.getByLabel('Leave accounts alone when their person leaves the scope').uncheck();
  await page.getByLabel('Takes bulk requests').selectOption('Default');
  await save.click();
  const left = async (): Promise<string> =>
    Object.keys((await open.api(`/apps/${app}/settings`))['settings'] as object)
      .toSorted()
      .join();
  await until(async () => (await left()) === 'dialect,schedule', 'everything back at its default');
  assert.deepEqual(faults, []);
  await page.close();
});

test('an app role is made, given and deleted, and a link is broken', async () => {
  const { page, faults } = await watchedPage(open.context);
  const { token, scimUrl } = await post('/providers', { profile: 'generic', title: 'Linked' });
  const [first] = (await api('/directory/users?limit=1')).items ?? [];
  await post('/apps', {
    name: 'Linked',
    template: 'generic',
    tenantUrl: scimUrl,
    secretToken: token,
    schedule: { enabled: false },
    assignments: [{ user: first?.userPrincipalName }],
  });
  assert.equal((await post('/apps/Linked/sync', { wait: true }))['state'], 'succeeded');

  await page.goto(`${open.url}/apps/Linked/roles`);
  await page.getByRole('button', { name: 'Add a role' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Say what the app is sent.').waitFor();
  await dialog.getByLabel('Value').fill('Payer');
  await dialog.getByLabel('Groups', { exact: true }).uncheck();
  assert.deepEqual(await violations(page), []);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The role Payer is saved.').waitFor();
  await post('/apps/Linked/assignments', { user: first?.userPrincipalName, roles: ['Payer'] });
  await page.getByRole('button', { name: 'Delete Payer' }).click();
  await dialog.getByRole('textbox').fill('Payer');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('The role is deleted; one assignment had it.').waitFor();

  await page.getByRole('link', { name: 'Links', exact: true }).click();
  const breaking = page.getByRole('button', { name: /^Break the link of/ });
  const name = /^Break the link of (.+)$/.exec((await breaking.getAttribute('aria-label')) ?? '')?.[1] ?? '';
  await breaking.click();
  await dialog.getByRole('textbox').fill(name);
  await dialog.getByRole('button', { name: 'Break', exact: true }).click();
  await page.getByText('There are no links yet').waitFor();
  assert.deepEqual((await api('/apps/Linked/links')).items, []);
  assert.deepEqual(faults, []);
  await page.close();
});

test('filters of the log live in the address, and a record opens in a drawer that has one too', async () => {
  const { page } = await watchedPage(open.context);
  await page.goto(`${open.url}/logs`);
  await page.getByLabel('Status').selectOption('Skipped');
  await page.waitForURL(/status=skipped/);
  await page.getByRole('table').getByRole('button').first().click();
  await page.waitForURL(/record=/);
  await page.reload();
  await page.getByRole('dialog').getByRole('button', { name: 'Troubleshooting & recommendations' }).click();
  await page.getByText('What to do').waitFor();
  await page.close();
});
