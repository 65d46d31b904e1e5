import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ScopeClause, ScopeCondition, ScopeOperator } from '@lockstep/gallery';
import type { Json, JsonObject } from '@lockstep/scim';
import { ConfigurationError } from '../configuration-error.ts';
import { CONDITION_DEPTH_MAX, compileFilters, groupsNamedBy } from './scoping-filter.ts';

interface Row {
  readonly operator: ScopeOperator;
  readonly value?: string;
  readonly actual?: Json;
  readonly comparison?: 'all' | 'any';
  readonly orEmpty?: boolean;
  readonly holds: boolean;
}

function readRows(name: string): readonly Row[] {
  return JSON.parse(readFileSync(new URL(`./vectors/${name}.json`, import.meta.url), 'utf8'));
}

for (const { actual, holds, ...asked } of [...readRows('operators'), ...readRows('null-and-many')]) {
  const { operator, value = '', comparison = '', orEmpty = false } = asked;
  const toggles = `${comparison}${orEmpty ? ' or empty' : ''}`;
  test(`SCOPE-7, SCOPE-8: ${JSON.stringify(actual)} ${operator} ${value} ${toggles} is ${holds}`, () => {
    const clause: ScopeClause = { attribute: 'a', ...asked };
    const [filter] = compileFilters([{ title: 't', clauses: [clause] }]);
    assert.equal(filter?.clauses[0]?.holds(actual === undefined ? {} : { a: actual }), holds);
  });
}

const wrongClauses: readonly (readonly [ScopeClause, RegExp])[] = [
  [{ attribute: 'a', operator: 'EQUALS' }, /needs a value/],
  [{ attribute: 'a', operator: 'IS NULL', value: 'x' }, /takes no value/],
  [{ attribute: 'a', operator: 'IS NULL', orEmpty: true }, /does not go with/],
  [{ attribute: 'memberOf', operator: 'EQUALS', value: 'x' }, /goes with IS MEMBER OF/],
  [{ attribute: 'department', operator: 'IS MEMBER OF', value: 'x' }, /goes with IS MEMBER OF/],
  [{ attribute: ' ', operator: 'IS NULL' }, /needs an attribute/],
  [{ attribute: 'appRoleAssignments', operator: 'IS NULL' }, /cannot be used/],
  [{ attribute: 'a', operator: 'GREATER_THAN', value: '-1' }, /whole numbers/],
  [{ attribute: 'a', operator: 'REGEX MATCH', value: '(' }, /cannot be read/],
  [{ attribute: 'a', operator: 'NOT REGEX MATCH', value: 'a(?=b)' }, /look-ahead/],
];

for (const [clause, message] of wrongClauses) {
  test(`a clause is refused: ${clause.attribute} ${clause.operator} ${clause.value ?? ''}`, () => {
    assert.throws(
      () => compileFilters([{ title: 'Mine', clauses: [clause] }]),
      (error) => {
        assert.ok(error instanceof ConfigurationError);
        assert.deepEqual([error.code, error.subject], ['invalidFilter', 'Mine']);
        assert.match(error.message, message);
        return true;
      },
    );
  });
}

test('groups of conditions nest, and a failed one names its clauses', () => {
  const is = (attribute: string, value: string): ScopeClause => ({ attribute, operator: 'EQUALS', value });
  const nested = { any: [is('a', '1'), { all: [is('b', '2'), { any: [is('c', '3'), is('c', '4')] }] }] };
  const [filter] = compileFilters([{ title: 't', clauses: [is('d', '5'), nested] }]);
  assert.ok(filter);
  const passes = (source: JsonObject): boolean => filter.conditions.every(({ holds }) => holds(source));
  for (const [source, expected] of [
    [{ d: '5', a: '1' }, true],
    [{ d: '5', b: '2', c: '3' }, true],
    [{ d: '5', b: '2', c: '4' }, true],
    [{ d: '5', b: '2', c: '5' }, false],
    [{ d: '5', b: '3', c: '3' }, false],
    [{ d: '4', a: '1' }, false],
    [{}, false],
  ] as const) {
    assert.equal(passes(source), expected, JSON.stringify(source));
  }
  assert.deepEqual(filter.conditions[1]?.failed({ b: '2' }), [is('a', '1'), is('c', '3'), is('c', '4')]);
  assert.deepEqual(filter.clauses.length, 5);
});

test('the depth and the number of conditions are bounded', () => {
  const nest = (depth: number): ScopeCondition =>
    depth === 0 ? { attribute: 'a', operator: 'IS NULL' } : { any: [nest(depth - 1)] };
  assert.equal(compileFilters([{ title: 't', clauses: [nest(CONDITION_DEPTH_MAX)] }]).length, 1);
  const many = Array.from({ length: 501 }, () => nest(0));
  for (const clauses of [[nest(CONDITION_DEPTH_MAX + 1)], many, [{ all: many }], [{ any: [] }], [{ all: [] }]]) {
    assert.throws(() => compileFilters([{ title: 't', clauses }]), { code: 'invalidFilter' });
  }
});

test('IS MEMBER OF asks about direct groups, whose ids have no case', () => {
  const ask = (operator: ScopeOperator, memberOf: readonly string[] | undefined): boolean | undefined => {
    const [filter] = compileFilters([{ title: 't', clauses: [{ attribute: 'memberOf', operator, value: 'ABC-1' }] }]);
    return filter?.conditions[0]?.holds(memberOf === undefined ? {} : { memberOf: [...memberOf] });
  };
  assert.deepEqual(
    [['abc-1', 'x'], ['x'], [], undefined].map((groups) => [
      ask('IS MEMBER OF', groups),
      ask('IS NOT MEMBER OF', groups),
    ]),
    [
      [true, false],
      [false, true],
      [false, true],
      [false, true],
    ],
  );
});

test('the groups that filters name are told once each, nested ones too', () => {
  const of = (value: string): ScopeClause => ({ attribute: 'memberOf', operator: 'IS MEMBER OF', value });
  const filters = [{ title: 't', clauses: [of('a'), { any: [of('b'), { all: [of('a')] }] }] }];
  assert.deepEqual(groupsNamedBy(filters), ['a', 'b']);
});

test('SCOPE-9: what filters cannot use is refused with the reason', () => {
  for (const [attribute, reason] of [
    ['appRoleAssignments', /assignments of the app/],
    ['userType', /guests and members/],
    ['manager', /names other objects/],
    ['members', /names other objects/],
    ['employeeHireDate', /is a date/],
    ['CREATEDDATETIME', /is a date/],
  ] as const) {
    const clauses = [{ attribute, operator: 'IS NOT NULL' }] as const;
    assert.throws(() => compileFilters([{ title: 't', clauses }]), { code: 'invalidFilter', message: reason });
  }
});

test('a hostile pattern takes linear time', () => {
  const [filter] = compileFilters([
    { title: 't', clauses: [{ attribute: 'a', operator: 'REGEX MATCH', value: '(a+)+$' }] },
  ]);
  const startedMs = performance.now();
  assert.equal(filter?.conditions[0]?.holds({ a: `${'a'.repeat(5_000)}!` }), false);
  assert.ok(performance.now() - startedMs < 1_000);
});

test('a filter without clauses is refused', () => {
  assert.throws(() => compileFilters([{ title: 'Mine', clauses: [] }]), { code: 'invalidFilter' });
});

test('a name every object has by birth is no attribute', () => {
  const [filter] = compileFilters([{ title: 't', clauses: [{ attribute: 'constructor', operator: 'IS NULL' }] }]);
  assert.equal(filter?.clauses[0]?.holds({}), true);
});
