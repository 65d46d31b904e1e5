import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { percentOf, spokenStep } from './progress.ts';

test('a cycle shows 100 % only when all of it is done', () => {
  assert.equal(percentOf(99_999, 100_000), 99);
  assert.equal(percentOf(100_000, 100_000), 100);
  assert.equal(percentOf(0, 0), 0);
  assert.equal(percentOf(7, 5), 100);
});

test('each ten percent is announced once', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100), { minLength: 1 }), (seen) => {
      const rising = seen.toSorted((one, other) => one - other);
      let spoken = 0;
      const said = new Set<number>();
      for (const percent of rising) {
        spoken = spokenStep(spoken, percent);
        said.add(spoken);
      }
      assert.ok([...said].every((step) => step % 10 === 0));
      assert.equal(spoken, Math.floor((rising.at(-1) ?? 0) / 10) * 10);
    }),
  );
  assert.equal(spokenStep(90, 5), 0);
});
