import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AttributeMapping, type ObjectMapping, templates } from '@lockstep/gallery';
import { applyPatch, type JsonObject, patchBody, readPatchRequest, strictDialect, userType } from '@lockstep/scim';
import fc from 'fast-check';
import { testContext } from '../expression/test-context.ts';
import { buildResource } from '../mapping/build-resource.ts';
import { compileMapping } from '../mapping/compile-mapping.ts';
import { type MappedValue, mapObject } from '../mapping/map-object.ts';
import { diffValues } from './diff-values.ts';

const roleRow: AttributeMapping = {
  target: 'roles',
  source: { kind: 'expression', text: 'AssertiveAppRoleAssignmentsComplex([appRoleAssignments])' },
  apply: 'always',
};
const generic = templates.generic.users;
const users: ObjectMapping = { ...generic, mappings: [...generic.mappings, roleRow] };
const compiled = compileMapping(users);

function valuesOf(source: JsonObject, mapping = compiled): readonly MappedValue[] {
  const result = mapObject(mapping, source, testContext());
  assert.ok(result.kind === 'mapped', JSON.stringify(result));
  return result.mapped.values;
}

function resourceOf(source: JsonObject): JsonObject {
  return buildResource({ mapping: compiled, values: valuesOf(source), references: [] });
}

const text = fc.option(fc.constantFrom('a', 'B', 'b', 'é', '0', 'x y'), { nil: null });
const person = fc.record({
  userPrincipalName: fc.constantFrom('eva', 'bo'),
  IsSoftDeleted: fc.constantFrom('True', 'False'),
  displayName: text,
  mail: text,
  givenName: text,
  surname: text,
  telephoneNumber: text,
  mobile: text,
  city: text,
  country: text,
  physicalDeliveryOfficeName: text,
  employeeId: text,
  department: text,
  appRoleAssignments: fc.uniqueArray(
    fc.constantFrom('r1', 'r2', 'r1,r3').map((value) => ({ id: value, value, displayName: value })),
    { selector: ({ value }) => value },
  ),
});

test('a plan for an equal account is empty', () => {
  fc.assert(
    fc.property(person, (source) => {
      assert.deepEqual(diffValues(valuesOf(source), resourceOf(source)), { operations: [], changes: [] });
    }),
  );
});

test('applying the operations gives every wanted value, on a server strict to the letter', () => {
  fc.assert(
    fc.property(person, person, (before, after) => {
      const { operations } = diffValues(valuesOf(after), resourceOf(before));
      const request = JSON.parse(JSON.stringify(patchBody(operations, 'rfc')));
      const read = operations.length === 0 ? [] : readPatchRequest(request, userType, { accepts: strictDialect });
      const { resource } = applyPatch(resourceOf(before), read, userType, { makeMissing: false });
      assert.deepEqual(diffValues(valuesOf(after), resource), { operations: [], changes: [] });
    }),
    { numRuns: 300 },
  );
});

test('parts of an element that does not exist yet are added together', () => {
  const { operations } = diffValues(
    valuesOf({ userPrincipalName: 'eva', IsSoftDeleted: 'False', city: 'Lund', country: 'SE', mail: 'e@x' }),
    { userName: 'eva', active: true, roles: [] },
  );
  assert.deepEqual(operations, [
    { op: 'add', path: { attribute: { name: 'emails' } }, value: [{ type: 'work', primary: true, value: 'e@x' }] },
    {
      op: 'add',
      path: { attribute: { name: 'addresses' } },
      value: [{ type: 'work', locality: 'Lund', country: 'SE' }],
    },
  ]);
});

const account: JsonObject = { userName: 'eva', active: true };
const person1: JsonObject = { userPrincipalName: 'eva', IsSoftDeleted: 'False' };

test('names and booleans that an app spells its own way are no difference', () => {
  const view = { UserName: 'eva', active: 'True', emails: [{ Type: 'WORK', type: 'WORK', value: 'E@X' }] };
  assert.deepEqual(diffValues(valuesOf({ ...person1, mail: 'e@x' }), view).changes, []);
});

test('a difference in letter case is written, except where the attribute list says it is none', () => {
  const { changes } = diffValues(valuesOf({ ...person1, displayName: 'McEva', mail: 'E@X' }), {
    ...account,
    displayName: 'Mceva',
    emails: [{ type: 'work', value: 'e@x' }],
  });
  assert.deepEqual(changes, [{ attribute: 'displayName', oldValue: 'Mceva', newValue: 'McEva' }]);
});

function withRoles(...values: readonly string[]): JsonObject {
  return { ...person1, appRoleAssignments: values.map((value) => ({ id: value, value, displayName: value })) };
}

test('roles are replaced as a whole, and a value of several names equals the single roles', () => {
  const view = { ...account, roles: [{ value: 'Uploader' }, { value: 'Authorizer' }] };
  assert.deepEqual(diffValues(valuesOf(withRoles('Authorizer,Uploader')), view).operations, []);
  const [operation] = diffValues(valuesOf(withRoles('Viewer')), view).operations;
  assert.equal(operation?.op, 'replace');
  assert.ok(Array.isArray(operation?.value) && operation.value.length === 1);
});

test('when the last role goes, the roles are removed', () => {
  const view = { ...account, roles: [{ value: 'Uploader' }] };
  assert.deepEqual(diffValues(valuesOf(withRoles()), view).operations, [
    { op: 'remove', path: { attribute: { name: 'roles' } } },
  ]);
});

test('AppRoleAssignmentsComplex only ever adds', () => {
  const row: AttributeMapping = {
    ...roleRow,
    source: { kind: 'expression', text: 'AppRoleAssignmentsComplex([appRoleAssignments])' },
  };
  const adding = compileMapping({ ...generic, mappings: [...generic.mappings, row] });
  const view = { ...account, roles: [{ value: 'Uploader' }] };
  assert.deepEqual(diffValues(valuesOf(withRoles(), adding), view).operations, []);
  const [operation] = diffValues(valuesOf(withRoles('Viewer', 'Uploader'), adding), view).operations;
  assert.equal(operation?.op, 'add');
  assert.ok(Array.isArray(operation?.value) && operation.value.length === 1);
});

test('a redacted value is shown in no change', () => {
  const row: AttributeMapping = {
    target: 'nickName',
    source: { kind: 'expression', text: 'Redact([mail])' },
    apply: 'always',
  };
  const secret = compileMapping({ ...generic, mappings: [...generic.mappings, row] });
  const { changes } = diffValues(valuesOf({ ...person1, mail: 'new' }, secret), {
    ...account,
    nickName: 'old',
    emails: [{ type: 'work', value: 'new' }],
  });
  assert.deepEqual(changes, [{ attribute: 'nickName', oldValue: '[Redact]', newValue: '[Redact]' }]);
});
