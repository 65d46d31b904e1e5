import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { type OpenConsole, openConsole, until, watchedPage } from './browser/open-console.ts';
import { violations } from './browser/violations.ts';
import { type Screen, walkScreens } from './browser/walk-screens.ts';

let open: OpenConsole;
let provider = '';
let scim = '';
let token = '';
let eva = '';
let crew = '';

before(async () => {
  open = await openConsole();
  await open.signInAsOwner();
  const made = await open.api('/providers', { method: 'POST', body: { profile: 'generic', title: 'Acme' } });
  [provider, scim, token] = [String(made['id']), String(made['scimUrl']), String(made['token'])];
  eva = String((await send('POST', '/Users', person('eva', 'Eva Lind')))['id']);
  await send('POST', '/Users', person('finn', 'Finn Berg'));
  await open.api(`/providers/${provider}/accounts`, { method: 'POST', body: { userName: 'own@x.example' } });
  const members = [{ value: eva }];
  for (let number = 0; number < 30; number += 1) {
    const made = await send('POST', '/Users', person(`member${number}`, `Member ${number}`));
    members.push({ value: String(made['id']) });
  }
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
  crew = String((await send('POST', '/Groups', { schemas, displayName: 'Crew', members }))['id']);
  await send('POST', '/Groups', { schemas, displayName: 'Sales' });
});

after(() => open?.close());

function person(name: string, displayName: string): object {
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
  return { schemas, userName: `${name}@x.example`, displayName, active: true };
}

/** As a directory: over SCIM with the tenant's token. */
async function send(method: string, path: string, body: object): Promise<Readonly<Record<string, unknown>>> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' };
  const response = await fetch(`${scim}${path}`, { method, headers, body: JSON.stringify(body) });
  // The test reads only members it names, each as unknown.
  return (await response.json()) as Readonly<Record<string, unknown>>;
}

const screens = (): readonly Screen[] => [
  ['/providers', 'Providers'],
  [`/providers/${provider}`, 'Connection'],
  [`/providers/${provider}?tab=accounts`, 'Acme'],
  [`/providers/${provider}?tab=accounts&search=nobody`, 'Acme'],
  [`/providers/${provider}?tab=accounts&row=${eva}`, 'Eva Lind'],
  [`/providers/${provider}?tab=groups`, 'Acme'],
  [`/providers/${provider}?tab=groups&row=${crew}`, 'Crew'],
  [`/providers/${provider}?tab=events`, 'Events'],
];

test('every tab of a provider has no WCAG 2.2 AA violation in light and dark, no refusal of the policy and no script error', () =>
  walkScreens(open, screens()));

test('settings of a provider are saved, and not left behind unsaved by a click on another tab', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/providers/${provider}`);
  await page.getByLabel('Requests a second at most').fill('fast');
  await page.getByText('This cannot be right.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Save' }).isDisabled(), true);
  await page.getByLabel('Requests a second at most').fill('50');
  await page.getByLabel('Dialect').selectOption('Strict');
  await page.getByRole('link', { name: 'Accounts' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The provider is saved.').waitFor();
  const saved = await open.api(`/providers/${provider}`);
  assert.deepEqual([saved['dialect'], saved['rateLimit']], ['strict', { requestsPerSecond: 50, burst: 50 }]);
  await page.getByRole('link', { name: 'Accounts' }).click();
  await page.waitForURL(/tab=accounts/);
  await open.api(`/providers/${provider}`, { method: 'PATCH', body: { dialect: 'lenient', rateLimit: null } });
  assert.deepEqual(faults, []);
  await page.close();
});

test('an account is found, opened by its address, made administrator, and one of the app itself is removed', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/providers/${provider}?tab=accounts`);
  await page.getByRole('searchbox', { name: 'User name begins with' }).fill('eva');
  await page.waitForURL(/search=eva/);
  await page.getByRole('button', { name: 'finn@x.example' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'eva@x.example' }).click();
  await page.waitForURL(new RegExp(`row=${eva}`));
  await page.reload();
  const drawer = page.getByRole('dialog', { name: 'Eva Lind' });
  await drawer.getByText('The directory leads it').waitFor();
  assert.equal(await drawer.getByRole('button', { name: 'Remove' }).count(), 0, 'the directory leads it');
  await drawer.getByRole('button', { name: 'Make administrator' }).click();
  await drawer.getByText('Named here').waitFor();
  await drawer.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('searchbox', { name: 'User name begins with' }).fill('');
  await page.getByRole('button', { name: 'own@x.example' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  const question = page.getByRole('dialog', { name: 'Remove own@x.example?' });
  await question.getByRole('textbox').fill('own@x.example');
  await question.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('own@x.example is removed.').waitFor();
  await page.getByRole('button', { name: 'own@x.example' }).waitFor({ state: 'detached' });
  assert.deepEqual(faults, []);
  await page.close();
});

