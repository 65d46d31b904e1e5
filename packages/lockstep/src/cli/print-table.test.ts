import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainText, shownWidth, tableText } from './print-table.ts';

test('a table stands in columns, also with signs that are two columns wide or none', () => {
  const text = tableText(
    ['name', 'count'],
    [
      ['陽子', '7'],
      ['Zoe\u0301', '12'],
      ['김', ''],
    ],
  );
  assert.equal(text, ['name  count', '----  -----', '陽子      7', 'Zoe\u0301      12', '김'].join('\n'));
});

test('widths are counted in columns of a terminal', () => {
  const widths = ['abc', '髙橋', 'สมชาย', 'e\u0301', '김', ''].map(shownWidth);
  assert.deepEqual(widths, [3, 4, 5, 1, 2, 0]);
});

test('a name cannot redraw the screen or turn the direction of the line', () => {
  assert.equal(plainText('Eva\u001b[2J\nLind\u202eDNIL'), 'Eva?[2J?Lind?DNIL');
  assert.equal(plainText('محمد حسن'), 'محمد حسن');
});
