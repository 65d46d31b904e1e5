import assert from 'node:assert/strict';
import { test } from 'node:test';
import { togglePage, toggleRow } from './selection.ts';

test('rows are ticked one by one or by the page, and other pages keep their ticks', () => {
  const one = toggleRow(new Set(['other']), 'a');
  assert.deepEqual([...one], ['other', 'a']);
  assert.deepEqual([...toggleRow(one, 'a')], ['other']);
  const page = togglePage(one, ['a', 'b']);
  assert.deepEqual([...page].toSorted(), ['a', 'b', 'other']);
  assert.deepEqual([...togglePage(page, ['a', 'b'])], ['other']);
});
