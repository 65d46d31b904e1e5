import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type AttributeMapping, type ObjectMapping, templates } from '@lockstep/gallery';
import { isJsonObject, type Json, type JsonObject } from '@lockstep/scim';
import fc from 'fast-check';
import { compileMapping } from '../mapping/compile-mapping.ts';
import { type GraphSchema, GraphSchemaError } from './graph-schema.ts';
import { plainMapping } from './plain-mapping.ts';
import { type GraphReading, readGraphSchema } from './read-graph-schema.ts';
import { cloudSyncSchema, customAppSchema, type DefaultRow, type DefaultRows, largeSchema } from './test-schemas.ts';
import { writeGraphSchema } from './write-graph-schema.ts';

const { generic } = templates;
const defaultRows: DefaultRows = JSON.parse(
  readFileSync(new URL('./vectors/default-mappings.json', import.meta.url), 'utf8'),
);
const schemas = { custom: customAppSchema(defaultRows), large: largeSchema(), cloudSync: cloudSyncSchema() };

function usersOf({ users }: GraphReading): ObjectMapping {
  assert.ok(users);
  return users;
}

for (const [name, schema] of Object.entries(schemas)) {
  for (const base of [{}, generic]) {
    test(`the ${name} schema comes back as it came${base === generic ? ', read over a template' : ''}`, () => {
      const reading = readGraphSchema(JSON.parse(JSON.stringify(schema)), base);
      assert.deepEqual(writeGraphSchema(reading, reading.document), schema);
    });
  }
}

test('the large schema is as large as a real one', () => {
  assert.ok(JSON.stringify(schemas.large).length > 130_000);
});

function shown(rows: readonly AttributeMapping[]): readonly DefaultRow[] {
  return rows.map(({ source, target, matchingPrecedence = 0 }) => {
    const from = source.kind === 'attribute' ? source.name : source.kind === 'expression' ? `=${source.text}` : '';
    return [from, target, matchingPrecedence];
  });
}

test('the generic template starts with the default mappings of an own app, all of them always', () => {
  assert.deepEqual(shown(generic.users.mappings), defaultRows.users);
  assert.deepEqual(shown(generic.groups.mappings), defaultRows.groups);
  const rows = [...generic.users.mappings, ...generic.groups.mappings];
  assert.ok(rows.every(({ apply, flowBehavior }) => apply === 'always' && flowBehavior === undefined));
});

test('the export of an own app runs as it is', () => {
  const reading = readGraphSchema(schemas.custom, generic);
  assert.deepEqual(reading.findings, []);
  const { users, groups } = reading;
  assert.ok(users && groups);
  assert.deepEqual(shown(users.mappings), defaultRows.users);
  assert.equal(compileMapping(users).matching[0]?.mapping.target, 'userName');
  assert.equal(compileMapping(groups).matching[0]?.mapping.target, 'displayName');
});

test('an edit changes its own place only', () => {
  const reading = readGraphSchema(schemas.large);
  const users = usersOf(reading);
  const mappings = users.mappings.map((row): AttributeMapping => {
    return row.target === 'Field4' ? { ...row, source: { kind: 'attribute', name: 'city' } } : row;
  });
  const written = writeGraphSchema({ users: { ...users, mappings } }, reading.document);
  const expected: JsonObject = JSON.parse(JSON.stringify(schemas.large));
  const place = at(expected, 'synchronizationRules', 0, 'objectMappings', 1, 'attributeMappings', 3);
  assert.ok(isJsonObject(place));
  const source = { expression: '[city]', name: 'city', parameters: [], type: 'Attribute' };
  Object.assign(place, { source });
  assert.deepEqual(written, expected);
});

