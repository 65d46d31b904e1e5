import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sizeText } from './size-text.ts';

test('a size is told in the unit that fits, as the language writes numbers', () => {
  assert.deepEqual(
    [0, 1_023, 1_024, 1_572_864, 3 * 1024 ** 3].map((bytes) => sizeText(bytes, 'en')),
    ['0 B', '1,023 B', '1 KiB', '1.5 MiB', '3 GiB'],
  );
  assert.equal(sizeText(1_572_864, 'nl'), '1,5 MiB');
});
