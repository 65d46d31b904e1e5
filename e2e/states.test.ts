import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Route } from 'playwright-core';
import { type OpenConsole, openConsole } from './browser/open-console.ts';
import { type Screen, walkScreens } from './browser/walk-screens.ts';

/** Every screen without anything in it, and every screen while the server cannot answer. */
let open: OpenConsole;
let app = '';
let provider = '';

before(async () => {
  open = await openConsole();
  await open.signInAsOwner();
  const made = await open.api('/providers', { method: 'POST', body: { profile: 'generic', title: 'Acme' } });
  provider = String(made['id']);
  const reach = { tenantUrl: made['scimUrl'], secretToken: made['token'] };
  const body = { name: 'Nothing yet', template: 'generic', scope: 'assigned', schedule: { enabled: false }, ...reach };
  const answer = await open.api('/apps', { method: 'POST', body });
  assert.ok('id' in answer, JSON.stringify(answer));
  app = String(answer['id']);
});

after(() => open?.close());

/** A screen with the words of its empty state. */
type EmptyScreen = readonly [path: string, heading: string, words: RegExp];

const emptyScreens = (): readonly EmptyScreen[] => [
  ['/apps?search=zzz', 'Apps', /No app has this in its name/],
  [`/apps/${app}`, 'Cycle history', /No cycle has come to its end yet/],
  [`/apps/${app}/scope`, 'Scoping filters', /No filter/],
  [`/apps/${app}/assignments`, 'Nothing yet', /Nobody is assigned/],
  [`/apps/${app}/roles`, 'Nothing yet', /./],
  [`/apps/${app}/links`, 'Nothing yet', /There are no links yet/],
  [`/apps/${app}/plan`, 'Nothing yet', /./],
  [`/apps/${app}/on-demand`, 'Nothing yet', /Pick somebody/],
  [`/apps/${app}/staged`, 'Nothing yet', /Nothing is held back/],
  [`/apps/${app}/import`, 'Nothing yet', /Nothing was looked for yet/],
  [`/apps/${app}/drift`, 'Nothing yet', /Nothing was looked for yet/],
  ['/logs', 'Provisioning logs', /Nothing has been logged yet/],
  ['/logs?status=failure', 'Provisioning logs', /./],
  ['/directory/users', 'People', /./],
  ['/directory/groups', 'Groups', /./],
  ['/directory/feeds', 'Feeds', /./],
  [`/providers/${provider}?tab=accounts`, 'Acme', /No account yet/],
  [`/providers/${provider}?tab=groups`, 'Acme', /No group yet/],
  [`/providers/${provider}?tab=requests`, 'Requests', /No request is kept yet/],
  [`/providers/${provider}?tab=events`, 'Events', /./],
  ['/settings/audit?actor=nobody', 'Audit log', /Nothing fits these filters/],
  ['/settings/mail', 'Mail', /No mail is sent/],
  ['/settings/secrets', 'What ends', /Nothing has an end/],
];

test('every screen without anything in it says what belongs there', async () => {
  const words = new Map(emptyScreens().map(([path, , text]) => [path, text]));
  const screens = emptyScreens().map(([path, heading]): Screen => [path, heading]);
  await walkScreens(open, screens, {
    look: async (page, [path]) => {
      const text = await page.getByRole('main').innerText();
      assert.match(text, words.get(path) ?? /never/, path);
    },
  });
});

/** What each screen asks for, refused by a server whose database is away. */
async function refuse(route: Route): Promise<void> {
  const error = {
    code: 'database_away',
    message: 'The database does not answer.',
    hint: 'Look whether it runs, then try again.',
  };
  await route.fulfill({ status: 500, contentType: 'application/json', body: JSON.stringify({ error }) });
}

/** Paths of screens that ask the server for what they show. */
const asking = (): readonly string[] => [
  '/',
  '/welcome',
  '/welcome?step=sample',
  '/apps',
  ...['', 'connection', 'behaviour', 'mappings', 'scope', 'assignments', 'roles', 'links', 'plan?plan=7', 'staged'].map(
    (tab) => `/apps/${app}/${tab}`,
  ),
  '/gallery',
  '/logs',
  '/logs?record=1',
  '/directory/users',
  '/directory/users/nobody',
  '/directory/users/nobody/edit',
  '/directory/groups',
  '/directory/groups/nobody',
  '/directory/groups/new',
  '/directory/feeds',
  '/welcome',
  '/providers',
  `/providers/${provider}`,
  ...['accounts', 'groups', 'groups&row=x', 'roles', 'sign-in', 'requests', 'requests&row=1', 'events'].map(
    (tab) => `/providers/${provider}?tab=${tab}`,
  ),
  '/settings',
  '/settings/keys',
  '/settings/audit',
  '/settings/audit?record=1',
  '/settings/sign-in',
  '/settings/address',
  '/settings/mail',
  '/settings/secrets',
  '/settings/account',
  '/settings/about',
];

test('every screen says what is wrong and what to do when the server cannot answer', async () => {
  const screens = asking().map((path): Screen => [path, /./]);
  await walkScreens(open, screens, {
    expected: /500/,
    // Who is signed in and how the app stands is told, so that each screen fails by itself and not by its frame.
    prepare: async (page) => {
      await page.route(/\/api\/v1\/(?!me$|apps\/[^/]+\/status)/, refuse);
    },
    look: async (page, [path]) => {
      await page.getByRole('alert').first().waitFor();
      const text = await page.locator('body').innerText();
      assert.match(text, /The database does not answer\.[\s\S]*then try again\.[\s\S]*Try again/, path);
      assert.ok((await page.locator('h1').count()) > 0, `${path} has no title`);
    },
  });
});

test('a screen goes on when the server can answer again', async () => {
  const page = await open.context.newPage();
  await page.route('**/api/v1/**', refuse);
  await page.goto(`${open.url}/apps/${app}`);
  await page.getByText('The database does not answer.').waitFor();
  await page.unroute('**/api/v1/**', refuse);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Nothing yet' }).waitFor();
  await page.getByText('The database does not answer.').waitFor({ state: 'hidden' });
  await page.close();
});
