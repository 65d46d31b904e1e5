import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { type OpenConsole, openConsole } from './browser/open-console.ts';
import { isSettled, type Screen, walkScreens } from './browser/walk-screens.ts';

/** Every screen without anything in it, and every screen while the server cannot answer. */
let open: OpenConsole;
let app = '';
let provider = '';

before(async () => {
  open = await openConsole();
  await open.signInAsOwner();
  const made = await open.api('/providers', { method: 'POST', body: { profile: 'generic', title: 'Acme' } });
  provider = String(made['id']);
  const body = { name: 'Nothing yet', template: 'generic', scope: 'assigned', schedule: { enabled: false } };
  const answer = await open.api('/apps', { method: 'POST', body });
  assert.ok('id' in answer, JSON.stringify(answer));
  app = String(answer['id']);
});

after(() => open?.close());

/** A screen with the words of its empty state. */
type EmptyScreen = readonly [path: string, heading: string, words: RegExp];

const emptyScreens = (): readonly EmptyScreen[] => [
  ['/apps?search=zzz', 'Apps', /No app has this in its name/],
  [`/apps/${app}`, 'Cycle history', /No cycle has ended yet/],
  [`/apps/${app}/scope`, 'Scoping filters', /No filter/],
  [`/apps/${app}/assignments`, 'Nothing yet', /Nobody is assigned/],
  [`/apps/${app}/roles`, 'App roles', /./],
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
  [`/providers/${provider}?tab=accounts`, 'Acme', /No account yet/],
  [`/providers/${provider}?tab=events`, 'Events', /./],
  ['/settings/audit?actor=nobody', 'Audit log', /Nothing fits these filters/],
];

test('every screen without anything in it says what belongs there', async () => {
  const words = new Map(emptyScreens().map(([path, , text]) => [path, text]));
  const screens = emptyScreens().map(([path, heading]): Screen => [path, heading]);
  await walkScreens(open, screens, {
    look: async (page, [path]) => {
      const text = await page.getByRole('main').innerText();
      console.log('-----', path, '\n', text.slice(-300));
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

const screensThatAsk = (): readonly Screen[] => [
  ['/', 'Home'],
  ['/apps', 'Apps'],
  [`/apps/${app}`, 'The database does not answer'],
  ['/gallery', 'Gallery'],
];

test('every screen says what is wrong when the server cannot answer, and goes on when it can', async () => {
  await walkScreens(open, screensThatAsk(), {
    expected: /500/,
    prepare: (page) => page.route('**/api/v1/**', refuse),
    look: async (page, [path]) => {
      await page.getByRole('alert').first().waitFor();
      const text = await page.getByRole('main').innerText();
      console.log('-----', path, '\n', text.slice(-300));
      assert.match(text, /The database does not answer\.[\s\S]*try again/i, path);
    },
  });
});
