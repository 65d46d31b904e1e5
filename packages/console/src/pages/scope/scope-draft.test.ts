import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addClause, addFilter, isWhole, replaceAt, withOperator } from './scope-draft.ts';

test('a new filter has a title no other has, and is whole once its value is typed', () => {
  const one = addFilter([], 'Filter');
  const two = addFilter([{ title: 'Filter 2', clauses: [] }], 'Filter');
  assert.deepEqual([one[0]?.title, two[1]?.title], ['Filter 1', 'Filter 3']);
  assert.equal(isWhole(one), false);
  const [filter] = one;
  assert.ok(filter !== undefined);
  const typed = { ...filter, clauses: [{ attribute: 'department', operator: 'EQUALS' as const, value: 'Sales' }] };
  assert.equal(isWhole([typed]), true);
  assert.equal(isWhole([addClause(typed)]), false);
});

test('an operator without a value drops the value, and "or is empty" where it says nothing', () => {
  const clause = { attribute: 'country', operator: 'EQUALS' as const, value: 'NL', orEmpty: true };
  assert.deepEqual(withOperator(clause, 'IS NULL'), { attribute: 'country', operator: 'IS NULL' });
  assert.deepEqual(withOperator(clause, 'INCLUDES'), { ...clause, operator: 'INCLUDES' });
});

test('groups of conditions are left as they are', () => {
  const nested = { title: 'N', clauses: [{ any: [{ attribute: 'country', operator: 'IS NULL' as const }] }] };
  assert.equal(isWhole([nested]), true);
});

test('an element is replaced or taken out', () => {
  assert.deepEqual(replaceAt(['a', 'b', 'c'], 1, 'x'), ['a', 'x', 'c']);
  assert.deepEqual(replaceAt(['a', 'b', 'c'], 1, undefined), ['a', 'c']);
});
