import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type OpenConsole, watchedPage } from './open-console.ts';
import { violations } from './violations.ts';

/** A screen: its address below the console's, and words of a heading that tell that it is there. */
export type Screen = readonly [path: string, heading: string | RegExp];

interface Walk {
  /** Prepares the page before the first screen. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** What has to be seen on each screen beside its heading. */
  readonly look?: (page: Page, screen: Screen) => Promise<void>;
  /** Errors of the browser's console that belong to what the walk does. */
  readonly expected?: RegExp;
}

/**
 * Goes to each screen, waits until all of it is there, and looks in light and in dark for violations of WCAG 2.2 AA; at the
 * end nothing may have gone wrong in a script and nothing been refused by the content-security policy.
 */
export async function walkScreens(open: OpenConsole, screens: readonly Screen[], walk: Walk = {}): Promise<void> {
  const { page, faults } = await watchedPage(open.context);
  await walk.prepare?.(page);
  for (const screen of screens) {
    const [path, heading] = screen;
    await page.goto(open.url + path);
    await page.getByRole('heading', { name: heading }).first().waitFor();
    await isSettled(page);
    await walk.look?.(page, screen);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await violations(page), [], `${path} in ${colorScheme}`);
    }
  }
  const unexpected = faults.filter((fault) => walk.expected === undefined || !walk.expected.test(fault));
  assert.deepEqual(unexpected, []);
  await page.close();
}

/** Until nothing on the page is still coming. */
export async function isSettled(page: Page): Promise<void> {
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
}
