import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type OpenConsole, openConsole, until, watchedPage } from './browser/open-console.ts';
import { type Screen, walkScreens } from './browser/walk-screens.ts';

let open: OpenConsole;
let provider = '';
let scim = '';
let token = '';

before(async () => {
  open = await openConsole();
  await open.signInAsOwner();
  const made = await open.api('/providers', { method: 'POST', body: { profile: 'generic', title: 'Acme' } });
  [provider, scim, token] = [String(made['id']), String(made['scimUrl']), String(made['token'])];
  const eva = await send('POST', '/Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'eva@x.example',
    shoeSize: '38',
  });
  const Operations = [
    { op: 'Replace', path: 'active', value: 'False' },
    { op: 'Replace', path: 'title', value: 'Head of Sales' },
  ];
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
  await send('PATCH', `/Users/${String(eva['id'])}`, { schemas, Operations });
  await send('GET', '/Users?filter=userName%20zz%20%22eva%40x.example%22');
  await send('GET', '/Users/eva@x.example');
});

after(() => open?.close());

/** As a directory's client: over SCIM with the tenant's token. */
async function send(method: string, path: string, body?: object): Promise<Readonly<Record<string, unknown>>> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/scim+json',
    'user-agent': 'Okta SCIM Client 1.0.0',
  };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${scim}${path}`, { method, headers, ...sent });
  const text = await response.text();
  // The test reads only members it names, each as unknown.
  return (text === '' ? {} : JSON.parse(text)) as Readonly<Record<string, unknown>>;
}

const place = (rest = ''): string => `/providers/${provider}?tab=requests${rest}`;

/** Screens with words that have to be there. */
const screens = (): ReadonlyMap<string, string> =>
  new Map([
    [place(), 'Newest first'],
    [place('&deviation=booleanAsText'), 'Newest first'],
    [place('&search=nothing-like-it'), 'Nothing fits these filters'],
    [place('&row=2'), 'this client sent booleans as text'],
  ]);

test('the log of requests has no WCAG 2.2 AA violation, no refusal of the policy and no script error', () =>
  walkScreens(
    open,
    [...screens().keys()].map((path): Screen => [path, 'Deviations']),
    {
      look: (page, [path]) =>
        page
          .getByText(screens().get(path) ?? 'never')
          .first()
          .waitFor(),
    },
  ));

test('deviations are counted, lead to their requests, and each says what can be done, without a value of anybody', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(open.url + place());
  const summary = page.getByRole('region', { name: 'Deviations of this client' });
  await summary.getByRole('row', { name: /Boolean as text 1 RFC 7643/ }).waitFor();
  await summary.getByRole('row', { name: /Attribute that is not kept 1 RFC 7644/ }).waitFor();
  await summary.getByRole('button', { name: 'Show requests: Boolean as text' }).click();
  await page.waitForURL(/deviation=booleanAsText/);
  const list = page.getByRole('region', { name: 'Requests', exact: true });
  await list.getByRole('button', { name: /^PATCH \/Users\// }).waitFor();
  await list.getByRole('button', { name: /^GET / }).first().waitFor({ state: 'detached' });
  await list.getByRole('button', { name: /^PATCH \/Users\// }).click();
  await page.waitForURL(/row=(%22)?2/);
  await page.reload();
  const drawer = page.getByRole('dialog', { name: 'Request 2' });
  await drawer.getByText('this client sent booleans as text (booleanAsText)').waitFor();
  await drawer.getByText('add ?aadOptscim062020 to the end of the tenant URL').first().waitFor();
  await drawer.getByText('Okta', { exact: true }).waitFor();
  const body = await drawer.getByRole('region', { name: 'Body' }).innerText();
  assert.match(body, /"value": "False"/);
  assert.doesNotMatch(body, /Head of Sales/);
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => !url.search.includes('row='));
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByLabel('Status', { exact: true }).selectOption('4xx');
  await page.waitForURL(/status=4xx/);
  await list.getByRole('button', { name: 'GET /Users/[Redact]', exact: true }).waitFor();
  await list.getByText('400 invalidFilter').waitFor();
  assert.doesNotMatch(await page.locator('main').innerText(), /x\.example/);
  await page.getByRole('searchbox', { name: 'Method or path contains' }).fill('users/');
  await page.waitForURL(/search=users/);
  await list.getByText('400 invalidFilter').waitFor({ state: 'detached' });
  assert.deepEqual(faults, []);
  await page.close();
});

test('which requests are kept is chosen there, and the list is renewed', async () => {
  const { page, faults } = await watchedPage(open.context);
  await page.goto(open.url + place());
  await page.getByLabel('Requests that are kept').selectOption('All');
  await page.getByText('The choice is saved.').waitFor();
  assert.equal((await open.api(`/providers/${provider}`))['requestLog'], 'all');
  await send('GET', '/Users?count=0');
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByRole('button', { name: 'GET /Users?count=0' }).waitFor();
  await page.getByLabel('Requests that are kept').selectOption('As the server says (Refused or deviating)');
  await page.getByText('The choice is saved.').first().waitFor();
  await until(
    async () => !('requestLog' in (await open.api(`/providers/${provider}`))),
    'the setting to be taken back',
  );
  assert.deepEqual(faults, []);
  await page.close();
});
