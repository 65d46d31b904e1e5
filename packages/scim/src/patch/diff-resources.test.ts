import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json, JsonObject } from '../json.ts';
import { groupType, userType } from '../schema/resource-types.ts';
import { diffResources } from './diff-resources.ts';
import { patchBody } from './print-patch.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** The operations in their legacy print: one by one, with the paths as text. */
function diff(before: JsonObject, after: JsonObject, type = userType): Json | undefined {
  return patchBody(diffResources(before, after, type), 'entra-legacy')['Operations'];
}

test('equal resources have no difference, whatever the order of members and elements', () => {
  const emails = [
    { value: 'a', type: 'work' },
    { type: 'home', value: 'b' },
  ];
  const before = { userName: 'eva', title: 'T', emails };
  assert.deepEqual(diff(before, { emails: emails.toReversed(), title: 'T', userName: 'eva' }), []);
  assert.deepEqual(diff({ userName: 'eva', emails: [] }, { userName: 'eva' }), []);
});

test('what a client cannot write is no difference', () => {
  const before = { id: 'u1', meta: { version: '1' }, groups: [{ value: 'g' }], schemas: ['x'] };
  assert.deepEqual(diff(before, {}), []);
  const told = { [ENTERPRISE]: { manager: { value: 'm1', displayName: 'Max' } } };
  assert.deepEqual(diff(told, { [ENTERPRISE]: { manager: { value: 'm1' } } }), []);
});

test('simple attributes are added, replaced and removed', () => {
  assert.deepEqual(
    diff({ title: 'T', userType: 'x' }, { userType: 'y', nickName: 'N' }),
    [
      { op: 'Add', path: 'nickName', value: 'N' },
      { op: 'Remove', path: 'title' },
      { op: 'Replace', path: 'userType', value: 'y' },
    ].toSorted((a, b) => order(a.path) - order(b.path)),
  );
});

function order(path: string): number {
  return userType.schema.attributes.findIndex(({ name }) => name === path);
}

test('of a complex attribute only the parts that differ are named', () => {
  const before = { name: { givenName: 'Eva', familyName: 'Lind', middleName: 'K' } };
  assert.deepEqual(diff(before, { name: { givenName: 'Evi', familyName: 'Lind', formatted: 'Evi Lind' } }), [
    { op: 'Add', path: 'name.formatted', value: 'Evi Lind' },
    { op: 'Replace', path: 'name.givenName', value: 'Evi' },
    { op: 'Remove', path: 'name.middleName' },
  ]);
});

test('a reference is replaced as a whole', () => {
  const manager = (value: string): JsonObject => ({ [ENTERPRISE]: { manager: { value } } });
  assert.deepEqual(diff(manager('m1'), manager('m2')), [
    { op: 'Replace', path: `${ENTERPRISE}:manager`, value: { value: 'm2' } },
  ]);
  assert.deepEqual(diff(manager('m1'), {}), [{ op: 'Remove', path: `${ENTERPRISE}:manager` }]);
});

test('a typed element that changed is changed in place', () => {
  const home = { value: 'b', type: 'home' };
  assert.deepEqual(
    diff({ emails: [{ value: 'a', type: 'work' }, home] }, { emails: [{ value: 'c', type: 'work' }, home] }),
    [{ op: 'Replace', path: 'emails[type eq "work"].value', value: 'c' }],
  );
  const address = { type: 'work', locality: 'Oslo', country: 'NO' };
  assert.deepEqual(diff({ addresses: [address] }, { addresses: [{ ...address, locality: 'Bergen' }] }), [
    { op: 'Replace', path: 'addresses[type eq "work"].locality', value: 'Bergen' },
  ]);
});

test('elements come and go one by one', () => {
  const before = {
    emails: [
      { value: 'a', type: 'work' },
      { value: 'b', type: 'home' },
    ],
  };
  assert.deepEqual(
    diff(before, {
      emails: [
        { value: 'a', type: 'work' },
        { value: 'c', type: 'other' },
      ],
    }),
    [
      { op: 'Remove', path: 'emails[type eq "home"]' },
      { op: 'Add', path: 'emails', value: [{ value: 'c', type: 'other' }] },
    ],
  );
});

test('elements of one type are told apart by their value', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((value) => ({ value, type: 'work' }));
  assert.ok(a && b && c);
  assert.deepEqual(diff({ emails: [a, b, c] }, { emails: [a, c] }), [{ op: 'Remove', path: 'emails[value eq "b"]' }]);
});

test('a list of which nothing stays is replaced', () => {
  assert.deepEqual(diff({ roles: [{ value: 'a' }] }, { roles: [{ value: 'b' }] }), [
    { op: 'Replace', path: 'roles', value: [{ value: 'b' }] },
  ]);
});

test('members are added and removed by id, whatever else is told of them', () => {
  const before = { members: [{ value: 'u1', type: 'User', display: 'Eva' }, { value: 'u2' }] };
  const after = { members: [{ value: 'u1' }, { value: 'u3' }] };
  assert.deepEqual(diff(before, after, groupType), [
    { op: 'Remove', path: 'members', value: [{ value: 'u2' }] },
    { op: 'Add', path: 'members', value: [{ value: 'u3' }] },
  ]);
});

test('where no small operations lead there, the whole value is sent', () => {
  const before = { addresses: [{ locality: 'Oslo' }, { locality: 'Bergen' }] };
  const after = { addresses: [{ locality: 'Oslo' }, { locality: 'Molde' }] };
  assert.deepEqual(diff(before, after), [{ op: 'Replace', path: 'addresses', value: after.addresses }]);
  const reference = { [ENTERPRISE]: { manager: { value: 'm1', $ref: 'r' } } };
  assert.deepEqual(diff(reference, { [ENTERPRISE]: { manager: { value: 'm1' } } }), [
    { op: 'Remove', path: `${ENTERPRISE}:manager` },
    { op: 'Add', path: `${ENTERPRISE}:manager`, value: { value: 'm1' } },
  ]);
});
