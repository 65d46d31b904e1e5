import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosenLocale, keepLocale, keepTheme, type PreferenceStore, readTheme } from './preferences.ts';

function memory(): PreferenceStore {
  const values = new Map<string, string>();
  return { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => void values.set(key, value) };
}

test('what was chosen is found again; what nobody offers is not', () => {
  const store = memory();
  assert.equal(readTheme(store), 'system');
  keepTheme(store, 'dark');
  assert.equal(readTheme(store), 'dark');
  store.setItem('lockstep.theme', 'purple');
  assert.equal(readTheme(store), 'system');
  assert.equal(chosenLocale(store, ['nl-NL']), 'nl');
  keepLocale(store, 'en');
  assert.equal(chosenLocale(store, ['nl-NL']), 'en');
});

test('a browser that refuses storage gets the defaults', () => {
  const refusing: PreferenceStore = {
    getItem: () => {
      throw new Error('refused');
    },
    setItem: () => {
      throw new Error('refused');
    },
  };
  assert.equal(readTheme(refusing), 'system');
  assert.equal(keepTheme(refusing, 'light'), 'light');
  assert.equal(chosenLocale(refusing, []), 'en');
});
