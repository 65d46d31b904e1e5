import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainMapping, readGraphSchema, writeGraphSchema } from '@lockstep/engine';
import { type AppId, templates } from '@lockstep/gallery';
import fc from 'fast-check';
import { buildDefinition } from './build-definition.ts';
import { declaredAppSchema } from './declared-app.ts';

const word = fc.stringMatching(/^[A-Za-z]{1,8}$/);
const clause = fc.oneof(
  fc.record({ attribute: word, operator: fc.constantFrom('EQUALS', 'INCLUDES', 'ENDS_WITH'), value: word }),
  fc.record({ attribute: word, operator: fc.constantFrom('IS NULL', 'IS NOT NULL', 'IS TRUE') }),
  fc.record({ attribute: word, operator: fc.constant('EQUALS'), value: word, orEmpty: fc.constant(true) }),
  fc.record({ attribute: word, operator: fc.constant('EQUALS'), value: word, comparison: fc.constant('any') }),
);
const condition = fc.oneof(
  clause,
  fc.record({ any: fc.array(clause, { minLength: 1, maxLength: 3 }) }),
  fc.record({ all: fc.array(clause, { minLength: 1, maxLength: 2 }) }),
);
const filters = fc.array(fc.record({ title: word, clauses: fc.array(condition, { minLength: 1, maxLength: 3 }) }), {
  maxLength: 2,
});
const source = fc.oneof(
  fc.record({ source: word }),
  fc.record({ constant: fc.string() }),
  fc.record({ expression: fc.constantFrom('Join(" ", [a], [b])', 'Mid([x],1,8)', '[mail]', '"text"', '5') }),
  fc.record({ none: fc.constant(true), default: fc.string({ minLength: 1 }) }),
);
const row = fc
  .record({
    target: fc.constantFrom('title', 'nickName', 'displayName', 'locale'),
    source,
    more: fc.record(
      {
        default: fc.string({ minLength: 1 }),
        defaultOn: fc.constantFrom('create', 'create-and-update'),
        apply: fc.constantFrom('always', 'create-only', 'attribute-add-only'),
        flowBehavior: fc.constantFrom('when-changed', 'always'),
        enabled: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ target, source: from, more }) => ({ target, ...more, ...from }));
const attribute = fc.record(
  {
    name: fc.constantFrom('nickName', 'locale', 'timezone'),
    type: fc.constantFrom('String', 'Integer'),
    multiValued: fc.boolean(),
    caseExact: fc.boolean(),
    filterable: fc.boolean(),
    mutability: fc.constantFrom('ReadWrite', 'Immutable'),
    metadata: fc.array(fc.record({ key: word, value: fc.option(fc.string()) }), { maxLength: 2 }),
  },
  { requiredKeys: ['name', 'type'] },
);
const declaration = fc.record({
  name: fc.constant('App'),
  template: fc.constantFrom<AppId>('generic', 'zenya', 'zenvoices'),
  tenantUrl: fc.constant('https://app.example/scim'),
  filters,
  inputFilters: filters,
  users: fc.record({
    actions: fc.subarray(['create', 'update', 'delete']),
    mappings: fc.uniqueArray(row, { selector: ({ target }) => target, maxLength: 3 }),
    attributes: fc.uniqueArray(attribute, { selector: ({ name }) => name, maxLength: 2 }),
  }),
  groups: fc.record({ enabled: fc.boolean() }),
});

test('what lockstep.yaml declares comes back from the exported schema', () => {
  fc.assert(
    fc.property(declaration, (declared) => {
      const definition = buildDefinition('id', declaredAppSchema.parse(declared));
      const exported: unknown = JSON.parse(JSON.stringify(writeGraphSchema(definition)));
      const { users, groups } = readGraphSchema(exported, templates[declared.template]);
      assert.deepEqual(users && plainMapping(users), plainMapping(definition.users));
      assert.deepEqual(groups && plainMapping(groups), plainMapping(definition.groups));
      const again = readGraphSchema(exported, definition).users;
      assert.deepEqual(again?.mappings, definition.users.mappings);
      assert.deepEqual(again?.targetAttributes, definition.users.targetAttributes);
    }),
    { numRuns: 150 },
  );
});