test('every part can be edited, and reads back as it was edited', () => {
  const reading = readGraphSchema(schemas.custom, generic);
  const users = usersOf(reading);
  const edited: ObjectMapping = {
    ...users,
    actions: { create: true, update: true, delete: false },
    mappings: [
      ...users.mappings.slice(0, 5),
      {
        target: 'roles',
        source: { kind: 'expression', text: 'AssertiveAppRoleAssignmentsComplex([appRoleAssignments])' },
        apply: 'always',
        clearWhenNull: true,
        defaultOn: 'create-and-update',
      },
    ],
    filters: [
      { title: 'two', clauses: [{ any: [{ attribute: 'city', operator: 'EQUALS', value: 'Ede', orEmpty: true }] }] },
    ],
    inputFilters: [{ title: 'seen', clauses: [{ attribute: 'mail', operator: 'IS NOT NULL' }] }],
    targetAttributes: [
      ...users.targetAttributes,
      { name: 'roles', type: 'String', multiValued: true, filterable: true },
    ],
  };
  const written = writeGraphSchema({ users: edited }, reading.document);
  const again = readGraphSchema(JSON.parse(JSON.stringify(written)), generic);
  assert.deepEqual(plainMapping(usersOf(again)), plainMapping(edited));
  assert.equal(at(written, 'synchronizationRules', 0, 'objectMappings', 0, 'flowTypes'), 'Add, Update');
  assert.deepEqual(
    at(written, 'synchronizationRules', 0, 'objectMappings', 1),
    at(schemas.custom, 'synchronizationRules', 0, 'objectMappings', 1),
  );
  const plain = writeGraphSchema({ users: edited }, reading.document, { hasExtras: false });
  assert.doesNotMatch(JSON.stringify(plain), /Lockstep/);
  const groups = at(plain, 'synchronizationRules', 0, 'objectMappings', 0, 'scope', 'groups');
  assert.deepEqual(groups, [
    {
      name: 'two',
      clauses: [{ sourceOperandName: 'city', operatorName: 'EQUALS', targetOperand: { values: ['Ede'] } }],
    },
    { name: 'two', clauses: [{ sourceOperandName: 'city', operatorName: 'IS NULL', targetOperand: { values: [] } }] },
  ]);
});

test('filters that were changed beside the kept form win over it', () => {
  const nested = { title: 't', clauses: [{ any: [{ attribute: 'a', operator: 'IS NULL' as const }] }] };
  const written = writeGraphSchema({ users: { ...generic.users, filters: [nested] }, groups: generic.groups });
  const text = JSON.stringify(written);
  assert.deepEqual(readGraphSchema(JSON.parse(text)).users?.filters, [nested]);
  const changed = JSON.parse(text.replace('"operatorName":"IS NULL"', '"operatorName":"IS NOT NULL"'));
  assert.deepEqual(readGraphSchema(changed).users?.filters, [
    { title: 't', clauses: [{ attribute: 'a', operator: 'IS NOT NULL' }] },
  ]);
});

for (const template of Object.values(templates)) {
  test(`a job of ${template.title} that was never imported is exported whole`, () => {
    const written: unknown = JSON.parse(JSON.stringify(writeGraphSchema(template)));
    const { users, groups, findings } = readGraphSchema(written);
    assert.deepEqual(findings, []);
    assert.deepEqual(users && plainMapping(users), plainMapping(template.users));
    assert.deepEqual(groups && plainMapping(groups), plainMapping(template.groups));
    assert.deepEqual(usersOf(readGraphSchema(written, template)), template.users);
  });
}

test('what does not run is told with what to do', () => {
  const { users, findings } = readGraphSchema(schemas.cloudSync);
  assert.equal(users, undefined);
  assert.deepEqual(
    findings.map(({ pointer }) => pointer),
    ['/synchronizationRules/0'],
  );
  const large = readGraphSchema(schemas.large).findings;
  assert.ok(large.some(({ message }) => message.includes('PROFILE_INBOUND_APPROLE')));
  assert.ok(large.some(({ message }) => message.startsWith('Field1 is a matching attribute')));
  const words = JSON.stringify(schemas.custom)
    .replace('Join(\\" \\"', 'Glue(\\" \\"')
    .replace('"editable":true', '"editable":true,"groupFilter":{"includedGroups":["g"]}');
  const changed = readGraphSchema(JSON.parse(words), generic);
  assert.deepEqual(
    changed.findings.map(({ pointer }) => pointer),
    ['/synchronizationRules/0/objectMappings/0/attributeMappings/8', '/synchronizationRules/0/groupFilter'],
  );
  assert.match(changed.findings[0]?.message ?? '', /Glue.*kept and switched off/);
  compileMapping(usersOf(changed));
  assert.deepEqual(writeGraphSchema(changed, changed.document), JSON.parse(words));
});

test('a row that is switched off in Entra’s way, by a mapping of users that is off, provisions nobody', () => {
  const off = JSON.parse(JSON.stringify(schemas.custom).replace('"enabled":true', '"enabled":false'));
  const reading = readGraphSchema(off, generic);
  assert.deepEqual(reading.users?.actions, { create: false, update: false, delete: false });
  assert.deepEqual(writeGraphSchema(reading, reading.document), off);
});

