import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ObjectMapping, type TargetActions, templates } from '@lockstep/gallery';
import type { JsonObject } from '@lockstep/scim';
import { testContext } from '../expression/test-context.ts';
import { buildResource } from '../mapping/build-resource.ts';
import { compileMapping } from '../mapping/compile-mapping.ts';
import { type MappedResource, mapObject } from '../mapping/map-object.ts';
import { groupSource, userSource } from '../mapping/source-object.ts';
import type { DirectoryUser } from '../ports/directory.ts';
import { judgeGroupScope, judgeScope } from '../scope/judge-scope.ts';
import { compileFilters } from '../scope/scoping-filter.ts';
import { eva, finance } from '../test-people.ts';
import type { Plan } from './plan.ts';
import { planObject, type Seen } from './plan-object.ts';

const filters = compileFilters([
  { title: 'Sales only', clauses: [{ attribute: 'department', operator: 'EQUALS', value: 'Sales' }] },
]);
const scope = { scope: 'assigned', filters } as const;
const users = templates.zenya.users;
const withoutActive: ObjectMapping = { ...users, mappings: users.mappings.filter(({ target }) => target !== 'active') };

function mapUser(user: DirectoryUser, mapping: ObjectMapping, isSoftDeleted: boolean): MappedResource {
  const result = mapObject(compileMapping(mapping), userSource(user, isSoftDeleted), testContext());
  assert.ok(result.kind === 'mapped');
  return result.mapped;
}

function accountOf(mapping: ObjectMapping = users): JsonObject {
  return { id: 't1', ...buildResource(mapUser(eva(), mapping, false)) };
}

interface Case {
  readonly user: DirectoryUser;
  readonly link?: Seen['link'];
  readonly view?: JsonObject;
  readonly mapping?: ObjectMapping;
  readonly actions?: Partial<TargetActions>;
  readonly more?: Partial<Seen>;
}

function plan({ user, link, view, mapping = users, actions = {}, more = {} }: Case): Plan {
  const verdict = judgeScope(user, scope);
  return planObject({
    objectType: 'user',
    isEnabled: true,
    actions: { ...mapping.actions, ...actions },
    verdict,
    mapped: mapUser(user, mapping, !verdict.inScope),
    ...(link === undefined ? {} : { link }),
    ...(view === undefined ? {} : { targetView: view }),
    ...more,
  });
}

const linked = { link: { state: 'managed' }, view: accountOf() } as const;
const disabled = eva({ isAccountEnabled: false });
const softDeleted = eva({ deleted: 'soft' });
const hardDeleted = eva({ deleted: 'hard' });
const unassigned = eva({ isAssigned: false });
const filteredOut = eva({}, { department: 'HR' });
const inactive: JsonObject = { ...accountOf(), active: false };

/** What happens on the wire, and to the link. */
function outcome(one: Plan): string {
  const active =
    one.do === 'disable' || one.do === 'update' ? one.operations.map(({ value }) => JSON.stringify(value)) : [];
  const what = one.do === 'nothing' ? `nothing (${one.because})` : [one.do, ...active].join(' ');
  return `${what}, ${one.linkAfter}`;
}

const deprovisioning: readonly (readonly [string, Case, string])[] = [
  ['D1 disabled', { user: disabled, ...linked }, 'disable false, managed'],
  ['D2 recycle bin', { user: softDeleted, ...linked }, 'disable false, managed'],
  ['D2 purged later', { user: hardDeleted, link: { state: 'managed' }, view: inactive }, 'delete, dropped'],
  ['D3 hard delete', { user: hardDeleted, ...linked }, 'delete, dropped'],
  ['D4 unassigned', { user: unassigned, ...linked }, 'disable false, released'],
  [
    'D4 deleted after that',
    { user: hardDeleted, link: { state: 'released' }, view: inactive },
    'nothing (released), keep',
  ],
  [
    'D4 recycle bin after that',
    { user: softDeleted, link: { state: 'released' }, view: inactive },
    'nothing (released), keep',
  ],
  ['D5 filtered out', { user: filteredOut, ...linked }, 'disable false, released'],
  [
    'D5 filtered out when disabled already',
    { user: filteredOut, link: { state: 'managed' }, view: inactive },
    'nothing (already-disabled), released',
  ],
  ['D6 back again', { user: eva(), link: { state: 'released' }, view: inactive }, 'update true, managed'],
  ['D6 enabled again', { user: eva(), link: { state: 'managed' }, view: inactive }, 'update true, managed'],
  ['D7 no soft delete, disabled', { user: disabled, ...linked, more: { hasNoSoftDelete: true } }, 'delete, dropped'],
  [
    'D7 no soft delete, unassigned',
    { user: unassigned, ...linked, more: { hasNoSoftDelete: true } },
    'delete, dropped',
  ],
  [
    'D8 no active mapping, disabled',
    { user: disabled, ...linked, mapping: withoutActive },
    'nothing (no-soft-delete-mapping), managed',
  ],
  [
    'D8 no active mapping, unassigned',
    { user: unassigned, ...linked, mapping: withoutActive },
    'nothing (no-soft-delete-mapping), released',
  ],
  ['D9 update off', { user: disabled, ...linked, actions: { update: false } }, 'nothing (update-off), keep'],
  ['D10 delete off', { user: hardDeleted, ...linked, actions: { delete: false } }, 'nothing (delete-off), keep'],
  [
    'D11 skipped, unassigned',
    { user: unassigned, ...linked, more: { skipsOutOfScopeDeletions: true } },
    'nothing (out-of-scope-deletions-skipped), released',
  ],
  [
    'D11 skipped, filtered out',
    { user: filteredOut, ...linked, more: { skipsOutOfScopeDeletions: true } },
    'nothing (out-of-scope-deletions-skipped), released',
  ],
  [
    'D11 does not touch D1',
    { user: disabled, ...linked, more: { skipsOutOfScopeDeletions: true } },
    'disable false, managed',
  ],
  ['never provisioned, unassigned', { user: unassigned }, 'nothing (never-provisioned), keep'],
  ['never provisioned, disabled', { user: disabled }, 'nothing (disabled-never-provisioned), keep'],
  ['never provisioned, gone', { user: hardDeleted }, 'nothing (never-provisioned), keep'],
];

