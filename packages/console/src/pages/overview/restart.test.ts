import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRestartReady, toggleScope } from './restart.ts';

test('a full restart stands alone, and anything else ends it', () => {
  assert.deepEqual(toggleScope(['watermark', 'escrows'], 'full'), ['full']);
  assert.deepEqual(toggleScope(['full'], 'watermark'), ['watermark']);
  assert.deepEqual(toggleScope(['watermark'], 'watermark'), []);
});

test('a full restart waits for the count of orphans, and for a word when there are some', () => {
  assert.equal(isRestartReady({ scopes: ['full'], orphans: undefined, isConfirmed: true }), false);
  assert.equal(isRestartReady({ scopes: ['full'], orphans: 0, isConfirmed: false }), true);
  assert.equal(isRestartReady({ scopes: ['full'], orphans: 7, isConfirmed: false }), false);
  assert.equal(isRestartReady({ scopes: ['full'], orphans: 7, isConfirmed: true }), true);
  assert.equal(isRestartReady({ scopes: [], orphans: 0, isConfirmed: true }), false);
});
