import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DirectoryUser } from '../ports/directory.ts';
import { computedAttributes, groupSource, userSource } from './source-object.ts';

const user: DirectoryUser = {
  id: 'u1',
  attributes: { userPrincipalName: 'eva@x.example', displayName: 'Eva' },
  isAccountEnabled: true,
  deleted: 'no',
  managerId: undefined,
  isAssigned: true,
  roles: [],
};

test('what is named as computed is what objects have beside their attributes in the directory', () => {
  const inDirectory = [...Object.keys(user.attributes), 'accountEnabled', 'manager'];
  const computed = Object.keys(userSource(user, false)).filter((name) => !inDirectory.includes(name));
  assert.deepEqual(computed.toSorted(), [...computedAttributes.user].toSorted());
  const group = groupSource({ id: 'g1', attributes: { displayName: 'G' }, deleted: 'no', isAssigned: true }, false);
  const ofGroup = Object.keys(group).filter((name) => name !== 'displayName');
  // Members are read page by page and never held in one object.
  assert.deepEqual([...ofGroup, 'members'].toSorted(), [...computedAttributes.group].toSorted());
});
