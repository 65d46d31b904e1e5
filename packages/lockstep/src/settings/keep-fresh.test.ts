import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepFresh } from './keep-fresh.ts';

test('it looks again after each look, failed ones too, and no more once it is stopped', async () => {
  const planned: (() => void)[] = [];
  const failures: unknown[] = [];
  let looks = 0;
  const stop = keepFresh({
    everyMs: 5_000,
    after: (ms, callback) => {
      assert.equal(ms, 5_000);
      planned.push(callback);
      return () => planned.splice(0);
    },
    refresh: async () => {
      looks += 1;
      if (looks === 2) throw new Error('away');
    },
    onFailure: (error) => failures.push(error),
  });
  for (let turn = 1; turn <= 3; turn += 1) {
    planned.shift()?.();
    await new Promise(setImmediate);
    assert.equal(looks, turn);
  }
  assert.equal(failures.length, 1);
  await stop();
  assert.equal(planned.length, 0);
});
