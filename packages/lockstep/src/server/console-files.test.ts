import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { type ConsoleFiles, readConsole } from './console-files.ts';

const SCRIPT = 'console.info("a script that is long enough to be packed");\n'.repeat(20);
let folder = '';
let files: ConsoleFiles | undefined;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-console-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">');
  writeFileSync(join(folder, 'assets', 'main-1a2b.js'), SCRIPT);
  writeFileSync(join(folder, 'stamp'), 'secret');
  files = readConsole(folder);
});

after(() => rmSync(folder, { recursive: true }));

test('a file is answered as the browser takes it, and may be kept for good', () => {
  const plain = files?.file('/assets/main-1a2b.js', undefined);
  assert.equal(plain?.body.toString(), SCRIPT);
  assert.match(plain?.headers['cache-control'] ?? '', /immutable/);
  const zipped = files?.file('/assets/main-1a2b.js', 'gzip, deflate');
  assert.equal(gunzipSync(zipped?.body ?? '').toString(), SCRIPT);
  const brotli = files?.file('/assets/main-1a2b.js', 'gzip, br;q=0.9');
  assert.equal(brotli?.headers['content-encoding'], 'br');
  assert.equal(brotliDecompressSync(brotli?.body ?? '').toString(), SCRIPT);
  assert.equal(files?.file('/assets/main-1a2b.js', 'br;q=0')?.headers['content-encoding'], undefined);
});

test('nothing but the files of the console is answered', () => {
  for (const path of ['/stamp', '/index.html', '/../package.json', '/assets/../stamp', '/assets/%2e%2e/stamp', '/']) {
    assert.equal(files?.file(path, undefined), undefined, path);
  }
});

test('each page has a nonce of its own, which its policy names, and allows no inline script or style', () => {
  const pages = [files?.page(), files?.page()];
  const nonces = pages.map((page) => /content="([\w-]{20,})"/.exec(page?.body.toString() ?? '')?.[1]);
  assert.notEqual(nonces[0], nonces[1]);
  for (const [place, page] of pages.entries()) {
    const policy = page?.headers['content-security-policy'] ?? '';
    assert.ok(policy.includes(`'nonce-${nonces[place]}'`));
    assert.ok(!policy.includes('unsafe'));
  }
});

test('a server without a built console says so by having none', () => {
  assert.equal(readConsole(join(folder, 'assets')), undefined);
});
