import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tabsFor } from './settings-tabs.ts';

const labels = (permissions: readonly string[], kind: 'person' | 'key') =>
  tabsFor({ permissions, kind }).map(({ label }) => label);

test('an owner sees every tab, others none that is about who may do what', () => {
  assert.deepEqual(labels(['read', 'operate', 'configure', 'people'], 'person'), [
    'people',
    'keys',
    'signIn',
    'address',
    'mail',
    'secrets',
    'audit',
    'account',
    'about',
  ]);
  assert.deepEqual(labels(['read', 'operate', 'configure'], 'person'), [
    'address',
    'mail',
    'audit',
    'account',
    'about',
  ]);
  assert.deepEqual(labels(['read'], 'person'), ['address', 'mail', 'audit', 'account', 'about']);
});

test('a key has no account of its own', () => {
  assert.deepEqual(labels(['read'], 'key'), ['address', 'mail', 'audit', 'about']);
});
