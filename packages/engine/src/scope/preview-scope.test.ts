import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScopeFilter } from '@lockstep/gallery';
import { userSource } from '../mapping/source-object.ts';
import { eva } from '../test-people.ts';
import { judgeInput, judgeScope } from './judge-scope.ts';
import { previewGroupScope, previewScope } from './preview-scope.ts';
import { compileFilters } from './scoping-filter.ts';

const sales: ScopeFilter = {
  title: 'Sales',
  clauses: [
    { attribute: 'department', operator: 'EQUALS', value: 'Sales' },
    { attribute: 'city', operator: 'IS NOT NULL' },
  ],
};

test('a preview counts who is in, who is out and which clause keeps them out', () => {
  const people = [
    eva({}, { city: 'Lund' }),
    eva({}, { department: 'HR', city: 'Lund' }),
    eva({}, { department: 'HR' }),
    eva(),
    eva({ isAssigned: false }, { city: 'Lund' }),
    eva({ isAccountEnabled: false }, { city: 'Lund' }),
    eva({ deleted: 'soft' }, { city: 'Lund' }),
  ];
  const preview = previewScope(people, { scope: 'assigned', filters: compileFilters([sales]) });
  assert.deepEqual(
    { ...preview, failures: preview.failures.map(({ clause, count }) => [clause.attribute, count]) },
    {
      total: 7,
      inScope: 1,
      passFilters: 4,
      outside: { 'not-assigned': 1, filter: 3, 'soft-deleted': 1, 'hard-deleted': 0, disabled: 1 },
      failures: [
        ['department', 2],
        ['city', 1],
      ],
    },
  );
});

test('filters see the objectId, whether the account is enabled, and the groups they name', () => {
  const passes = (filter: ScopeFilter, memberOf: readonly string[] = []): boolean =>
    judgeScope(eva({ memberOf }), { scope: 'all', filters: compileFilters([filter]) }).inScope;
  const one = (attribute: string, operator: 'EQUALS' | 'IS TRUE' | 'IS MEMBER OF', value?: string): ScopeFilter => {
    return { title: 't', clauses: [{ attribute, operator, ...(value === undefined ? {} : { value }) }] };
  };
  assert.equal(passes(one('objectId', 'EQUALS', eva().id)), true);
  assert.equal(passes(one('accountEnabled', 'IS TRUE')), true);
  assert.equal(passes(one('memberOf', 'IS MEMBER OF', 'g1'), ['g1']), true);
  const outside = judgeScope(eva(), { scope: 'all', filters: compileFilters([one('memberOf', 'IS MEMBER OF', 'g1')]) });
  assert.match(outside.inScope ? '' : outside.text, /not a direct member/);
});

test('SCOPE-6: who fails an input filter is not seen; who is purged is', () => {
  const filters = compileFilters([sales]);
  assert.equal(judgeInput({ objectType: 'user', user: eva({}, { city: 'Lund' }) }, filters), undefined);
  assert.equal(judgeInput({ objectType: 'user', user: eva() }, []), undefined);
  assert.match(judgeInput({ objectType: 'user', user: eva() }, filters) ?? '', /city .* not seen/);
  assert.equal(judgeInput({ objectType: 'user', user: eva({ deleted: 'hard' }) }, filters), undefined);
});

test('SCOPE-5: a guest is known by the address of the invitation, and keeps the raw name beside it', () => {
  const nameOf = (userPrincipalName: string): readonly unknown[] => {
    const source = userSource(eva({}, { userPrincipalName }), false);
    return [source['userPrincipalName'], source['originalUserPrincipalName']];
  };
  const raw = 'eva_lind_contoso.com#EXT#@tenant.onmicrosoft.com';
  assert.deepEqual(nameOf(raw), ['eva_lind@contoso.com', raw]);
  assert.deepEqual(nameOf('eva#EXT#@tenant.example'), ['eva@tenant.example', 'eva#EXT#@tenant.example']);
  assert.deepEqual(nameOf('eva@tenant.example'), ['eva@tenant.example', 'eva@tenant.example']);
});

test('groups are counted like people, and each verdict is told for samples', () => {
  const group = (id: string, displayName: string, isAssigned = true) =>
    ({ id, attributes: { displayName }, deleted: 'no', isAssigned }) as const;
  const filters = compileFilters(
    [{ title: 'Crew', clauses: [{ attribute: 'displayName', operator: 'ENDS_WITH', value: 'crew' }] }],
    'group',
  );
  const told: string[] = [];
  const preview = previewGroupScope(
    [group('1', 'day crew'), group('2', 'night crew', false), group('3', 'Everybody')],
    { scope: 'assigned', filters },
    ({ id }, { inScope }) => told.push(`${id} ${inScope ? 'in' : 'out'}`),
  );
  assert.deepEqual([preview.total, preview.inScope, preview.passFilters], [3, 1, 2]);
  assert.deepEqual(preview.outside, { ...preview.outside, 'not-assigned': 1, filter: 1 });
  assert.deepEqual(told, ['1 in', '2 out', '3 out']);
});
