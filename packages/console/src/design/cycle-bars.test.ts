import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { barHeights } from './cycle-bars.ts';

const bar = (good: number, bad: number) => ({ id: `${good}`, title: '', good, bad, isFailed: false });

test('every bar can be seen, fits its frame, and shows its failures', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1_000_000), fc.nat(1_000)), { maxLength: 50 }), (cycles) => {
      const bars = cycles.map(([good, bad]) => bar(good, bad));
      for (const [place, height] of barHeights(bars, 64).entries()) {
        assert.ok(height.good + height.bad >= 2 && height.good + height.bad <= 64.001);
        if ((bars[place]?.bad ?? 0) > 0) assert.ok(height.bad >= 2);
      }
    }),
  );
});

test('one change is still seen beside an initial cycle of ten thousand', () => {
  const [initial, later] = barHeights([bar(10_000, 0), bar(1, 0)], 64);
  assert.equal(initial?.good, 64);
  assert.ok((later?.good ?? 0) >= 2);
});
