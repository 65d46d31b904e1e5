import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AttributeMapping, type ObjectMapping, templates } from '@lockstep/gallery';
import { type Json, type JsonObject, readResource, strictDialect } from '@lockstep/scim';
import { testContext } from '../expression/test-context.ts';
import { eva, finance } from '../test-people.ts';
import { buildResource } from './build-resource.ts';
import { compileMapping } from './compile-mapping.ts';
import { type MappedResource, type MapResult, mapObject, shownValue } from './map-object.ts';
import { groupSource, userSource } from './source-object.ts';

function mappingOf(...rows: readonly AttributeMapping[]): ObjectMapping {
  const [userName] = templates.generic.users.mappings;
  assert.ok(userName);
  return { ...templates.generic.users, mappings: [userName, ...rows] };
}

function expressionRow(target: string, text: string, more: Partial<AttributeMapping> = {}): AttributeMapping {
  return { target, source: { kind: 'expression', text }, apply: 'always', ...more };
}

function run(mapping: ObjectMapping, source: JsonObject = userSource(eva(), false)): MapResult {
  return mapObject(compileMapping(mapping), source, testContext());
}

function mappedOf(result: MapResult): MappedResource {
  assert.ok(result.kind === 'mapped', JSON.stringify(result));
  return result.mapped;
}

function resourceOf(mapping: ObjectMapping, source?: JsonObject): JsonObject {
  return buildResource(mappedOf(run(mapping, source)));
}

test('the default mapping makes the resource of Entra’s create sample', () => {
  assert.deepEqual(resourceOf(templates.generic.users), {
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    ],
    userName: 'eva.lind@example.com',
    active: true,
    displayName: 'Eva Lind',
    emails: [{ type: 'work', primary: true, value: 'eva.lind@example.com' }],
    name: { givenName: 'Eva', familyName: 'Lind', formatted: 'Eva Lind' },
    phoneNumbers: [{ type: 'work', value: '+46 1' }],
    externalId: 'eva.lind',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Sales' },
  });
});

for (const template of Object.values(templates)) {
  test(`resources of the template ${template.id} are valid to the letter`, () => {
    const mapping = compileMapping(template.users);
    const roles = [{ id: '1', value: 'Uploader,Authorizer', displayName: 'Both' }];
    const mapped = mappedOf(
      mapObject(mapping, userSource(eva({ roles }, { jobTitle: 'Clerk', city: 'Lund' }), false), testContext()),
    );
    const resource = buildResource(mapped);
    assert.deepEqual(readResource(resource, mapping.type, { accepts: strictDialect, purpose: 'create' }), resource);
    const groups = compileMapping(template.groups);
    const group = buildResource(mappedOf(mapObject(groups, groupSource(finance(), false), testContext())));
    assert.deepEqual(readResource(group, groups.type, { accepts: strictDialect, purpose: 'create' }), group);
  });
}

test('attributes without a value are left out, and so is the extension nobody is in', () => {
  const resource = resourceOf(templates.generic.users, { userPrincipalName: 'a@b', IsSoftDeleted: 'False', mail: '' });
  assert.deepEqual(resource, {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'a@b',
    active: true,
  });
});

const typed: readonly (readonly [string, Json, Json | undefined])[] = [
  ['active', 'False', false],
  ['active', true, true],
  ['active', ' true ', true],
  ['title', 7, '7'],
  ['title', ['only'], 'only'],
  ['title', [], undefined],
];

for (const [target, raw, expected] of typed) {
  test(`${JSON.stringify(raw)} becomes ${JSON.stringify(expected)} in ${target}`, () => {
    const row: AttributeMapping = { target, source: { kind: 'attribute', name: 'x' }, apply: 'always' };
    assert.deepEqual(resourceOf(mappingOf(row), { userPrincipalName: 'a', x: raw })[target], expected);
  });
}

test('a list where one value goes fails the object', () => {
  const row: AttributeMapping = { target: 'title', source: { kind: 'attribute', name: 'x' }, apply: 'always' };
  const result = run(mappingOf(row), { userPrincipalName: 'a', x: ['a', 'b'] });
  assert.ok(result.kind === 'failed');
  assert.equal(result.code, 'AttributeMappingFailed');
  assert.equal(result.target, 'title');
  assert.match(result.text, /one value is needed, but there are 2/);
});