for (const [name, one, expected] of deprovisioning) {
  test(`leaving: ${name} -> ${expected}`, () => {
    assert.equal(outcome(plan(one)), expected);
  });
}

test('D12 a group that leaves scope is deleted, since groups have no soft delete', () => {
  const group = finance({ isAssigned: false });
  const verdict = judgeGroupScope(group, { scope: 'assigned', filters: [] });
  const result = mapObject(compileMapping(templates.zenya.groups), groupSource(group, true), testContext());
  assert.ok(result.kind === 'mapped');
  const seen: Seen = {
    objectType: 'group',
    isEnabled: true,
    actions: templates.zenya.groups.actions,
    verdict,
    mapped: result.mapped,
    link: { state: 'managed' },
    targetView: { id: 'g', displayName: 'Finance' },
  };
  assert.equal(outcome(planObject(seen)), 'delete, dropped');
  assert.equal(
    outcome(planObject({ ...seen, actions: { ...seen.actions, delete: false } })),
    'nothing (delete-off), keep',
  );
  assert.equal(outcome(planObject({ ...seen, isEnabled: false })), 'nothing (mapping-off), keep');
});

test('somebody new is created with everything', () => {
  const one = plan({ user: eva() });
  assert.ok(one.do === 'create');
  assert.deepEqual({ id: 't1', ...one.resource }, accountOf());
  assert.deepEqual(
    one.changes.find(({ attribute }) => attribute === 'active'),
    { attribute: 'active', oldValue: null, newValue: 'True' },
  );
});

test('an equal account is left alone', () => {
  const one = plan({ user: eva(), ...linked });
  assert.ok(one.do === 'nothing');
  assert.deepEqual([one.because, one.code], ['unchanged', 'RedundantExport']);
});

test('only what differs is written, with old and new value', () => {
  const one = plan({ user: eva({}, { displayName: 'Eva Berg', telephoneNumber: '+46 2' }), ...linked });
  assert.ok(one.do === 'update');
  assert.equal(one.operations.length, 2);
  assert.deepEqual(one.changes, [
    { attribute: 'displayName', oldValue: 'Eva Lind', newValue: 'Eva Berg' },
    { attribute: 'phoneNumbers[type eq "work"].value', oldValue: '+46 1', newValue: '+46 2' },
  ]);
});

test('a value that is gone in the directory stays in the app', () => {
  assert.equal(
    outcome(plan({ user: eva({}, { displayName: null, telephoneNumber: '' }), ...linked })),
    'nothing (unchanged), managed',
  );
});

test('create-only values and defaults are written once', () => {
  const rows = users.mappings.map((row) => {
    if (row.target === 'displayName') return { ...row, apply: 'create-only' } as const;
    return row.target === 'preferredLanguage' ? { ...row, defaultValue: 'sv' } : row;
  });
  const mapping: ObjectMapping = { ...users, mappings: rows };
  const created = plan({ user: eva(), mapping });
  assert.ok(created.do === 'create');
  assert.equal(created.resource['preferredLanguage'], 'sv');
  const view: JsonObject = { ...created.resource, displayName: 'Somebody', preferredLanguage: 'en' };
  assert.equal(
    outcome(plan({ user: eva(), mapping, link: { state: 'managed' }, view })),
    'nothing (unchanged), managed',
  );
});

test('switched-off actions say so', () => {
  assert.equal(outcome(plan({ user: eva(), actions: { create: false } })), 'nothing (create-off), keep');
  const changed = eva({}, { displayName: 'Eva Berg' });
  assert.equal(
    outcome(plan({ user: changed, ...linked, actions: { update: false } })),
    'nothing (update-off), managed',
  );
});

test('leaving writes nothing but what carries the leaving', () => {
  const one = plan({ user: eva({ isAssigned: false }, { displayName: 'Eva Berg' }), ...linked });
  assert.ok(one.do === 'disable');
  assert.deepEqual(one.operations, [{ op: 'replace', path: { attribute: { name: 'active' } }, value: false }]);
  assert.deepEqual(one.changes, [{ attribute: 'active', oldValue: 'True', newValue: 'False' }]);
});

test('leaving through another attribute than active works the same', () => {
  const rows = users.mappings.map((row) =>
    row.target === 'active'
      ? ({
          target: 'title',
          source: { kind: 'expression', text: 'IIF([IsSoftDeleted] = "True", "left", "here")' },
          apply: 'always',
        } as const)
      : row,
  );
  const mapping: ObjectMapping = { ...users, mappings: rows };
  const view = { id: 't1', ...buildResource(mapUser(eva(), mapping, false)) };
  assert.equal(
    outcome(plan({ user: unassigned, mapping, link: { state: 'managed' }, view })),
    'disable "left", released',
  );
});
