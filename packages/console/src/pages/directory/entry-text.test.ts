import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributeFacts, attributeText, stateOf } from './entry-text.ts';

const entry = {
  objectId: 'o1',
  type: 'User',
  createdAt: '',
  modifiedAt: '',
  surname: 'Lind',
  accountEnabled: false,
  mail: null,
  phones: ['1'],
} as const;

test('absent attributes are empty, and false is a value', () => {
  assert.equal(attributeText(entry, 'mail'), '');
  assert.equal(attributeText(entry, 'nothing'), '');
  assert.equal(attributeText(entry, 'accountEnabled'), 'false');
});

test('facts are in order of names, lists as JSON, without empty ones', () => {
  assert.deepEqual(attributeFacts(entry), [
    ['accountEnabled', 'false'],
    ['objectId', 'o1'],
    ['phones', '["1"]'],
    ['surname', 'Lind'],
    ['type', 'User'],
  ]);
});

test('whoever is not said to be disabled is enabled, and the recycle bin goes before both', () => {
  assert.equal(stateOf(entry), 'disabled');
  const { accountEnabled: _flag, ...other } = entry;
  assert.equal(stateOf(other), 'enabled');
  assert.equal(stateOf({ ...entry, deletedDateTime: '2026-01-01T00:00:00Z' }), 'deleted');
});