test('a failing expression fails the object with expression, argument and value', () => {
  const result = run(mappingOf(expressionRow('title', 'Mid([givenName], [surname], 2)')));
  assert.ok(result.kind === 'failed');
  assert.match(result.text, /title.*start must be a whole number, not "Lind".*Mid\(\[givenName\]/);
});

test('a required attribute without value and default fails the object', () => {
  const result = run(templates.generic.users, { userPrincipalName: '' });
  assert.ok(result.kind === 'failed');
  assert.deepEqual([result.code, result.target], ['MissingValues', 'userName']);
});

test('a default is taken when the source has nothing, and marked as one', () => {
  const row = expressionRow('title', '[jobTitle]', { defaultValue: 'Guest' });
  const values = mappedOf(run(mappingOf(row))).values.filter((value) => value.row.path.text === 'title');
  assert.deepEqual(
    values.map(({ value, isDefault }) => ({ value, isDefault })),
    [{ value: 'Guest', isDefault: true }],
  );
});

test('mapping type None leaves the target to its default', () => {
  const row: AttributeMapping = { target: 'title', source: { kind: 'none' }, defaultValue: 'Guest', apply: 'always' };
  assert.equal(resourceOf(mappingOf(row))['title'], 'Guest');
});

test('a skipped attribute takes no default', () => {
  const row = expressionRow('title', 'IgnoreFlowIfNullOrEmpty([jobTitle])', { defaultValue: 'Guest' });
  assert.equal('title' in resourceOf(mappingOf(row)), false);
});

test('IgnoreObjectFlow leaves the object out', () => {
  const result = run(mappingOf(expressionRow('title', 'IIF([surname] = "Lind", IgnoreObjectFlow, "x")')));
  assert.equal(result.kind, 'ignored');
});

test('references are kept apart', () => {
  const mapped = mappedOf(run(templates.generic.users, userSource(eva({ managerId: 'boss' }), false)));
  assert.deepEqual(
    mapped.references.map(({ row, sourceIds }) => [row.path.name, sourceIds]),
    [['manager', ['boss']]],
  );
});

test('a redacted value is written and never shown', () => {
  const mapped = mappedOf(run(mappingOf(expressionRow('title', 'Redact([surname])'))));
  const value = mapped.values.at(-1);
  assert.ok(value);
  assert.deepEqual([value.value, shownValue(value)], ['Lind', '[Redact]']);
});

const both = [
  { id: '1', value: 'Uploader,Authorizer', displayName: 'Both' },
  { id: '2', value: 'Viewer', displayName: 'Sees' },
  { id: '3', value: '', displayName: 'Default Access' },
];

test('complex roles are sent one by one, values with commas as they are, Default Access not at all', () => {
  const resource = resourceOf(templates.zenvoices.users, userSource(eva({ roles: both }), false));
  assert.deepEqual(resource['roles'], [
    { value: 'Uploader,Authorizer', display: 'Both', type: 'WindowsAzureActiveDirectoryRole', primary: false },
    { value: 'Viewer', display: 'Sees', type: 'WindowsAzureActiveDirectoryRole', primary: false },
  ]);
});

test('a single role is the primary one', () => {
  const row = expressionRow('roles[primary eq "True"].value', 'SingleAppRoleAssignment([appRoleAssignments])');
  const resource = resourceOf(mappingOf(row), userSource(eva({ roles: both.slice(1, 2) }), false));
  assert.deepEqual(resource['roles'], [{ primary: true, type: 'WindowsAzureActiveDirectoryRole', value: 'Viewer' }]);
});

test('an attribute of an unknown extension goes under its URN', () => {
  const urn = 'urn:ietf:params:scim:schemas:extension:contoso:2.0:User';
  const resource = resourceOf(mappingOf(expressionRow(`${urn}:badge`, '"7"')));
  assert.deepEqual(resource[urn], { badge: '7' });
  assert.deepEqual(resource['schemas'], ['urn:ietf:params:scim:schemas:core:2.0:User', urn]);
});

test('further candidates of SelectUniqueValue travel with the value', () => {
  const row = expressionRow('nickName', 'SelectUniqueValue([givenName], [surname])', { apply: 'create-only' });
  const value = mappedOf(run(mappingOf(row))).values.at(-1);
  assert.deepEqual([value?.value, value?.otherCandidates], ['Eva', ['Lind']]);
});
