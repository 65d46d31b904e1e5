import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A browser the tests can drive. */
export interface FoundBrowser {
  readonly executablePath: string;
  readonly args: readonly string[];
}

const NAMES: readonly string[] = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];

/** Nothing but what the page itself asks for; as root there is no sandbox to be had. */
const ARGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Looks for a browser: `CHROME_PATH`, a Chrome or Chromium on PATH, Playwright's own; else installs Debian's when that is
 * possible, else unpacks the one of `@sparticuz/chromium`.
 *
 * @throws {Error} that says what to install
 */
export async function findBrowser(): Promise<FoundBrowser> {
  const found = process.env['CHROME_PATH'] ?? onPath() ?? (await playwrightsOwn()) ?? fromDebian();
  if (found !== undefined) return { executablePath: found, args: ARGS };
  const packed = await fromPackage();
  if (packed !== undefined) return packed;
  throw new Error(
    'No browser for the console tests: install Chrome or Chromium (Debian: apt-get install chromium-headless-shell), or set CHROME_PATH.',
  );
}

function onPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(':').filter((folder) => folder !== '');
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((file) => existsSync(file));
}

async function playwrightsOwn(): Promise<string | undefined> {
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  return path !== '' && existsSync(path) ? path : undefined;
}

function fromDebian(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  const install = (): number | null =>
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium-headless-shell'], { stdio: 'ignore' })
      .status;
  if (install() !== 0) {
    spawnSync('apt-get', ['update'], { stdio: 'ignore' });
    install();
  }
  return onPath();
}

async function fromPackage(): Promise<FoundBrowser | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  // A copy that an interrupted run left half unpacked would never start.
  rmSync(join(tmpdir(), 'chromium'), { force: true });
  const { default: chromium } = await import('@sparticuz/chromium');
  return { executablePath: await chromium.executablePath(), args: [...chromium.args, ...ARGS] };
}
