import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ScopeClause, ScopeOperator } from '@lockstep/gallery';
import type { Json } from '@lockstep/scim';
import { ConfigurationError } from '../configuration-error.ts';
import { compileFilters } from './scoping-filter.ts';

interface Row {
  readonly operator: ScopeOperator;
  readonly value?: string;
  readonly actual?: Json;
  readonly holds: boolean;
}

const rows: readonly Row[] = JSON.parse(readFileSync(new URL('./vectors/operators.json', import.meta.url), 'utf8'));

for (const { operator, value, actual, holds } of rows) {
  test(`${JSON.stringify(actual)} ${operator} ${value ?? ''} is ${holds}`, () => {
    const clause: ScopeClause = { attribute: 'a', operator, ...(value === undefined ? {} : { value }) };
    const [filter] = compileFilters([{ title: 't', clauses: [clause] }]);
    assert.equal(filter?.clauses[0]?.holds(actual === undefined ? {} : { a: actual }), holds);
  });
}

const wrongClauses: readonly (readonly [ScopeClause, RegExp])[] = [
  [{ attribute: 'a', operator: 'EQUALS' }, /needs a value/],
  [{ attribute: 'a', operator: 'IS NULL', value: 'x' }, /takes no value/],
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

test('a filter without clauses is refused', () => {
  assert.throws(() => compileFilters([{ title: 'Mine', clauses: [] }]), { code: 'invalidFilter' });
});

test('a name every object has by birth is no attribute', () => {
  const [filter] = compileFilters([{ title: 't', clauses: [{ attribute: 'constructor', operator: 'IS NULL' }] }]);
  assert.equal(filter?.clauses[0]?.holds({}), true);
});