test('a source without text is printed from its tree, and a number is a quoted constant', () => {
  const tree = {
    type: 'Function',
    name: 'Mid',
    parameters: [
      { key: 'source', value: { type: 'Attribute', name: 'displayName' } },
      { key: 'start', value: { type: 'Constant', name: '1' } },
      { key: 'length', value: { type: 'Constant', name: '8' } },
    ],
  };
  const schema = JSON.parse(JSON.stringify(schemas.custom));
  schema.synchronizationRules[0].objectMappings[0].attributeMappings[2].source = tree;
  const row = usersOf(readGraphSchema(schema)).mappings[2];
  assert.deepEqual(row?.source, { kind: 'expression', text: 'Mid([displayName], "1", "8")' });
  const { users, groups } = generic;
  const written = writeGraphSchema({
    users: {
      ...users,
      mappings: [{ target: 'title', source: { kind: 'expression', text: 'Mid([x],1,8)' }, apply: 'always' }],
    },
    groups,
  });
  const source = at(written, 'synchronizationRules', 0, 'objectMappings', 0, 'attributeMappings', 0, 'source');
  assert.equal(at(source, 'expression'), 'Mid([x],1,8)');
  assert.equal(at(source, 'parameters', 1, 'value', 'expression'), '"1"');
});

test('a tree without text has its arguments where their keys say', () => {
  const constant = (name: string): Json => ({ type: 'Constant', name });
  const attribute = { type: 'Attribute', name: 'mail' };
  const trees: readonly (readonly [string, readonly (readonly [string, Json])[], string])[] = [
    [
      'Replace',
      [
        ['source', attribute],
        ['Find', constant('-')],
        ['Replacement', constant('_')],
      ],
      'Replace([mail], "-", , , "_")',
    ],
    [
      'Replace',
      [
        ['source', attribute],
        ['oldValue', constant('-')],
        ['template', constant('x')],
      ],
      'Replace([mail], "-", , , , , "x")',
    ],
    [
      'Switch',
      [
        ['source', attribute],
        ['switchValue', constant('a')],
        ['switchValue', constant('b')],
      ],
      'Switch([mail], , "a", "b")',
    ],
    [
      'IIF',
      [
        ['one', constant('True')],
        ['two', constant('a')],
        ['three', constant('b')],
      ],
      'IIF("True", "a", "b")',
    ],
  ];
  for (const [name, given, text] of trees) {
    const schema = JSON.parse(JSON.stringify(schemas.custom));
    const parameters = given.map(([key, value]) => ({ key, value }));
    schema.synchronizationRules[0].objectMappings[0].attributeMappings[2].source = {
      type: 'Function',
      name,
      parameters,
    };
    assert.deepEqual(usersOf(readGraphSchema(schema)).mappings[2]?.source, { kind: 'expression', text });
  }
});

test('each wrong place is told once, by its pointer', () => {
  const schema = JSON.parse(JSON.stringify(schemas.custom));
  schema.version = 7;
  schema.synchronizationRules[0].objectMappings[0].flowTypes = 'Add,Jump';
  schema.synchronizationRules[0].objectMappings[0].attributeMappings[1].flowType = 'Sometimes';
  schema.synchronizationRules[0].objectMappings[0].attributeMappings[2].targetAttributeName = '';
  schema.synchronizationRules[0].objectMappings[0].attributeMappings[3].source = {};
  schema.directories[1].objects[0].attributes[0].type = 'Text';
  schema.directories[1].objects[0].attributes[1].required = 'yes';
  assert.deepEqual(pointersOf(schema), [
    '/version',
    '/synchronizationRules/0/objectMappings/0/flowTypes',
    '/synchronizationRules/0/objectMappings/0/attributeMappings/1/flowType',
    '/synchronizationRules/0/objectMappings/0/attributeMappings/2/targetAttributeName',
    '/synchronizationRules/0/objectMappings/0/attributeMappings/3/source',
    '/directories/1/objects/0/attributes/0/type',
    '/directories/1/objects/0/attributes/1/required',
  ]);
  const clause = { sourceOperandName: 'a', operatorName: 'SOUNDS LIKE', targetOperand: { values: ['b'] } };
  const strange = JSON.parse(JSON.stringify(schemas.custom));
  strange.synchronizationRules[0].objectMappings[0].scope = { groups: [{ name: 'x', clauses: [clause] }] };
  assert.deepEqual(pointersOf(strange), [
    '/synchronizationRules/0/objectMappings/0/scope/groups/0/clauses/0/operatorName',
  ]);
  for (const wrong of [null, [], 'x', {}, { synchronizationRules: {} }, { synchronizationRules: [1] }]) {
    assert.equal(pointersOf(wrong).length, 1);
  }
});

function pointersOf(json: unknown): readonly string[] {
  try {
    readGraphSchema(json, generic);
  } catch (error) {
    if (error instanceof GraphSchemaError) return error.issues.map(({ pointer }) => pointer);
    throw error;
  }
  return [];
}

