import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOf, endOfDay } from './end-of-day.ts';

test('a key counts until the end of its last day, as the reader counts days', () => {
  const end = endOfDay('2031-02-03');
  const local = new Date(String(end));
  assert.deepEqual([local.getFullYear(), local.getMonth(), local.getDate(), local.getHours()], [2031, 1, 3, 23]);
});

test('no day, and what is no day, is no end', () => {
  assert.deepEqual([endOfDay(''), endOfDay('tomorrow')], [null, null]);
});

test('a day that was chosen is shown again as the same day', () => {
  assert.equal(dayOf(endOfDay('2031-02-03')), '2031-02-03');
  assert.equal(dayOf(null), '');
});
