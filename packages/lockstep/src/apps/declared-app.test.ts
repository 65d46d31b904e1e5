import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileJob } from '@lockstep/engine';
import { buildDefinition } from './build-definition.ts';
import { declaredAppSchema } from './declared-app.ts';

const bare = { name: 'App', template: 'generic', tenantUrl: 'https://app.example/scim' };

function definitionOf(more: object): ReturnType<typeof buildDefinition> {
  return buildDefinition('id', declaredAppSchema.parse({ ...bare, ...more }));
}

function faultOf(more: object): string {
  const { success, error } = declaredAppSchema.safeParse({ ...bare, ...more });
  return success ? '' : error.message;
}

test('a row takes over from the template what it does not name', () => {
  const { users } = definitionOf({
    users: {
      mappings: [
        { target: 'title', clearWhenNull: true, flowBehavior: 'always' },
        { target: 'displayName', enabled: false },
      ],
    },
  });
  const rowOf = (target: string): unknown => users.mappings.find((row) => row.target === target);
  const jobTitle = { kind: 'attribute', name: 'jobTitle' };
  assert.deepEqual(rowOf('title'), {
    target: 'title',
    source: jobTitle,
    apply: 'always',
    flowBehavior: 'always',
    clearWhenNull: true,
  });
  const name = { kind: 'attribute', name: 'displayName' };
  assert.deepEqual(rowOf('displayName'), { target: 'displayName', source: name, apply: 'always', enabled: false });
});

test('a row that the template does not have needs a source, and none has only one', () => {
  assert.throws(
    () => definitionOf({ users: { mappings: [{ target: 'nickName', apply: 'always' }] } }),
    /needs one of source/,
  );
  assert.match(faultOf({ users: { mappings: [{ target: 'title', source: 'a', constant: 'b' }] } }), /only one of/);
  const { users } = definitionOf({ users: { mappings: [{ target: 'nickName', none: true, default: 'x' }] } });
  const row = { target: 'nickName', source: { kind: 'none' }, defaultValue: 'x', apply: 'always' };
  assert.deepEqual(users.mappings.at(-1), row);
});

test('everything a job can say about flow, attributes, filters and wire is declared and runs', () => {
  const clause = { attribute: 'department', operator: 'NOT EQUALS', value: 'HR', comparison: 'any', orEmpty: true };
  const member = { attribute: 'memberOf', operator: 'IS MEMBER OF', value: 'g-1' };
  const filter = { title: 't', clauses: [clause, { any: [member, { all: [clause] }] }] };
  const attribute = {
    name: 'nickName',
    type: 'String',
    required: true,
    mutability: 'Immutable',
    defaultValue: 'x',
    flowNullValues: true,
    metadata: [{ key: 'IsCustomerDefined', value: 'true' }],
  };
  const definition = definitionOf({
    filters: [filter],
    inputFilters: [filter],
    users: {
      mappings: [
        {
          target: 'title',
          source: 'jobTitle',
          apply: 'attribute-add-only',
          default: 'y',
          defaultOn: 'create-and-update',
        },
      ],
      attributes: [attribute],
    },
    groups: { inputFilters: [{ title: 'g', clauses: [{ attribute: 'displayName', operator: 'IS NOT NULL' }] }] },
    dialect: 'entra-legacy',
    updateMethod: 'put',
    memberBatchSize: 5,
    features: { patch: false, bulkMaxOperations: 10 },
    expressionMode: 'extended',
  });
  assert.deepEqual(definition.users.filters, [filter]);
  assert.deepEqual(definition.users.inputFilters, [filter]);
  assert.deepEqual(
    definition.users.targetAttributes.find(({ name }) => name === 'nickName'),
    attribute,
  );
  const { updateMethod, memberBatchSize, features, expressionMode } = definition;
  assert.deepEqual(
    { updateMethod, memberBatchSize, features, expressionMode },
    {
      updateMethod: 'put',
      memberBatchSize: 5,
      features: { patch: false, bulkMaxOperations: 10 },
      expressionMode: 'extended',
    },
  );
  assert.deepEqual(compileJob(definition).objects.user.filterGroupIds, ['g-1']);
});

test('an app that cannot disable is declared, and an empty default is none', () => {
  const title = { target: 'title', default: '' };
  const definition = definitionOf({ hasNoSoftDelete: true, users: { mappings: [title] } });
  assert.equal(definition.hasNoSoftDelete, true);
  assert.equal(definition.users.mappings.find(({ target }) => target === 'title')?.defaultValue, undefined);
});

test('a second row of one name is a fault, and an attribute is text when nothing is said', () => {
  const title = { target: 'title', source: 'mail' };
  assert.match(faultOf({ users: { mappings: [title, { ...title, target: 'TITLE' }] } }), /a second row of TITLE/);
  assert.match(faultOf({ groups: { attributes: [{ name: 'a' }, { name: 'a' }] } }), /a second row of a/);
  const { users } = definitionOf({ users: { attributes: [{ name: 'nickName' }] } });
  assert.deepEqual(users.targetAttributes.at(-1), { name: 'nickName', type: 'String' });
});

test('unknown words and too deep nesting are faults', () => {
  const clause = { attribute: 'a', operator: 'IS NULL' };
  const nest = (depth: number): object => (depth === 0 ? clause : { any: [nest(depth - 1)] });
  const filtersOf = (...clauses: readonly object[]): object => ({ filters: [{ title: 't', clauses }] });
  assert.equal(faultOf(filtersOf(nest(8))), '');
  for (const more of [
    filtersOf(nest(9)),
    filtersOf({ any: [] }),
    filtersOf({ ...clause, comparison: 'some' }),
    { updateMethod: 'post' },
    { memberBatchSize: 0 },
    { features: { patches: true } },
    { users: { mappings: [{ target: 'title', apply: 'sometimes' }] } },
    { users: { attributes: [{ name: 'x', type: 'String', mutability: 'readOnly' }] } },
  ]) {
    assert.notEqual(faultOf(more), '', JSON.stringify(more));
  }
});
