import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { findBrowser } from '../tools/find-browser.ts';
import { type ListServer, type ListSize, withBigLists } from './big-lists.ts';

const TIMES = 7;
const WAIT_MS = 20_000;

/** Something an administrator does, from the press to the first row on screen. */
interface Deed {
  readonly what: string;
  readonly path: string;
  readonly act: (page: Page) => Promise<void>;
  readonly seen: (page: Page) => Locator;
}

/**
 * The console over big lists in a real browser: from a click to the first rows, and how fast the first page comes up on a
 * slow line. The driver's own way there and back is in the figures.
 * usage: console [PEOPLE [RECORDS]]
 */
export function runConsoleBench(options: readonly string[]): Promise<void> {
  return withBigLists(options, async (server, size) => {
    const { executablePath, args } = await findBrowser();
    const browser = await chromium.launch({ executablePath, args: [...args] });
    try {
      await measure(browser, server, size);
    } finally {
      await browser.close();
    }
  });
}

async function measure(browser: Browser, server: ListServer, { people, records }: ListSize): Promise<void> {
  const context = await browser.newContext();
  context.setDefaultTimeout(WAIT_MS);
  await signIn(context, server);
  print(`${people} people, ${records} log records; each ${TIMES} times in a page of its own: first, middle, worst`);
  for (const deed of deeds()) await measureDeed(context, server.url, deed);
  for (const line of LINES) await measureLoad(context, server.url, line);
}

async function signIn(context: BrowserContext, { ownerLink }: ListServer): Promise<void> {
  if (ownerLink === undefined) throw new Error('the server has printed no link for its owner');
  const page = await context.newPage();
  await page.goto(ownerLink);
  await page.getByLabel('Name of the owner').fill('owner');
  await page.getByLabel('Password').fill('a long enough password');
  await page.getByRole('button').click();
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await page.close();
}

const row = (page: Page): Locator => page.getByRole('main').getByRole('row').nth(1);
const menu = (page: Page, name: string): Locator =>
  page.getByRole('navigation').getByRole('link', { name, exact: true });

function deeds(): readonly Deed[] {
  return [
    { what: 'menu: directory', path: '/', act: (page) => menu(page, 'Directory').click(), seen: row },
    {
      what: 'directory: search by name',
      path: '/directory/users',
      act: async (page) => {
        await page.getByRole('searchbox').fill('Person Number 99');
        await page.keyboard.press('Enter');
      },
      seen: (page) => page.getByRole('main').getByRole('row').nth(1).getByText('Person Number 99'),
    },
    {
      what: 'directory: next page',
      path: '/directory/users',
      act: (page) => page.getByRole('button', { name: 'Next page' }).click(),
      seen: (page) => page.getByRole('button', { name: 'First page' }),
    },
    { what: 'menu: provisioning logs', path: '/', act: (page) => menu(page, 'Provisioning logs').click(), seen: row },
    {
      what: 'logs: failures',
      path: '/logs',
      act: async (page) => {
        await page.getByLabel('Status').selectOption('Failure');
      },
      seen: (page) => row(page).getByText('Failure'),
    },
    {
      what: 'logs: next page',
      path: '/logs',
      act: (page) => page.getByRole('button', { name: 'Next page' }).click(),
      seen: (page) => page.getByRole('button', { name: 'First page' }),
    },
    {
      what: 'logs: a record in the drawer',
      path: '/logs',
      act: (page) => page.getByRole('table').getByRole('button').first().click(),
      seen: (page) => page.getByRole('dialog').getByText('Read the user from the directory.'),
    },
    { what: 'menu: apps', path: '/', act: (page) => menu(page, 'Apps').click(), seen: row },
  ];
}

async function measureDeed(context: BrowserContext, url: string, deed: Deed): Promise<void> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const page = await context.newPage();
    await page.goto(url + deed.path);
    await row(page).waitFor();
    await page.waitForLoadState('networkidle');
    const startedMs = performance.now();
    await deed.act(page);
    await deed.seen(page).waitFor();
    times.push(performance.now() - startedMs);
    await page.close();
  }
  const sorted = times.toSorted((one, other) => one - other);
  const [first, middle, worst] = [times[0], sorted[Math.floor(TIMES / 2)], sorted.at(-1)].map((ms) =>
    (ms ?? 0).toFixed(0),
  );
  print(`${deed.what}: ${first} ms, ${middle} ms, ${worst} ms`);
}

/** A line and a machine, as Lighthouse imitates them. */
interface Line {
  readonly what: string;
  readonly roundTripMs: number;
  readonly bitsPerSecond: number;
  readonly cpuSlowdown: number;
}

/** Lighthouse's two settings: "desktop dense 4G", and "mobile slow 4G" with a processor four times slower. */
const LINES: readonly Line[] = [
  { what: 'desktop', roundTripMs: 40, bitsPerSecond: 10_240_000, cpuSlowdown: 1 },
  { what: 'mobile', roundTripMs: 150, bitsPerSecond: 1_638_400, cpuSlowdown: 4 },
];

interface LoadFigures {
  readonly firstPaintMs: number;
  readonly largestPaintMs: number;
  /** What of each long task is over 50 ms. */
  readonly blockedMs: number;
  readonly layoutShift: number;
}

/** Kept by the page itself while it loads. */
const OBSERVE = `
  globalThis.seen = { firstPaintMs: 0, largestPaintMs: 0, blockedMs: 0, layoutShift: 0 };
  const watch = (type, each) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  watch('paint', (entry) => { if (entry.name === 'first-contentful-paint') seen.firstPaintMs = entry.startTime; });
  watch('largest-contentful-paint', (entry) => { seen.largestPaintMs = entry.startTime; });
  watch('longtask', (entry) => { seen.blockedMs += Math.max(0, entry.duration - 50); });
  watch('layout-shift', (entry) => { if (!entry.hadRecentInput) seen.layoutShift += entry.value; });
`;

/** Home, with an empty cache. */
async function measureLoad(context: BrowserContext, url: string, line: Line): Promise<void> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  const bytesPerSecond = line.bitsPerSecond / 8;
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: line.roundTripMs,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: line.cpuSlowdown });
  let bytes = 0;
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.addInitScript(OBSERVE);
  const startedMs = performance.now();
  await page.goto(`${url}/`);
  await row(page).waitFor();
  const readyMs = performance.now() - startedMs;
  await page.waitForLoadState('networkidle');
  // Put there by the script above.
  const seen = await page.evaluate(() => (globalThis as unknown as { readonly seen: LoadFigures }).seen);
  print(
    `home on a ${line.what} line: first paint ${seen.firstPaintMs.toFixed(0)} ms, largest ${seen.largestPaintMs.toFixed(0)} ms, ` +
      `blocked ${seen.blockedMs.toFixed(0)} ms, layout shift ${seen.layoutShift.toFixed(3)}, rows after ${readyMs.toFixed(0)} ms, ${(bytes / 1_024).toFixed(0)} KiB`,
  );
  await page.close();
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
