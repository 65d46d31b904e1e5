import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lenientDialect } from '../dialect/lenient.ts';
import { ScimError } from '../error.ts';
import type { JsonObject } from '../json.ts';
import { groupType } from '../schema/resource-types.ts';
import { PATCH_SCHEMA } from './patch-operation.ts';
import { readPatchRequest } from './read-patch.ts';
import { type SplitPatch, splitRelations } from './split-relations.ts';

function split(...operations: JsonObject[]): SplitPatch {
  const body = { schemas: [PATCH_SCHEMA], Operations: operations };
  return splitRelations(readPatchRequest(body, groupType, { accepts: lenientDialect }), groupType, 'members');
}

const member = (value: string): JsonObject => ({ value });

test('members and attributes part, each in their order', () => {
  const { attributes, relation } = split(
    { op: 'add', path: 'members', value: [member('u1'), member('u2')] },
    { op: 'replace', path: 'displayName', value: 'Crew' },
    { op: 'add', path: 'members', value: [member('u2'), member('u3')] },
    { op: 'remove', path: 'members[value eq "u1"]' },
    { op: 'remove', path: 'members', value: [member('u4'), member('u1')] },
    { op: 'replace', path: 'externalId', value: 'x' },
  );
  assert.deepEqual(
    attributes.map(({ path }) => path?.attribute.name),
    ['displayName', 'externalId'],
  );
  assert.deepEqual(relation, [
    { do: 'add', ids: ['u1', 'u2', 'u3'] },
    { do: 'remove', ids: ['u1', 'u4'] },
  ]);
});

test('clearing and replacing end a run of additions', () => {
  const { relation } = split(
    { op: 'add', path: 'members', value: [member('u1')] },
    { op: 'remove', path: 'members' },
    { op: 'add', path: 'members', value: [member('u2')] },
    { op: 'replace', path: 'members', value: [member('u3'), member('u3')] },
    { op: 'replace', path: 'members', value: [] },
  );
  assert.deepEqual(relation, [
    { do: 'add', ids: ['u1'] },
    { do: 'clear' },
    { do: 'add', ids: ['u2'] },
    { do: 'replace', ids: ['u3'] },
    { do: 'clear' },
  ]);
});

test('a filter of ids becomes ids, any other filter stays one', () => {
  assert.deepEqual(split({ op: 'remove', path: 'members[value eq "u1" or value eq "u2" or value eq "u1"]' }).relation, [
    { do: 'remove', ids: ['u1', 'u2'] },
  ]);
  for (const filter of ['type eq "Group"', 'value sw "u"', 'value eq "u1" or type eq "Group"', 'not (value eq "u1")']) {
    const [step] = split({ op: 'remove', path: `members[${filter}]` }).relation;
    assert.equal(step?.do, 'removeWhere', filter);
  }
});

test('an empty removal leaves no step at all', () => {
  assert.deepEqual(split({ op: 'remove', path: 'members', value: [] }), { attributes: [], relation: [] });
});

test('members are never changed in place', () => {
  const isMutability = (error: unknown): boolean => error instanceof ScimError && error.code === 'mutability';
  assert.throws(() => split({ op: 'replace', path: 'members[value eq "u1"].value', value: 'u2' }), isMutability);
  assert.throws(() => split({ op: 'replace', path: 'members[value eq "u1"]', value: member('u2') }), isMutability);
  assert.throws(() => split({ op: 'remove', path: 'members.type' }), isMutability);
});

test('a member without an id is refused', () => {
  const act = (): SplitPatch => split({ op: 'add', path: 'members', value: [{ type: 'User' }] });
  assert.throws(act, (error) => error instanceof ScimError && error.code === 'invalidValue');
});

test('hundreds of removals one by one become one step', () => {
  const operations = Array.from({ length: 900 }, (_, index) => ({
    op: 'remove',
    path: `members[value eq "u${index}"]`,
  }));
  const { relation } = split(...operations);
  assert.equal(relation.length, 1);
});
