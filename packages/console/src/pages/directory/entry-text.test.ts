import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributeFacts, attributeText } from './entry-text.ts';

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
