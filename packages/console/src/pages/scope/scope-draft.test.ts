import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScopeCondition, ScopeFilter, ScopeShape } from 'lockstep/admin-api/answers';
import {
  addFilter,
  changesOf,
  conditionText,
  groupOf,
  isWhole,
  kindOf,
  partsOf,
  rebase,
  replaceAt,
  withOperator,
} from './scope-draft.ts';

const clause = (attribute: string, value = 'x') => ({ attribute, operator: 'EQUALS', value }) as const;

test('a new filter has a title no other has, and is whole once its value is typed', () => {
  const one = addFilter([], 'Filter');
  const two = addFilter([{ title: 'Filter 2', clauses: [] }], 'Filter');
  assert.deepEqual([one[0]?.title, two[1]?.title], ['Filter 1', 'Filter 3']);
  assert.equal(isWhole(one), false);
  const [filter] = one;
  assert.ok(filter !== undefined);
  assert.equal(isWhole([{ ...filter, clauses: [clause('department', 'Sales')] }]), true);
});

test('an operator without a value drops the value, and "or is empty" where it says nothing', () => {
  const typed = { attribute: 'country', operator: 'EQUALS' as const, value: 'NL', orEmpty: true };
  assert.deepEqual(withOperator(typed, 'IS NULL'), { attribute: 'country', operator: 'IS NULL' });
  assert.deepEqual(withOperator(typed, 'INCLUDES'), { ...typed, operator: 'INCLUDES' });
});

test('membership is asked of memberOf alone, and its group is no value of anything else', () => {
  const member = withOperator(clause('country', 'NL'), 'IS MEMBER OF');
  assert.deepEqual(member, { attribute: 'memberOf', operator: 'IS MEMBER OF', value: '' });
  assert.equal(withOperator({ ...member, value: 'g1' }, 'IS NOT MEMBER OF').value, 'g1');
  assert.deepEqual(withOperator({ ...member, value: 'g1' }, 'EQUALS'), clause('department', ''));
});

test('a group of conditions is whole when everything in it is, however deep', () => {
  const nested = (inner: ScopeCondition): readonly ScopeFilter[] => [
    { title: 'N', clauses: [{ any: [clause('city'), { all: [inner] }] }] },
  ];
  assert.equal(isWhole(nested(clause('country'))), true);
  assert.equal(isWhole(nested(clause('country', ''))), false);
  assert.equal(isWhole(nested({ any: [] })), false);
});

test('a group keeps its conditions when it needs one in the place of all', () => {
  const group = groupOf('all', [clause('city'), clause('country')]);
  assert.deepEqual(groupOf('any', partsOf(group)), { any: [clause('city'), clause('country')] });
  assert.equal(kindOf(group), 'all');
});

test('conditions are told in words with brackets where they are needed', () => {
  const words = { and: 'and', or: 'or', orEmpty: 'or is empty' };
  const condition: ScopeCondition = {
    any: [
      clause('city', 'Oslo'),
      {
        all: [
          { ...clause('country', 'NL'), orEmpty: true },
          { attribute: 'mail', operator: 'IS NOT NULL' },
        ],
      },
      { any: [clause('state', 'A')] },
    ],
  };
  const text = '(city EQUALS "Oslo" or (country EQUALS "NL" (or is empty) and mail IS NOT NULL) or state EQUALS "A")';
  assert.equal(conditionText(condition, words), text);
});

const known: ScopeShape = {
  scope: 'assigned',
  users: { filters: [{ title: 'A', clauses: [clause('city')] }], inputFilters: [] },
  groups: { filters: [], inputFilters: [{ title: 'I', clauses: [{ any: [clause('mail')] }] }] },
};

test('only lists that were changed are sent, and what somebody else changed beside them stays', () => {
  assert.deepEqual(changesOf(structuredClone(known), known), {});
  const mine = { ...known, users: { ...known.users, filters: [] } };
  assert.deepEqual(changesOf(mine, known), { users: { filters: [] } });
  const theirs: ScopeShape = { ...known, scope: 'all', groups: { filters: [], inputFilters: [] } };
  assert.deepEqual(rebase(mine, known, theirs), { ...theirs, users: { filters: [], inputFilters: [] } });
});

test('an element is replaced or taken out', () => {
  assert.deepEqual(replaceAt(['a', 'b', 'c'], 1, 'x'), ['a', 'x', 'c']);
  assert.deepEqual(replaceAt(['a', 'b', 'c'], 1, undefined), ['a', 'c']);
});
