import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../tools/find-browser.ts';

const BINARY = join(import.meta.dirname, '..', '..', 'packages', 'lockstep', 'bin', 'lockstep.js');
const PASSWORD = 'a long enough password';

/** A server in a process of its own over an empty data folder, and a browser. */
export interface OpenConsole {
  readonly url: string;
  /** Where the first owner is made. */
  readonly ownerLink: string;
  readonly browser: Browser;
  readonly context: BrowserContext;
  /** Asks the admin API with the owner's key. */
  api(path: string, change?: { readonly method: string; readonly body?: object }): Promise<ApiAnswer>;
  /** Makes the owner by the link, with the password below, and stays on the home screen. */
  signInAsOwner(): Promise<void>;
  readonly password: string;
  close(): Promise<void>;
}

/** What the API answered; members are read as unknown. */
export type ApiAnswer = Readonly<Record<string, unknown>>;

/** @param flags of `lockstep start`, beside port and data folder */
export async function openConsole(flags: readonly string[] = []): Promise<OpenConsole> {
  const data = mkdtempSync(join(tmpdir(), 'lockstep-browser-'));
  const child = spawn(process.execPath, [BINARY, 'start', ...flags, '--port', '0', '--data', data]);
  let printed = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  await until(() => /\?token=\S+/.test(printed), 'the link for the owner');
  const url = /runs at (\S+)/.exec(printed)?.[1] ?? '';
  const ownerLink = /(\S+\?token=\S+)/.exec(printed)?.[1] ?? '';
  const found = await findBrowser();
  const browser = await chromium.launch({ executablePath: found.executablePath, args: [...found.args] });
  const context = await browser.newContext();
  return {
    url,
    ownerLink,
    browser,
    context,
    password: PASSWORD,
    api: async (path, change) => {
      const key = readFileSync(join(data, 'api-key'), 'utf8').trim();
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const { method = 'GET', body } = change ?? {};
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await fetch(`${url}/api/v1${path}`, { method, headers, ...sent });
      return response.status === 204 ? {} : ((await response.json()) as ApiAnswer);
    },
    signInAsOwner: async () => {
      const page = await context.newPage();
      await page.goto(ownerLink);
      await page.getByLabel('Name of the owner').fill('owner');
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button').click();
      // An empty server asks its first owner how to go on; the tests have their own plans.
      await page.getByRole('heading', { name: /^(Home|Welcome)$/ }).waitFor();
      await page.goto(url);
      await page.getByRole('heading', { name: 'Home' }).waitFor();
      await page.close();
    },
    close: async () => {
      await browser.close();
      await stop(child);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** The console over the sample company, with the first cycle of each of its apps done and the owner signed in. */
export async function openSample(): Promise<OpenConsole> {
  const open = await openConsole(['--sample']);
  try {
    await until(async () => {
      // Each member is read as unknown but these two, which the status always has.
      const apps = ((await open.api('/status'))['apps'] ?? []) as readonly { readonly lastCycle?: unknown }[];
      return apps.length === 4 && apps.every((one) => one.lastCycle !== undefined);
    }, 'the first cycles of the four apps');
    await open.signInAsOwner();
    return open;
  } catch (error) {
    await open.close();
    throw error;
  }
}

/** Asks again until it is so; two minutes at most. */
export async function until(isDone: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const endMs = Date.now() + 120_000; Date.now() < endMs; await pause(100)) if (await isDone()) return;
  assert.fail(`waited too long for ${what}`);
}

/** A page that remembers what went wrong in it: errors of scripts, and what the policy refused. */
export async function watchedPage(
  context: BrowserContext,
  scheme: 'light' | 'dark' = 'light',
): Promise<{ readonly page: Page; readonly faults: string[] }> {
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.emulateMedia({ colorScheme: scheme });
  return { page, faults };
}
