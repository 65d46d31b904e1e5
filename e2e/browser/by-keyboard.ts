import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

/** So many presses of Tab are enough to reach anything on a page; more means that it cannot be reached. */
const PRESSES = 150;

/** Somebody without a mouse: everything goes by keys, and only what has the focus is used. */
export interface Keyboard {
  /** Presses Tab until the one has the focus; fails when it never gets it. */
  reach(target: Locator): Promise<void>;
  /** Reaches it and presses a key, Enter when none is named. */
  press(target: Locator, key?: string): Promise<void>;
  /** Reaches a field, empties it and types. */
  type(target: Locator, text: string): Promise<void>;
  /** Reaches a choice and goes to an option by its first letters. */
  choose(target: Locator, option: string): Promise<void>;
}

export function keyboardOf(page: Page): Keyboard {
  const reach: Keyboard['reach'] = async (target) => {
    await target.waitFor();
    for (let press = 0; press < PRESSES; press += 1) {
      if (await isFocused(target)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`Tab never reaches ${target}`);
  };
  return {
    reach,
    press: async (target, key = 'Enter') => {
      await reach(target);
      await page.keyboard.press(key);
    },
    type: async (target, text) => {
      await reach(target);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(text);
    },
    choose: async (target, option) => {
      await reach(target);
      await page.keyboard.type(option);
    },
  };
}

/** Whether the keys go to it. */
export function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element.matches(':focus'));
}

/** Until the list has come that holds this one alone: the list before stays while it is on its way. */
export async function isOnlyOption(page: Page, name: string): Promise<void> {
  await page.getByRole('option', { name }).waitFor();
  await page.getByRole('option').nth(1).waitFor({ state: 'detached' });
}
