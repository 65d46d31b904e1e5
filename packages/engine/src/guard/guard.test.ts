import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type GuardLimits, judgeRemovals } from './guard.ts';

const rows: readonly (readonly [number, number, GuardLimits, 'proceed' | 'maxRemovals' | 'maxRemovalsPercent'])[] = [
  [1_000, 1_000, {}, 'proceed'],
  [49, 1_000, { maxRemovals: 50 }, 'proceed'],
  [50, 1_000, { maxRemovals: 50 }, 'proceed'],
  [51, 1_000, { maxRemovals: 50 }, 'maxRemovals'],
  [100, 1_000, { maxRemovalsPercent: 10 }, 'proceed'],
  [101, 1_000, { maxRemovalsPercent: 10 }, 'maxRemovalsPercent'],
  [60, 1_000, { maxRemovals: 50, maxRemovalsPercent: 10 }, 'maxRemovals'],
  [40, 100, { maxRemovals: 50, maxRemovalsPercent: 10 }, 'maxRemovalsPercent'],
  [1, 3, { maxRemovalsPercent: 10 }, 'proceed'],
  [2, 3, { maxRemovalsPercent: 10 }, 'maxRemovalsPercent'],
  [1, 3, { maxRemovalsPercent: 0 }, 'maxRemovalsPercent'],
  [0, 0, { maxRemovals: 0, maxRemovalsPercent: 0 }, 'proceed'],
  [1, 10, { maxRemovals: 0 }, 'maxRemovals'],
];

for (const [removals, managed, limits, expected] of rows) {
  test(`${removals} removals of ${managed} under ${JSON.stringify(limits)}: ${expected}`, () => {
    const verdict = judgeRemovals(removals, managed, limits);
    assert.equal(verdict.do === 'hold' ? verdict.limit : verdict.do, expected);
  });
}

test('a hold says how many and how many are allowed', () => {
  const verdict = judgeRemovals(101, 1_000, { maxRemovalsPercent: 10 });
  assert.ok(verdict.do === 'hold');
  assert.equal(
    verdict.text,
    '101 of 1000 accounts would be disabled or deleted; at most 10 % (100) are allowed in one cycle.',
  );
});
