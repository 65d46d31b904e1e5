import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPairs } from './read-pairs.ts';

test('words are attributes and values; an empty value clears, and values may hold the sign', () => {
  assert.deepEqual(readPairs(['jobTitle=Head of Sales', 'mobile=', 'extensionAttribute1=a=b']), {
    jobTitle: 'Head of Sales',
    mobile: null,
    extensionAttribute1: 'a=b',
  });
});

for (const [words, message] of [
  [['jobTitle'], /"jobTitle" is not of the form attribute=value/],
  [['=x'], /"=x" is not of the form/],
  [['a=1', 'a=2'], /a is given twice/],
] as const) {
  test(`${words.join(' ')} is wrong usage`, () => {
    assert.throws(() => readPairs(words), { code: 'wrongUsage', message });
  });
}
