import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkName } from './link-name.ts';

const link = { objectId: 'o', displayName: 'Eva', targetId: 't', account: 'eva@x', state: 'managed' } as const;

test('a link is called as the person, else as the account, else by its id', () => {
  assert.equal(linkName(link), 'Eva');
  assert.equal(linkName({ ...link, displayName: null }), 'eva@x');
  assert.equal(linkName({ ...link, displayName: '', account: null }), 't');
});
