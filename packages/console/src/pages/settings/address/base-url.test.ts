import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isBaseUrl, warningOf } from './base-url.ts';

test('a base URL is an http or https address and nothing more', () => {
  for (const good of ['https://x.example', ' http://127.0.0.1:4600 ', 'https://x.example/lockstep']) {
    assert.equal(isBaseUrl(good), true, good);
  }
  for (const bad of ['', 'x.example', 'ftp://x', 'https://me:pw@x', 'https://x?a=1', 'https://x#a']) {
    assert.equal(isBaseUrl(bad), false, bad);
  }
});

test('an address without TLS is warned of, unless it is this machine, and so is one that is not the address here', () => {
  const here = 'http://127.0.0.1:4600';
  assert.equal(warningOf('http://x.example', here), 'withoutTls');
  assert.equal(warningOf('https://x.example', here), 'elsewhere');
  assert.equal(warningOf('http://127.0.0.1:4600', here), undefined);
  assert.equal(warningOf('nonsense', here), undefined);
});
