import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readNames } from './read-names.ts';

test('a pasted list gives each name once, whatever parts them', () => {
  assert.deepEqual(readNames(' a@x.example\nb@x.example, c@x.example;;\n\nA@x.example\r\n'), [
    'A@x.example',
    'b@x.example',
    'c@x.example',
  ]);
  assert.deepEqual(readNames('  \n'), []);
});