const anyJson = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);
const unknownKeys = fc.dictionary(fc.stringMatching(/^x[a-z]{1,5}$/), anyJson, { maxKeys: 2 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary);
const pairs = fc.array(fc.record({ key: fc.constantFrom('IsCustomerDefined', 'Own'), value: maybe(fc.string()) }), {
  maxLength: 2,
});
const source = fc.oneof(
  fc.constant(null),
  fc.record({ type: fc.constant('Attribute'), name: fc.constantFrom('mail', 'city'), more: unknownKeys }),
  fc.record({ type: fc.constant('Constant'), name: fc.string(), expression: fc.string() }),
  fc.record({ type: fc.constant('Function'), expression: fc.constantFrom('ToUpper([mail])', 'Nope(', '[mail]', '5') }),
);
const row = fc
  .record({
    targetAttributeName: fc.constantFrom(
      'userName',
      'title',
      'nickName',
      'title ',
      'emails[type eq "work"].value',
      '][',
      'id',
    ),
    source,
    defaultValue: maybe(fc.string()),
    flowType: maybe(fc.constantFrom('Always', 'always', 'ObjectAddOnly', 'ValueAddOnly')),
    matchingPriority: maybe(fc.integer({ min: 0, max: 3 })),
    more: unknownKeys,
  })
  .map(({ more, ...rest }) => ({ ...more, ...rest }));
const filterGroup = fc.record({
  name: maybe(fc.string()),
  clauses: fc.array(
    fc.record({
      sourceOperandName: fc.constantFrom('city', 'mail'),
      operatorName: fc.constantFrom('EQUALS', 'Is Null', 'Greater_Than'),
      targetOperand: maybe(fc.record({ values: fc.array(fc.string(), { maxLength: 2 }) })),
    }),
    { maxLength: 2 },
  ),
});
const mapping = fc.record({
  enabled: maybe(fc.boolean()),
  flowTypes: maybe(fc.constantFrom('Add', 'Add, Update', 'None', 'add,delete', '')),
  sourceObjectName: maybe(fc.constantFrom('User', 'Group', 'user', '')),
  targetObjectName: maybe(fc.constantFrom('A', 'B')),
  scope: maybe(fc.record({ groups: maybe(fc.array(filterGroup, { maxLength: 2 })), odd: anyJson })),
  attributeMappings: maybe(fc.array(row, { maxLength: 5 })),
  metadata: maybe(pairs),
});
const attribute = fc
  .record({
    name: fc.constantFrom('userName', 'title', 'nickName', 'id'),
    type: maybe(fc.constantFrom('String', 'integer', 'Reference')),
    required: maybe(fc.boolean()),
    caseExact: maybe(fc.boolean()),
    defaultValue: maybe(fc.string()),
    metadata: maybe(pairs),
    more: unknownKeys,
  })
  .map(({ more, ...rest }) => ({ ...more, ...rest }));
const names = fc.constantFrom('Azure Active Directory', 'app', 'other');
const schemaText = fc
  .record({
    version: maybe(fc.string()),
    synchronizationRules: fc.array(
      fc.record({
        name: maybe(fc.string()),
        priority: maybe(fc.integer({ min: 0, max: 3 })),
        sourceDirectoryName: names,
        targetDirectoryName: names,
        objectMappings: maybe(fc.array(mapping, { maxLength: 3 })),
      }),
      { maxLength: 3 },
    ),
    directories: maybe(
      fc.array(
        fc.record({
          name: names,
          objects: maybe(
            fc.array(
              fc.record({ name: fc.constantFrom('A', 'B'), attributes: maybe(fc.array(attribute, { maxLength: 3 })) }),
              { maxLength: 2 },
            ),
          ),
        }),
        { maxLength: 3 },
      ),
    ),
    more: unknownKeys,
  })
  .map(({ more, ...rest }) => JSON.stringify({ ...more, ...rest }));

test('whatever schema is read comes back as it came', () => {
  fc.assert(
    fc.property(schemaText, fc.boolean(), (text, hasBase) => {
      const reading = readGraphSchema(JSON.parse(text), hasBase ? generic : {});
      const written: GraphSchema = writeGraphSchema(reading, reading.document);
      assert.deepEqual(written, JSON.parse(text));
    }),
    { numRuns: 500 },
  );
});

function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  let place: Json | undefined = value;
  for (const key of path) {
    if (Array.isArray(place)) place = place[Number(key)];
    else place = isJsonObject(place) ? place[key] : undefined;
  }
  return place;
}
