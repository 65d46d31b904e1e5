// Takes the screenshots of the docs from a server that runs with the sample company: `node tools/write-screenshots.ts URL DATA`.
// A tenant of the generic profile and a person are made for them, and deleted afterwards.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { findBrowser } from './find-browser.ts';

const [url = 'http://127.0.0.1:4600', data = 'lockstep-data'] = process.argv.slice(2);
const folder = join(import.meta.dirname, '..', 'docs', 'screenshots');
const key = readFileSync(join(data, 'api-key'), 'utf8').trim();

/** Pages of each profile's tenant, by the last part of their address. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  zenya: ['external-user-management', 'single-sign-on', 'users', 'administrators'],
  zero: ['provisioning', 'single-sign-on', 'users', 'administrators'],
  ziflow: ['single-sign-on', 'provisioning', 'profile', 'members', 'administrators'],
  zenvoices: ['settings', 'environment', 'users', 'roles', 'administrators', 'my-settings'],
  generic: ['connection', 'single-sign-on', 'users', 'roles', 'administrators'],
};

/** Screens of the console by the name of their picture. `{app}` is Zenvoices, `{person}` Eva Lind, `{provider}` Zenya. */
const SCREENS: Readonly<Record<string, string>> = {
  home: '/',
  overview: '/apps/{app}',
  mappings: '/apps/{app}/mappings',
  mapping: '/apps/{app}/mappings?row=roles',
  scope: '/apps/{app}/scope',
  logs: '/logs',
  person: '/directory/users/{person}',
  provider: '/providers/{provider}',
  requests: '/providers/{provider}?tab=requests',
};

interface Tenant {
  readonly id: string;
  readonly profile: string;
}

const made = await call<Tenant>('POST', '/providers', { profile: 'generic', title: 'Customer A' });
const viewer = await call<{ readonly id: string; readonly link: string }>('POST', '/people', {
  name: `screenshots ${made.id}`,
  role: 'administrator',
});
const browser = await startBrowser();
try {
  const { items } = await call<{ readonly items: readonly Tenant[] }>('GET', '/providers');
  await takeScreens(items);
  for (const tenant of items) await takePages(tenant);
} finally {
  await browser.close();
  await call('DELETE', `/people/${viewer.id}`);
  await call('DELETE', `/providers/${made.id}`);
}

/** The console, in light, and its home in dark as well. */
async function takeScreens(tenants: readonly Tenant[]): Promise<void> {
  const { apps } = await call<{ readonly apps: readonly { readonly app: string; readonly id: string }[] }>(
    'GET',
    '/status',
  );
  const people = await call<{ readonly items: readonly { readonly objectId: string }[] }>(
    'GET',
    '/directory/users?search=Eva%20Lind&limit=1',
  );
  const ids: Readonly<Record<string, string | undefined>> = {
    app: apps.find(({ app }) => app === 'Zenvoices')?.id,
    person: people.items[0]?.objectId,
    provider: tenants.find(({ profile }) => profile === 'zenya')?.id,
  };
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  await signIn(context);
  const page = await context.newPage();
  for (const [name, path] of Object.entries(SCREENS)) {
    await page.goto(url + path.replace(/\{(\w+)\}/, (_, id: string) => ids[id] ?? ''));
    await settle(page);
    await take(page, `console-${name}.png`);
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(url);
  await settle(page);
  await take(page, 'console-home-dark.png');
  await context.close();
}

async function signIn(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto(viewer.link);
  await page.getByLabel('Password').fill(`${randomUUID()} ${randomUUID()}`);
  await page.getByRole('button').click();
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await page.close();
}

async function settle(page: Page): Promise<void> {
  await page.getByRole('heading').first().waitFor();
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
  await page.waitForLoadState('networkidle');
}

async function take(page: Page, file: string, isWhole = false): Promise<void> {
  await page.screenshot({ path: join(folder, file), fullPage: isWhole });
  process.stdout.write(`${file}\n`);
}

async function startBrowser(): Promise<Awaited<ReturnType<typeof chromium.launch>>> {
  const { executablePath, args } = await findBrowser();
  return chromium.launch({ executablePath, args: [...args] });
}

async function takePages({ id, profile }: Tenant): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
  await enter(context, id);
  const page = await context.newPage();
  for (const name of PAGES[profile] ?? []) {
    await page.goto(`${url}/portal/${id}/${name}`);
    await take(page, `portal-${profile}-${name}.png`, true);
  }
  await context.close();
}

async function enter(context: BrowserContext, id: string): Promise<void> {
  const { link } = await call<{ readonly link: string }>('POST', `/providers/${id}/portal/link`, {});
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.waitForLoadState();
  await page.close();
}

async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  // The admin API's own shape; a script asks for it and reads the members it names.
  return (response.status === 204 ? undefined : await response.json()) as T;
}
