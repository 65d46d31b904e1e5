import assert from 'node:assert/strict';
import { test } from 'node:test';
import { present, readChoice, readText } from './search-params.ts';

test('an address may hold anything; only what fits is taken', () => {
  assert.equal(readText('eva'), 'eva');
  assert.equal(readText(1234), '1234');
  assert.equal(readText(''), undefined);
  assert.equal(readText({ a: 1 }), undefined);
  assert.equal(readChoice('failure', ['success', 'failure']), 'failure');
  assert.equal(readChoice('__proto__', ['success']), undefined);
});

test('what is absent leaves no trace in the address', () => {
  assert.deepEqual(present({ status: 'failure', user: undefined }), { status: 'failure' });
});
