import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDirectory } from '../../test/open-directory.ts';
import { readAssignments } from './assigned-by.ts';

test('assignments are told by the way they reach somebody; nested ones count where the app follows them', async (t) => {
  const { directory, store } = await openDirectory(t);
  const app = {
    id: 'a',
    name: 'A',
    definition: {},
    sealedSecret: null,
    secretExpiresMs: null,
    createdMs: 0,
    modifiedMs: 0,
  };
  await store.apps.save(app);
  await store.apps.save({ ...app, id: 'b', name: 'B' });
  const eva = (await directory.create('User', { userPrincipalName: 'eva@x.example' })).objectId;
  const [inner, outer] = [
    (await directory.create('Group', { displayName: 'Inner' })).objectId,
    (await directory.create('Group', { displayName: 'Outer' })).objectId,
  ];
  await directory.changeMembers(inner, { add: [eva] });
  await directory.changeMembers(outer, { add: [inner] });
  const grant = { appId: 'a', roleId: '', nowMs: 0 };
  await store.apps.assign([
    { ...grant, principalId: eva, type: 'User' },
    { ...grant, principalId: inner, type: 'Group' },
    { ...grant, principalId: outer, type: 'Group' },
    { ...grant, principalId: inner, type: 'Group', appId: 'b' },
  ]);
  const ports = { assignments: store.apps, groups: store.groups };
  const ofEva = await readAssignments(ports, { objectType: 'user', sourceId: eva });
  const shown = (appId: string, followsNested: boolean) =>
    ofEva.of(appId, followsNested).map(({ displayName, how, counts }) => [displayName, how, counts]);
  assert.deepEqual(shown('a', false), [
    [null, 'direct', true],
    ['Inner', 'group', true],
    ['Outer', 'nested', false],
  ]);
  assert.deepEqual(shown('a', true).at(-1), ['Outer', 'nested', true]);
  assert.deepEqual(shown('b', false), [['Inner', 'group', true]]);
  assert.deepEqual(shown('c', false), []);
  const ofInner = await readAssignments(ports, { objectType: 'group', sourceId: inner });
  assert.deepEqual(
    ofInner.of('a', true).map(({ how }) => how),
    ['direct'],
    'a group is in scope by its own assignment alone',
  );
});
