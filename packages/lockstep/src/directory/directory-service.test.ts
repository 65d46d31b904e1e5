import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ScimError } from '@lockstep/scim';
import { openDirectory } from '../../test/open-directory.ts';
import { LockstepError } from '../lockstep-error.ts';

test('a person is made with attributes by any case of their names, and found by every name', async (t) => {
  const { directory } = await openDirectory(t);
  const eva = await directory.create('User', {
    USERPRINCIPALNAME: 'eva.lind@example.com',
    displayName: 'Eva Lind',
    mail: 'eva@example.com',
    employeeId: '0042',
    accountEnabled: 'TRUE',
    extension_abc_costCentre: 'K7',
  });
  assert.equal(eva.attributes['userPrincipalName'], 'eva.lind@example.com');
  assert.equal(eva.attributes['accountEnabled'], true);
  for (const name of [eva.objectId, 'EVA.LIND@example.com', 'Eva@Example.com', '0042', 'eva lind']) {
    assert.equal((await directory.find('User', name)).objectId, eva.objectId, name);
  }
});

test('names and values that do not fit are all told, and nothing is written', async (t) => {
  const { directory } = await openDirectory(t);
  await assert.rejects(
    directory.create('User', {
      userPrincipalName: 'x@example.com',
      shoeSize: '43',
      accountEnabled: 'perhaps',
      userType: 'Robot',
      employeeHireDate: 'yesterday',
      deletedDateTime: '2026-01-01T00:00:00Z',
      __proto__x: 'a',
    }),
    (error) => {
      assert.ok(error instanceof LockstepError);
      assert.deepEqual(
        error.issues.map((issue) => issue.place),
        ['shoeSize', 'accountEnabled', 'userType', 'employeeHireDate', 'deletedDateTime', '__proto__x'],
      );
      return true;
    },
  );
  assert.equal((await directory.list('User', {})).total, 0);
});

test('a sign-in name is unique in any case, and free again when its holder is in the recycle bin', async (t) => {
  const { directory } = await openDirectory(t);
  const first = await directory.create('User', { userPrincipalName: 'a@example.com' });
  const isTaken = (error: unknown): boolean => error instanceof ScimError && error.code === 'uniqueness';
  await assert.rejects(directory.create('User', { userPrincipalName: 'A@EXAMPLE.com' }), isTaken);
  assert.equal(await directory.softDelete('User', first.objectId), true);
  assert.equal(await directory.softDelete('User', first.objectId), false);
  const second = await directory.create('User', { userPrincipalName: 'a@example.com' });
  await assert.rejects(directory.restore('User', first.objectId), isTaken);
  await directory.delete('User', second.objectId);
  assert.equal(await directory.restore('User', first.objectId), true);
  assert.equal((await directory.find('User', 'a@example.com')).objectId, first.objectId);
});

test('lists leave the recycle bin out unless asked, and filter by every attribute', async (t) => {
  const { directory } = await openDirectory(t);
  const make = (name: string, department: string) =>
    directory.create('User', { userPrincipalName: `${name}@example.com`, department, extension_x_y: name });
  const [ann, ben] = [await make('ann', 'Sales'), await make('ben', 'sales')];
  await make('cem', 'IT');
  await directory.softDelete('User', ben.objectId);
  const idsOf = async (filter: string, withDeleted = false): Promise<readonly string[]> =>
    (await directory.list('User', { filter, withDeleted })).entries.map((entry) => entry.objectId);
  assert.deepEqual(await idsOf('department eq "Sales"'), [ann.objectId]);
  assert.deepEqual(await idsOf('department eq "Sales"', true), [ann.objectId, ben.objectId]);
  assert.deepEqual(await idsOf(`objectId eq "${ann.objectId}"`), [ann.objectId]);
  assert.deepEqual(await idsOf('extension_x_y sw "a"'), [ann.objectId]);
  assert.deepEqual(await idsOf('not (department eq "IT") and objectId pr'), [ann.objectId]);
  assert.deepEqual(await idsOf('deletedDateTime pr', true), [ben.objectId]);
  assert.equal((await directory.list('User', {})).total, 2);
  await assert.rejects(directory.list('User', { filter: 'department eq' }), ScimError);
});

test('null clears an attribute, and a change that changes nothing writes nothing', async (t) => {
  const { directory, store } = await openDirectory(t);
  const { objectId } = await directory.create('User', { userPrincipalName: 'a@example.com', department: 'IT' });
  let told = 0;
  directory.onChange(() => {
    told += 1;
  });
  const head = await store.directory.head();
  assert.equal((await directory.update('User', objectId, { department: 'IT' })).isChanged, false);
  assert.equal(await store.directory.head(), head);
  assert.equal(told, 0);
  const cleared = await directory.update('User', objectId, { department: null });
  assert.equal(cleared.isChanged, true);
  assert.equal(cleared.entry.attributes['department'], undefined);
  assert.equal(told, 1);
  await assert.rejects(directory.update('User', objectId, { userPrincipalName: null }), /needs one/);
});

test('a name that stands for several people is refused with what to do', async (t) => {
  const { directory } = await openDirectory(t);
  await directory.create('User', { userPrincipalName: 'j1@example.com', displayName: 'Jan Jansen' });
  await directory.create('User', { userPrincipalName: 'j2@example.com', displayName: 'Jan Jansen' });
  await assert.rejects(directory.find('User', 'Jan Jansen'), /2 people have the displayName "Jan Jansen"/);
  await assert.rejects(directory.find('User', 'nobody'), /there is no person "nobody"/);
});

test('groups hold people and groups, and tell whose groups they are', async (t) => {
  const { directory } = await openDirectory(t);
  const person = await directory.create('User', { userPrincipalName: 'a@example.com', displayName: 'A' });
  const inner = await directory.create('Group', { displayName: 'Inner' });
  const outer = await directory.create('Group', { displayName: 'Outer' });
  assert.equal(await directory.changeMembers(outer.objectId, { add: [person.objectId, inner.objectId] }), true);
  assert.equal(await directory.changeMembers(outer.objectId, { add: [person.objectId] }), false);
  assert.deepEqual(await directory.memberOf('User', person.objectId), [
    { objectId: outer.objectId, displayName: 'Outer' },
  ]);
  assert.deepEqual(
    (await directory.members(outer.objectId, { limit: 10 })).map((member) => member.type),
    ['User', 'Group'],
  );
  assert.equal(await directory.changeMembers(outer.objectId, { remove: [inner.objectId] }), true);
  assert.equal((await directory.findPrincipal('Outer')).type, 'Group');
});

test('a group cannot come to hold itself, and the refusal says which group and why', async (t) => {
  const { directory } = await openDirectory(t);
  const make = async (displayName: string): Promise<string> =>
    (await directory.create('Group', { displayName })).objectId;
  const [outer, middle, inner, other] = [
    await make('Outer'),
    await make('Middle'),
    await make('Inner'),
    await make('X'),
  ];
  await directory.changeMembers(outer, { add: [middle] });
  await directory.changeMembers(middle, { add: [inner] });
  const circle = (id: string, add: readonly string[], message: string): Promise<void> =>
    assert.rejects(directory.changeMembers(id, { add }), { name: 'LockstepError', code: 'conflict', message });
  await circle(inner, [other, outer], '"Outer" cannot be a member of "Inner": "Inner" is within it already');
  await circle(outer, [outer], '"Outer" cannot be a member of itself');
  assert.deepEqual(await directory.members(inner, { limit: 9 }), [], 'nothing was added');
  assert.equal(await directory.changeMembers(outer, { add: [inner] }), true, 'two ways down are no circle');
});
