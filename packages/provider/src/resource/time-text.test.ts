import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { timeText } from './time-text.ts';

test('a time reads as Date.toISOString writes it', () => {
  const whenever = fc.integer({ min: Date.UTC(1, 0, 1), max: Date.UTC(9999, 11, 31) });
  fc.assert(fc.property(whenever, (ms) => timeText(ms) === new Date(ms).toISOString()));
  for (const ms of [0, -1, 999, 86_399_999, 86_400_000]) assert.equal(timeText(ms), new Date(ms).toISOString());
});
