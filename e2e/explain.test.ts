import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type OpenConsole, openConsole, watchedPage } from './browser/open-console.ts';
import { violations } from './browser/violations.ts';

let open: OpenConsole;
let eva = '';
let crew = '';

before(async () => {
  open = await openConsole();
  await open.signInAsOwner();
  const { scimUrl, token } = await post('/providers', { profile: 'generic', title: 'T' });
  const make = async (name: string, more: object): Promise<string> => {
    const body = { userPrincipalName: `${name}@x.example`, mailNickname: name, displayName: name, ...more };
    return String((await post('/directory/users', body))['objectId']);
  };
  const boss = await make('Bo Boss', { userPrincipalName: 'bo@x.example' });
  eva = await make('Eva Lind', { userPrincipalName: 'eva@x.example', department: 'IT', manager: boss });
  crew = String((await post('/directory/groups', { displayName: 'Crew' }))['objectId']);
  const all = String((await post('/directory/groups', { displayName: 'Everybody' }))['objectId']);
  await post(`/directory/groups/${crew}/members`, { add: [eva] });
  await post(`/directory/groups/${all}/members`, { add: [crew] });
  const clause = { attribute: 'department', operator: 'EQUALS', value: 'Sales' };
  const reach = { template: 'generic', tenantUrl: scimUrl, secretToken: token, schedule: { enabled: false } };
  const declare = (name: string, more: object) => post('/apps', { name, ...reach, ...more });
  await declare('A linked', { scope: 'assigned', assignments: [{ group: 'Crew' }] });
  await declare('B nested', { scope: 'assigned', assignments: [{ group: 'Everybody' }] });
  await declare('C filtered', { scope: 'all', filters: [{ title: 'Sales only', clauses: [clause] }] });
  await declare('D away', { scope: 'all', tenantUrl: 'http://127.0.0.1:9/scim' });
  await declare('E refused', { scope: 'all', secretToken: 'wrong' });
  for (const name of ['A linked', 'D away', 'E refused']) {
    await post(`/apps/${encodeURIComponent(name)}/sync`, { wait: true });
  }
  await open.api(`/directory/users/${eva}`, { method: 'PATCH', body: { displayName: 'Eva Berg' } });
  // Enough of a past for a second page of the timeline.
  for (let round = 0; round < 22; round += 1) {
    await open.api(`/directory/users/${eva}`, { method: 'PATCH', body: { jobTitle: `Title ${round}` } });
    await post('/apps/A%20linked/provision', { user: eva });
  }
  await open.api(`/directory/users/${eva}`, { method: 'PATCH', body: { displayName: 'Eva Moe' } });
});

after(() => open?.close());

function post(path: string, body: object): ReturnType<OpenConsole['api']> {
  return open.api(path, { method: 'POST', body });
}

for (const scheme of ['light', 'dark'] as const) {
  test(`the explanations in ${scheme} have no WCAG 2.2 AA violation and no error`, async () => {
    const { page, faults } = await watchedPage(open.context, scheme);
    for (const path of [`users/${eva}?tab=explain`, `users/${eva}`, `groups/${crew}?tab=explain`]) {
      await page.goto(`${open.url}/directory/${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      assert.deepEqual(await violations(page), [], path);
    }
    assert.deepEqual(faults, []);
    await page.close();
  });
}

test('one page tells for every app whether somebody is in scope, by what, with which account, and what comes next', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/directory/users/${eva}`);
  await page.getByRole('link', { name: 'Explain' }).click();
  const part = (name: string) => page.getByRole('region', { name, exact: true });

  const linked = part('A linked');
  await linked.getByText('In scope').waitFor();
  await linked.getByRole('link', { name: 'Crew' }).waitFor();
  await linked.getByRole('link', { name: 'See the link of eva@x.example' }).waitFor();
  await linked.getByText('Changes displayName').waitFor();
  await linked.getByText(/attributes?$/).click();
  await linked.getByText('displayName: Eva Berg → Eva Moe').waitFor();
  await linked.getByText('manager waits for an account of').waitFor();
  await linked.getByRole('link', { name: 'Bo Boss' }).waitFor();
  await linked.getByText('The app is paused').waitFor();

  const nested = part('B nested');
  await nested.getByText('Not assigned', { exact: true }).waitFor();
  await nested.getByText('not counted: the app does not flatten nested groups').waitFor();
  const filtered = part('C filtered');
  await filtered.getByText('Kept out by a filter').waitFor();
  await filtered
    .getByText(/asks for department EQUALS "Sales", but department is "IT"/)
    .first()
    .waitFor();
  const away = part('D away');
  await away.getByText(/^The last attempt failed, .*WebExceptionProtocolError/).waitFor();
  await away.getByText('Tried again not before').waitFor();
  await away.getByText(/Looks for an account with .* makes one when there is none/).waitFor();

  const refused = part('E refused');
  await refused.getByText('The whole app is in quarantine').waitFor();
  await refused.getByText('No cycle has looked at it yet.').waitFor();

  await linked.getByRole('link', { name: /See the log record of A linked/ }).click();
  await page.getByRole('dialog').waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'What was done, over all apps' }).waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});

test('the timeline over all apps pages back in the address, and each line leads to its record', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/directory/users/${eva}?tab=explain`);
  const timeline = page.getByRole('region', { name: 'What was done, over all apps', exact: true });
  await timeline.getByRole('button', { name: 'Next page' }).click();
  await page.waitForURL(/before=/);
  await timeline.getByRole('cell', { name: 'Create', exact: true }).first().waitFor();
  await page.goBack();
  await page.waitForURL((url) => !url.search.includes('before'));
  await timeline.getByRole('button', { name: /^Eva/ }).first().click();
  await page.waitForURL(/\/logs\?.*record=/);
  assert.deepEqual(faults, []);
  await page.close();
});
