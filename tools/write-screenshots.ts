// Takes the screenshots of the docs from a server that runs with the sample company: `node tools/write-screenshots.ts URL DATA`.
// A tenant of the generic profile is made for its pages, and deleted afterwards.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
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

interface Tenant {
  readonly id: string;
  readonly profile: string;
}

const made = await call<Tenant>('POST', '/providers', { profile: 'generic', title: 'Customer A' });
const browser = await startBrowser();
try {
  const { items } = await call<{ readonly items: readonly Tenant[] }>('GET', '/providers');
  for (const tenant of items) await takePages(tenant);
} finally {
  await browser.close();
  await call('DELETE', `/providers/${made.id}`);
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
    await page.screenshot({ path: join(folder, `portal-${profile}-${name}.png`), fullPage: true });
    process.stdout.write(`portal-${profile}-${name}.png\n`);
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
