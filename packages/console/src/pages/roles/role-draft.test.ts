import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftOfRole, emptyRole, roleFault, roleToSave } from './role-draft.ts';

const filled = { ...emptyRole, value: ' Viewer ', displayName: ' ' };

test('a draft needs a value of its own and somebody who may have it', () => {
  assert.equal(roleFault(emptyRole, []), 'noValue');
  assert.equal(roleFault(filled, ['Viewer']), 'taken');
  assert.equal(roleFault({ ...filled, forUsers: false, forGroups: false }, []), 'noMembers');
  assert.equal(roleFault(filled, ['viewer']), undefined, 'values are compared exactly');
});

test('a role without a name is called by its value', () => {
  assert.deepEqual(roleToSave({ ...filled, forGroups: false }), {
    value: 'Viewer',
    displayName: 'Viewer',
    description: '',
    enabled: true,
    allowedMemberTypes: ['User'],
  });
});

test('a role that is read and saved stays as it is', () => {
  const role = {
    value: 'Payer',
    displayName: 'Pays',
    description: 'Pays bills',
    allowedMemberTypes: ['Group'] as const,
  };
  assert.deepEqual(roleToSave(draftOfRole({ id: '1', isEnabled: false, ...role })), { ...role, enabled: false });
});
