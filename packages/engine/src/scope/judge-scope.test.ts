import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScopeClause } from '@lockstep/gallery';
import { eva, finance } from '../test-people.ts';
import { type JobScope, judgeGroupScope, judgeScope, type ScopeVerdict } from './judge-scope.ts';
import { compileFilters } from './scoping-filter.ts';

const sales: ScopeClause = { attribute: 'department', operator: 'EQUALS', value: 'Sales' };
const inLund: ScopeClause = { attribute: 'city', operator: 'EQUALS', value: 'Lund' };

function job(scope: JobScope['scope'], ...filters: readonly (readonly ScopeClause[])[]): JobScope {
  return { scope, filters: compileFilters(filters.map((clauses, index) => ({ title: `F${index + 1}`, clauses }))) };
}

function reason(verdict: ScopeVerdict): string {
  return verdict.inScope ? 'in' : verdict.because;
}

test('without filters the assigned are in, and with scope all everybody is', () => {
  assert.equal(reason(judgeScope(eva(), job('assigned'))), 'in');
  assert.equal(reason(judgeScope(eva({ isAssigned: false }), job('assigned'))), 'not-assigned');
  assert.equal(reason(judgeScope(eva({ isAssigned: false }), job('all'))), 'in');
});

test('clauses of a filter must all hold, of several filters one is enough', () => {
  assert.equal(reason(judgeScope(eva(), job('all', [sales, inLund]))), 'filter');
  assert.equal(reason(judgeScope(eva(), job('all', [inLund], [sales]))), 'in');
});

test('both layers must pass', () => {
  assert.equal(reason(judgeScope(eva({ isAssigned: false }), job('assigned', [sales]))), 'not-assigned');
  assert.equal(reason(judgeScope(eva({}, { department: 'HR' }), job('assigned', [sales]))), 'filter');
});

test('a failed filter is explained with clause and value', () => {
  const verdict = judgeScope(eva({}, { department: 'HR' }), job('all', [sales], [inLund]));
  assert.ok(!verdict.inScope);
  assert.equal(verdict.code, 'NotEffectivelyEntitled');
  assert.match(verdict.text, /Filter "F1" asks for department EQUALS "Sales", but department is "HR"\./);
  assert.match(
    verdict.text,
    /Filter "F2" asks for city EQUALS "Lund", but city has no value, and a clause on a missing value is false\./,
  );
  assert.deepEqual(
    verdict.failedFilters.map(({ filter, clause, actual }) => [filter.title, clause.attribute, actual]),
    [
      ['F1', 'department', ['HR']],
      ['F2', 'city', []],
    ],
  );
});

test('leaving the scope weighs more than being disabled, the recycle bin more than both', () => {
  const scope = job('assigned');
  assert.equal(reason(judgeScope(eva({ isAccountEnabled: false }), scope)), 'disabled');
  assert.equal(reason(judgeScope(eva({ isAccountEnabled: false, isAssigned: false }), scope)), 'not-assigned');
  assert.equal(reason(judgeScope(eva({ deleted: 'soft', isAssigned: false }), scope)), 'soft-deleted');
  assert.equal(reason(judgeScope(eva({ deleted: 'hard' }), scope)), 'hard-deleted');
});

test('groups are judged by their own assignment', () => {
  assert.equal(reason(judgeGroupScope(finance(), job('assigned'))), 'in');
  assert.equal(reason(judgeGroupScope(finance({ isAssigned: false }), job('assigned'))), 'not-assigned');
  assert.equal(reason(judgeGroupScope(finance({ deleted: 'soft' }), job('all'))), 'soft-deleted');
});
