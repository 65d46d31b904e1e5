import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountFinding, driftFinding } from './read-finding.ts';

const shared = { id: 'f1', state: 'open', foundAt: '2026-11-27T12:00:00.000Z' } as const;

test('an account is named by what the app has of it', () => {
  const body = {
    account: { userName: 'eva@x.example' },
    people: [{ id: 'p1', displayName: 'Eva' }],
    isLinked: true,
    matchedBy: 'userName',
  };
  const found = accountFinding({ ...shared, class: 'assigned', body });
  assert.deepEqual(found, {
    id: 'f1',
    class: 'assigned',
    account: 'eva@x.example',
    people: [{ id: 'p1', displayName: 'Eva' }],
    matchedBy: 'userName',
    isLinked: true,
  });
  assert.equal(accountFinding({ ...shared, class: 'local', body: {} }).account, 'f1');
});

test('a difference tells both values, absent ones and lists too', () => {
  const body = {
    objectType: 'group',
    displayName: 'Finance',
    changes: [{ attribute: 'title', oldValue: null, newValue: ['a'] }],
    memberIds: ['1', '2'],
  };
  const found = driftFinding({ ...shared, class: 'extraMembers', body });
  assert.deepEqual([found.objectType, found.members, found.changes], ['group', 2, ['title: - → ["a"]']]);
});
