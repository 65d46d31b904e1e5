import assert from 'node:assert/strict';
import { test } from 'node:test';
import { templates } from '@lockstep/gallery';
import { applyPatch, groupType, isJsonArray, isJsonObject, type JsonObject } from '@lockstep/scim';
import fc from 'fast-check';
import { compileMapping } from '../mapping/compile-mapping.ts';
import type { TargetPath } from '../mapping/target-path.ts';
import { planMembers, planReference } from './plan-references.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

function referencePath(objectType: 'users' | 'groups'): TargetPath {
  const row = compileMapping(templates.generic[objectType]).mappings.find(({ path }) => path.shape === 'reference');
  assert.ok(row);
  return row.path;
}

const manager = referencePath('users');
const members = referencePath('groups');

function withManager(value: JsonObject[string]): JsonObject {
  return { userName: 'eva', [ENTERPRISE]: { manager: value } };
}

test('a manager with an account is written as an object', () => {
  const plan = planReference(manager, { kind: 'account', targetId: 'm1' }, { userName: 'eva' });
  assert.deepEqual(plan, {
    operations: [{ op: 'replace', path: { attribute: { urn: ENTERPRISE, name: 'manager' } }, value: { value: 'm1' } }],
    changes: [{ attribute: `${ENTERPRISE}:manager`, oldValue: null, newValue: 'm1' }],
  });
});

for (const shape of [{ value: 'm1', displayName: 'Boss' }, 'm1', [{ value: 'm1' }]]) {
  test(`a manager the app has already is left alone: ${JSON.stringify(shape)}`, () => {
    assert.equal(planReference(manager, { kind: 'account', targetId: 'm1' }, withManager(shape)), undefined);
  });
}

test('a manager without an account waits, and the old one stays', () => {
  assert.equal(planReference(manager, { kind: 'unresolved' }, withManager({ value: 'm1' })), undefined);
});

test('a manager that is gone is removed, once', () => {
  const plan = planReference(manager, { kind: 'none' }, withManager({ value: 'm1' }));
  assert.deepEqual(plan?.operations, [{ op: 'remove', path: { attribute: { urn: ENTERPRISE, name: 'manager' } } }]);
  assert.equal(planReference(manager, { kind: 'none' }, withManager({ value: '' })), undefined);
});

const ids = fc.uniqueArray(fc.integer({ min: 1, max: 30 }).map((number) => `u${number}`));

test('membership batches name only who comes or goes, in bounded requests, and lead to what is wanted', () => {
  fc.assert(
    fc.property(ids, ids, fc.integer({ min: 1, max: 7 }), (current, wanted, batchMax) => {
      const batches = planMembers(members, { current, wanted }, batchMax);
      let group: JsonObject = { schemas: [groupType.schema.id], displayName: 'G', ...membersOf(current) };
      for (const { addedIds, removedIds, operations } of batches) {
        assert.ok(addedIds.length + removedIds.length <= batchMax && operations.length > 0);
        assert.ok(addedIds.every((id) => !current.includes(id)) && removedIds.every((id) => !wanted.includes(id)));
        group = applyPatch(group, operations, groupType, { makeMissing: false }).resource;
      }
      assert.deepEqual(new Set(idsOf(group)), new Set(wanted));
    }),
  );
});

function membersOf(list: readonly string[]): JsonObject {
  return list.length === 0 ? {} : { members: list.map((value) => ({ value })) };
}

function idsOf(group: JsonObject): readonly string[] {
  const list = group['members'];
  return isJsonArray(list) ? list.map((member) => (isJsonObject(member) ? String(member['value']) : '')) : [];
}

test('an equal membership needs no request', () => {
  assert.deepEqual(planMembers(members, { current: ['a', 'b'], wanted: ['b', 'a'] }), []);
});

test('removals go by id, additions in one list', () => {
  const [batch] = planMembers(members, { current: ['a'], wanted: ['b', 'c'] });
  const filter = { kind: 'compare', path: { name: 'value' }, operator: 'eq', value: 'a' };
  assert.deepEqual(batch?.operations, [
    { op: 'remove', path: { attribute: { name: 'members' }, filter } },
    { op: 'add', path: { attribute: { name: 'members' } }, value: [{ value: 'b' }, { value: 'c' }] },
  ]);
});
