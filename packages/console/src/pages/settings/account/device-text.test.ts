import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceText } from './device-text.ts';

test('browsers are told by their names, and not by those they pretend to have', () => {
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
  assert.equal(
    deviceText(`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/140.0 Safari/537.36 Edg/140.0`),
    'Edge, Windows',
  );
  assert.equal(deviceText('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'), 'Firefox, Linux');
  assert.equal(
    deviceText('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604'),
    'Safari, iOS',
  );
  assert.equal(deviceText('curl/8.0'), 'curl/8.0');
});
