import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readRetryAfter } from './retry-after.ts';

const now = Date.UTC(2026, 0, 15, 12, 0, 0);

test('Retry-After is read as seconds, fractions of seconds and all three HTTP dates', () => {
  const cases: [string, number][] = [
    ['0', 0],
    ['7', 7_000],
    [' 120 ', 120_000],
    ['1.5', 1_500],
    ['0.0001', 1],
    ['Thu, 15 Jan 2026 12:00:30 GMT', 30_000],
    ['Thursday, 15-Jan-26 12:01:00 GMT', 60_000],
    ['Thu Jan 15 12:00:05 2026', 5_000],
    ['Thu Jan  1 12:00:05 2026', 0],
    ['Wed, 14 Jan 2026 12:00:00 GMT', 0],
    ['999999999999', 999_999_999_999_000],
  ];
  for (const [header, expected] of cases) assert.equal(readRetryAfter(header, now), expected, header);
});

test('a two-digit year far ahead is meant to be past', () => {
  assert.equal(readRetryAfter('Friday, 15-Jan-99 12:00:00 GMT', now), 0);
});

test('absent, negative and unreadable Retry-After headers tell nothing', () => {
  const headers = [null, '', ' ', '-5', '1e3', 'soon', '1,5', 'Infinity', 'Thu, 15 Foo 2026 12:00:00 GMT', '5 s'];
  for (const header of [...headers, '9'.repeat(13), ` ${'9'.repeat(100)}`]) {
    assert.equal(readRetryAfter(header, now), undefined, String(header));
  }
});

test('whatever the header, the wait is absent or a number that is not negative', () => {
  fc.assert(
    fc.property(fc.string(), (header) => {
      const ms = readRetryAfter(header, now);
      assert.ok(ms === undefined || (Number.isFinite(ms) && ms >= 0));
    }),
  );
});
