import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PORTAL_CSS } from '../packages/lockstep/src/portal/portal.css.ts';

const THEME = join(import.meta.dirname, '..', 'packages', 'console', 'src', 'design', 'theme.css');

/** Colours of a style sheet by name, each for light and dark. */
function coloursOf(css: string): ReadonlyMap<string, string> {
  const found = css.matchAll(/(--color-[a-z-]+):\s*(light-dark\([^)]*\))/g);
  return new Map([...found].map(([, name = '', value = '']) => [name, value.replaceAll(' ', '')]));
}

test('pages of tenants have the colours of the console', () => {
  const console = coloursOf(readFileSync(THEME, 'utf8'));
  const portal = coloursOf(PORTAL_CSS);
  assert.ok(portal.size > 8, 'the colours were found');
  for (const [name, value] of portal) assert.equal(value, console.get(name), name);
});

test('pages of tenants use no colour that is not named', () => {
  const named = coloursOf(PORTAL_CSS);
  const used = [...PORTAL_CSS.matchAll(/var\((--color-[a-z-]+)\)/g)].map(([, name = '']) => name);
  assert.deepEqual(
    used.filter((name) => !named.has(name)),
    [],
  );
  assert.deepEqual(PORTAL_CSS.replaceAll(/light-dark\([^)]*\)/g, '').match(/#[0-9a-f]{3,8}\b/g), null);
});
