import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const DIST = join(import.meta.dirname, '..', 'packages', 'console', 'dist');
const MAX_SCRIPT_BYTES = 200 * 1_024;
const MAX_STYLE_BYTES = 15 * 1_024;

const page = readFileSync(join(DIST, 'index.html'), 'utf8');

/** What the files take on the line, gzipped; each is there because the page asks for it before anything is shown. */
function gzippedBytes(pattern: RegExp): number {
  const files = [...page.matchAll(pattern)].map(([, file = '']) => file);
  assert.ok(files.length > 0, `the page asks for no ${pattern}`);
  return files.map((file) => gzipSync(readFileSync(join(DIST, file))).length).reduce((sum, bytes) => sum + bytes, 0);
}

test('scripts of the first page are at most 200 KiB', (t) => {
  const bytes = gzippedBytes(/(?:src|modulepreload" crossorigin href)="(\/assets\/[^"]+\.js)"/g);
  t.diagnostic(`${(bytes / 1_024).toFixed(1)} KiB of scripts`);
  assert.ok(bytes <= MAX_SCRIPT_BYTES, `${bytes} bytes`);
});

test('style sheets of the first page are at most 15 KiB', (t) => {
  const bytes = gzippedBytes(/stylesheet" crossorigin href="(\/assets\/[^"]+\.css)"/g);
  t.diagnostic(`${(bytes / 1_024).toFixed(1)} KiB of style sheets`);
  assert.ok(bytes <= MAX_STYLE_BYTES, `${bytes} bytes`);
});
