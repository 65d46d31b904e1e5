import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../json.ts';
import { parsePatchPath } from '../path/parse-patch-path.ts';
import { userType } from '../schema/resource-types.ts';
import { PATCH_SCHEMA, type PatchOperation, type PatchVerb } from './patch-operation.ts';
import { type PatchShape, patchBody } from './print-patch.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

function operation(op: PatchVerb, path: string, value?: Json): PatchOperation {
  const parsed = parsePatchPath(path, { type: userType });
  return value === undefined ? { op, path: parsed } : { op, path: parsed, value };
}

function print(shape: PatchShape, ...operations: PatchOperation[]): Json | undefined {
  const body = patchBody(operations, shape);
  assert.deepEqual(body['schemas'], [PATCH_SCHEMA]);
  return body['Operations'];
}

test('plain replaces are gathered in one without a path, behind the rest', () => {
  const printed = print(
    'rfc',
    operation('replace', 'displayName', 'E'),
    operation('replace', 'emails[type eq "work"].value', 'e@x.example'),
    operation('replace', 'name.givenName', 'Eva'),
    operation('replace', 'name.familyName', 'Lind'),
    operation('replace', 'active', false),
    operation('replace', `${ENTERPRISE}:employeeNumber`, 'E-1'),
  );
  assert.deepEqual(printed, [
    { op: 'replace', path: 'emails[type eq "work"].value', value: 'e@x.example' },
    {
      op: 'replace',
      value: {
        displayName: 'E',
        'name.givenName': 'Eva',
        'name.familyName': 'Lind',
        active: false,
        [`${ENTERPRISE}:employeeNumber`]: 'E-1',
      },
    },
  ]);
});

test('a single replace keeps its path', () => {
  assert.deepEqual(print('rfc', operation('replace', 'active', false)), [
    { op: 'replace', path: 'active', value: false },
  ]);
});

test('replaces of what another operation touches, of lists and of objects stay where they are', () => {
  const operations = [
    operation('replace', 'title', 'A'),
    operation('remove', 'title'),
    operation('replace', 'title', 'B'),
    operation('replace', 'name.givenName', 'Eva'),
    operation('remove', 'name'),
    operation('replace', 'roles', [{ value: 'x' }]),
    operation('replace', `${ENTERPRISE}:department`, 'S'),
    operation('remove', ENTERPRISE),
    operation('add', 'nickName', 'N'),
  ];
  const printed = print(
    'rfc',
    ...operations,
    operation('replace', 'locale', 'nb'),
    operation('replace', 'userType', 'y'),
  );
  assert.ok(Array.isArray(printed));
  assert.deepEqual(
    printed.slice(0, -1),
    operations.map(({ op, value }, index) => ({
      op,
      path: [
        'title',
        'title',
        'title',
        'name.givenName',
        'name',
        'roles',
        `${ENTERPRISE}:department`,
        ENTERPRISE,
        'nickName',
      ][index],
      ...(value === undefined ? {} : { value }),
    })),
  );
  assert.deepEqual(printed.at(-1), { op: 'replace', value: { locale: 'nb', userType: 'y' } });
});

test('a member leaves by filter in the RFC shape and by value in the older one', () => {
  const one = operation('remove', 'members[value eq "u1"]');
  const two = operation('remove', 'members[value eq "u1" or value eq "u2"]');
  assert.deepEqual(print('rfc', one), [{ op: 'remove', path: 'members[value eq "u1"]' }]);
  assert.deepEqual(print('entra-legacy', one, two), [
    { op: 'Remove', path: 'members', value: [{ value: 'u1' }] },
    { op: 'Remove', path: 'members', value: [{ value: 'u1' }, { value: 'u2' }] },
  ]);
  const other = operation('remove', 'members[type eq "Group"]');
  assert.deepEqual(print('entra-legacy', other), [{ op: 'Remove', path: 'members[type eq "Group"]' }]);
});

test('the older shape has capitalised verbs, text for booleans, and an operation for each attribute', () => {
  const printed = print(
    'entra-legacy',
    operation('replace', 'active', false),
    operation('add', 'nickName', 'N'),
    operation('replace', 'roles[primary eq true].value', 'admin'),
    operation('remove', 'emails[not (primary eq true) and type pr]'),
    operation('add', 'emails', [{ value: 'e', primary: true }]),
    operation('remove', 'title'),
  );
  assert.deepEqual(printed, [
    { op: 'Replace', path: 'active', value: 'False' },
    { op: 'Add', path: 'nickName', value: 'N' },
    { op: 'Replace', path: 'roles[primary eq "True"].value', value: 'admin' },
    { op: 'Remove', path: 'emails[not (primary eq "True") and type pr]' },
    { op: 'Add', path: 'emails', value: [{ value: 'e', primary: 'True' }] },
    { op: 'Remove', path: 'title' },
  ]);
});

test('an operation without a path is printed without one', () => {
  assert.deepEqual(print('rfc', { op: 'add', value: { title: 'T' } }), [{ op: 'add', value: { title: 'T' } }]);
  assert.deepEqual(print('entra-legacy', { op: 'add', value: { title: 'T' } }), [{ op: 'Add', value: { title: 'T' } }]);
});
