import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../tools/find-browser.ts';

const BINARY = join(import.meta.dirname, '..', 'packages', 'lockstep', 'bin', 'lockstep.js');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PASSWORD = 'a long enough password';
const data = mkdtempSync(join(tmpdir(), 'lockstep-console-'));

let child: ChildProcess;
let browser: Browser;
let context: BrowserContext;
let url = '';
let app = '';
let person = '';

before(async () => {
  child = spawn(process.execPath, [BINARY, 'start', '--sample', '--port', '0', '--data', data]);
  let printed = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  await until(() => /first-run\?token=\S+/.test(printed), 'the link for the owner');
  url = /runs at (\S+)/.exec(printed)?.[1] ?? '';
  const found = await findBrowser();
  browser = await chromium.launch({ executablePath: found.executablePath, args: [...found.args] });
  context = await browser.newContext();
  await until(async () => {
    const { apps = [] } = await api('/status');
    return apps.length === 4 && apps.every((one) => one.lastCycle !== undefined);
  }, 'the first cycles of the four apps');
  app = (await api('/status')).apps?.find((one) => one.app === 'Zenvoices')?.id ?? '';
  person = (await api('/directory/users?search=Eva Lind')).items?.[0]?.objectId ?? '';
  const page = await context.newPage();
  await page.goto(/(\S+first-run\?token=\S+)/.exec(printed)?.[1] ?? '');
  await page.getByLabel('Name of the owner').fill('owner');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button').click();
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await page.close();
});

after(async () => {
  await browser?.close();
  if (child.exitCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  rmSync(data, { recursive: true, force: true });
});

interface Answer {
  readonly apps?: readonly { readonly app: string; readonly id: string; readonly lastCycle?: unknown }[];
  readonly items?: readonly { readonly objectId: string }[];
}

async function api(path: string): Promise<Answer> {
  const key = readFileSync(join(data, 'api-key'), 'utf8').trim();
  const response = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } });
  // The test reads only members it names, each as absent when it is not there.
  return (await response.json()) as Answer;
}

async function until(isDone: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const endMs = Date.now() + 120_000; Date.now() < endMs; await pause(100)) if (await isDone()) return;
  assert.fail(`waited too long for ${what}`);
}

/** A page that remembers what went wrong in it: errors of scripts, and what the policy refused. */
async function watchedPage(scheme: 'light' | 'dark'): Promise<{ readonly page: Page; readonly faults: string[] }> {
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.emulateMedia({ colorScheme: scheme });
  return { page, faults };
}

/** Violations of WCAG 2.2 AA that axe finds, each with the first element. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    // Put there by the line above.
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const found = await axe.run({ runOnly: { type: 'tag', values: tags } });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
}

const screens = (): readonly (readonly [string, string])[] => [
  ['/', 'Home'],
  ['/apps', 'Apps'],
  [`/apps/${app}`, 'Cycle history'],
  [`/apps/${app}/connection`, 'Admin credentials'],
  [`/apps/${app}/mappings`, 'Attribute mappings'],
  [`/apps/${app}/mappings?row=roles`, 'Edit the mapping of roles'],
  [`/apps/${app}/on-demand`, 'Zenvoices'],
  [`/apps/${app}/staged`, 'Zenvoices'],
  [`/apps/${app}/import`, 'Zenvoices'],
  [`/apps/${app}/drift`, 'Zenvoices'],
  ['/logs', 'Provisioning logs'],
  ['/directory/users', 'People'],
  [`/directory/users/${person}`, 'Eva Lind'],
  ['/directory/groups', 'Groups'],
  ['/providers', 'Providers'],
  ['/settings', 'Settings'],
  ['/settings/keys', 'Settings'],
  ['/settings/audit', 'Settings'],
  ['/nowhere', 'There is no such page'],
];

for (const scheme of ['light', 'dark'] as const) {
  test(`every screen in ${scheme} has no WCAG 2.2 AA violation, no refusal of the policy and no script error`, async () => {
    const { page, faults } = await watchedPage(scheme);
    for (const [path, heading] of screens()) {
      await page.goto(url + path);
      await page.getByRole('heading', { name: heading }).first().waitFor();
      await page.waitForLoadState('networkidle');
      assert.deepEqual(await violations(page), [], path);
    }
    assert.deepEqual(faults, []);
    await page.close();
  });
}

test('an expression is edited with a live preview, and what would change is told before it is saved', async () => {
  const { page, faults } = await watchedPage('light');
  await page.goto(`${url}/apps/${app}/mappings`);
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

test('somebody is tried on demand by keyboard alone, and the steps appear', async () => {
  const { page } = await watchedPage('light');
  await page.goto(`${url}/apps/${app}/on-demand`);
  await page.getByRole('combobox', { name: 'Person' }).focus();
  await page.keyboard.type('Eva Lind');
  await page.getByRole('option', { name: 'Eva Lind' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('A dry run: nothing was sent that writes.').waitFor();
  await page.close();
});

test('filters of the log live in the address, and a record opens in a drawer that has one too', async () => {
  const { page } = await watchedPage('light');
  await page.goto(`${url}/logs`);
  await page.getByLabel('Status').selectOption('Skipped');
  await page.waitForURL(/status=skipped/);
  await page.getByRole('table').getByRole('button').first().click();
  await page.waitForURL(/record=/);
  await page.reload();
  await page.getByRole('dialog').getByRole('button', { name: 'Troubleshooting & recommendations' }).click();
  await page.getByText('What to do').waitFor();
  await page.close();
});
