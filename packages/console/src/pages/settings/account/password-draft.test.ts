import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isComplete, NO_PASSWORDS, passwordFaults } from './password-draft.ts';

test('what is not typed yet is not wrong, and not complete either', () => {
  assert.equal(passwordFaults(NO_PASSWORDS).size, 0);
  assert.equal(isComplete(NO_PASSWORDS), false);
});

test('a short password and one typed differently are told at their field', () => {
  const draft = { current: 'x', next: 'elf letters', again: 'elf lettres' };
  assert.deepEqual(
    [...passwordFaults(draft)],
    [
      ['next', 'tooShort'],
      ['again', 'differs'],
    ],
  );
  const good = { current: 'x', next: 'twelve letters', again: 'twelve letters' };
  assert.equal(isComplete(good), true);
  assert.equal(isComplete({ ...good, current: '' }), false);
});