test('a group is found, its members are paged in the drawer, and one leads to its account and back', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/providers/${provider}?tab=groups`);
  await page.getByRole('row', { name: /^Crew 31 / }).waitFor();
  await page.getByRole('searchbox', { name: 'Name begins with' }).fill('cr');
  await page.waitForURL(/search=cr/);
  await page.getByRole('button', { name: 'Sales' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Crew' }).click();
  const drawer = page.getByRole('dialog', { name: 'Crew' });
  await drawer.getByRole('link', { name: 'Eva Lind' }).waitFor();
  await drawer.getByRole('button', { name: 'Next' }).click();
  await page.waitForURL(/members=/);
  await drawer.getByRole('link', { name: 'Member 29' }).waitFor();
  await page.reload();
  await drawer.getByRole('link', { name: 'Member 29' }).click();
  await page.getByRole('dialog', { name: 'Member 29' }).waitFor();
  await page.goBack();
  await drawer.getByRole('link', { name: 'Member 29' }).waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => !url.search.includes('row='));
  await page.getByRole('searchbox', { name: 'Name begins with' }).fill('nothing');
  await page.getByText('No group has such a name').waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});

test('an endpoint is added with its secret once, told of an event, shown as failing, and removed', async (t) => {
  const told: string[] = [];
  const endpoint = createServer((request, response) => {
    told.push(request.method ?? '');
    response.writeHead(told.length === 1 ? 204 : 500).end();
  });
  endpoint.listen(0, '127.0.0.1');
  await once(endpoint, 'listening');
  t.after(() => endpoint.close());
  // An address of a TCP server is never a text.
  const { port } = endpoint.address() as AddressInfo;
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/providers/${provider}?tab=events`);
  await page.getByText('Nobody is told').waitFor();
  await page.getByRole('button', { name: 'Add endpoint' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Address').fill('hooks.example');
  await dialog.getByText('Give an http or https address').waitFor();
  await dialog.getByLabel('Address').fill(`http://127.0.0.1:${port}/events`);
  await dialog.getByRole('button', { name: 'Add endpoint' }).click();
  await dialog.getByText('Signing secret').first().waitFor();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await page.getByText('Takes events').waitFor();
  await send('POST', '/Users', person('gro', 'Gro Vik'));
  await until(() => told.length === 1, 'the first event');
  await send('POST', '/Users', person('hans', 'Hans Ek'));
  await until(() => told.length === 2, 'the second event');
  await until(async () => {
    await page.reload();
    return (await page.getByText('One attempt failed').count()) === 1;
  }, 'the failure on screen');
  assert.deepEqual(await violations(page), []);
  await page.getByRole('button', { name: /^Dead letters of/ }).click();
  await page.getByText('No dead letter').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: /^Remove http/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('The endpoint is removed.').waitFor();
  await page.getByText('Nobody is told').waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});

test('an endpoint is sent a test event, switched off, and told what waited when it is on again', async (t) => {
  const told: string[] = [];
  const endpoint = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    told.push(String((JSON.parse(body) as { readonly type: unknown }).type));
    response.writeHead(told.length === 1 ? 500 : 204).end();
  });
  endpoint.listen(0, '127.0.0.1');
  await once(endpoint, 'listening');
  t.after(() => endpoint.close());
  // An address of a TCP server is never a text.
  const { port } = endpoint.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/events`;
  const made = await open.api(`/providers/${provider}/webhooks`, { method: 'POST', body: { url } });
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/providers/${provider}?tab=events`);
  await page.getByRole('button', { name: `Send a test to ${url}` }).click();
  await page.getByText('did not take the test event: the endpoint answered 500').first().waitFor();
  await page.getByRole('button', { name: `Send a test to ${url}` }).click();
  await page.getByText('The endpoint took the test event.').waitFor();
  assert.deepEqual(told, ['endpoint.test', 'endpoint.test']);
  await page.getByRole('button', { name: `Switch off ${url}` }).click();
  await page.getByText('Off: events wait').waitFor();
  assert.deepEqual(await violations(page), []);
  await send('POST', '/Users', person('ida', 'Ida Lie'));
  await page.getByRole('button', { name: `Switch on ${url}` }).click();
  await page.getByText('Takes events').waitFor();
  await until(() => told.length === 3, 'what waited');
  assert.equal(told[2], 'user.created');
  await open.api(`/providers/${provider}/webhooks/${String(made['id'])}`, { method: 'DELETE' });
  assert.deepEqual(faults, []);
  await page.close();
});

test('providers are found by a part of their title, and paged by the address', async () => {
  for (let number = 0; number < 55; number += 1) {
    await open.api('/providers', { method: 'POST', body: { profile: 'generic', title: `Customer ${number}` } });
  }
  const { page, faults } = await watchedPage(open.context);
  await page.goto(`${open.url}/providers`);
  await page.getByRole('link', { name: 'Acme' }).waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.waitForURL(/after=/);
  await page.getByRole('link', { name: 'Customer 54' }).waitFor();
  await page.getByRole('searchbox', { name: 'Title contains' }).fill('mer 5');
  await page.waitForURL(/search=mer\+5|search=mer%205/);
  await page.getByRole('link', { name: 'Customer 5', exact: true }).waitFor();
  await page.getByRole('link', { name: 'Acme' }).waitFor({ state: 'detached' });
  assert.equal(await page.getByRole('link', { name: /^Customer/ }).count(), 6);
  await page.getByRole('searchbox', { name: 'Title contains' }).fill('nobody');
  await page.getByText('No provider has this in its title').waitFor();
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(faults, []);
  await page.close();
});
