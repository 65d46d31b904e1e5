import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Deviation } from '../dialect/dialect.ts';
import { lenientDialect } from '../dialect/lenient.ts';
import { strictDialect } from '../dialect/strict.ts';
import { ScimError } from '../error.ts';
import type { Json, JsonObject } from '../json.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { defineAttribute } from '../schema/define-attribute.ts';
import { groupType, userType } from '../schema/resource-types.ts';
import { applyPatch, type PatchedResource } from './apply-patch.ts';
import { PATCH_SCHEMA } from './patch-operation.ts';
import { readPatchRequest } from './read-patch.ts';

interface Vector {
  readonly name: string;
  readonly base: string;
  /** Both when absent. */
  readonly dialect?: 'lenient' | 'strict';
  readonly operations?: readonly Json[];
  /** The whole body, where it is more than operations. */
  readonly body?: Json;
  /** Members that differ from the base; null stands for absent, and `{}` for no change at all. */
  readonly after?: JsonObject;
  readonly error?: string;
  /** Deviations that have to be noted. */
  readonly notes?: readonly Deviation[];
}

interface Vectors {
  readonly bases: Readonly<Record<string, { readonly type: 'User' | 'Group'; readonly resource: JsonObject }>>;
  readonly vectors: readonly Vector[];
}

// Written together with this test.
const { bases, vectors } = JSON.parse(
  readFileSync(new URL('vectors/patches.json', import.meta.url), 'utf8'),
) as Vectors;
const dialects = { lenient: lenientDialect, strict: strictDialect };

function freeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

function patch(resource: JsonObject, type: ResourceType, ...operations: JsonObject[]): PatchedResource {
  const body = { schemas: [PATCH_SCHEMA], Operations: operations };
  const read = readPatchRequest(body, type, { accepts: lenientDialect });
  return applyPatch(freeze(resource), read, type, { makeMissing: true });
}

function expected(resource: JsonObject, after: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries({ ...resource, ...after }).filter(([, value]) => value !== null));
}

for (const vector of vectors) {
  for (const dialect of ['lenient', 'strict'] as const) {
    if ((vector.dialect ?? dialect) !== dialect) continue;
    test(`PATCH, ${dialect}: ${vector.name}`, () => {
      const base = bases[vector.base];
      assert.ok(base !== undefined);
      const type = base.type === 'User' ? userType : groupType;
      const resource = freeze(structuredClone(base.resource));
      const noted: Deviation[] = [];
      const note = (rule: Deviation): void => void noted.push(rule);
      const accepts = dialects[dialect];
      const run = (): PatchedResource => {
        const body = vector.body ?? { schemas: [PATCH_SCHEMA], Operations: vector.operations ?? [] };
        const operations = freeze(readPatchRequest(body, type, { accepts, note }));
        return applyPatch(resource, operations, type, { makeMissing: accepts.has('createOnFilterMiss'), note });
      };
      if (vector.error !== undefined) {
        assert.throws(run, (error) => {
          assert.ok(error instanceof ScimError);
          assert.equal(error.code, vector.error);
          return true;
        });
        return;
      }
      const after = vector.after ?? {};
      const result = run();
      assert.deepEqual(result.resource, expected(base.resource, after));
      assert.equal(result.changed, Object.keys(after).length > 0);
      if (!result.changed) assert.equal(result.resource, resource);
      for (const rule of vector.notes ?? []) assert.ok(noted.includes(rule), `${rule} was not noted`);
      assert.equal(Object.hasOwn(Object.prototype, 'admin') || Object.hasOwn(Object.prototype, 'polluted'), false);
    });
  }
}

test('every base of the vectors is patched in both dialects', () => {
  assert.ok(vectors.length > 150);
  for (const dialect of ['lenient', 'strict']) assert.ok(vectors.some((vector) => vector.dialect === dialect));
});

test('the members of a patched resource are in canonical order', () => {
  const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
  const resource = { schemas: [userType.schema.id], id: 'u1', userName: 'eva', meta: {}, password: 'hash', local: 1 };
  const { resource: patched } = patch(
    resource,
    userType,
    { op: 'add', path: `${enterprise}:department`, value: 'Sales' },
    { op: 'add', path: 'title', value: 'T' },
    { op: 'add', path: 'name.givenName', value: 'Eva' },
  );
  const order = ['schemas', 'id', 'meta', 'userName', 'name', 'title', 'password', enterprise, 'local'];
  assert.deepEqual(Object.keys(patched), order);
});

test('schemas keeps URNs that somebody else put there', () => {
  const resource = { schemas: [userType.schema.id, 'urn:example:other'], userName: 'eva' };
  const { resource: patched } = patch(resource, userType, { op: 'add', path: 'title', value: 'T' });
  assert.deepEqual(patched['schemas'], resource.schemas);
});

test('an immutable attribute can be set once and never changed', () => {
  const badge = defineAttribute({ name: 'badge', mutability: 'immutable' });
  const codes = defineAttribute({ name: 'codes', multiValued: true });
  const schema = { ...userType.schema, attributes: [...userType.schema.attributes, badge, codes] };
  const type = { ...userType, schema };
  const { resource } = patch({ userName: 'eva' }, type, { op: 'add', path: 'badge', value: 'B1' });
  assert.equal(resource['badge'], 'B1');
  assert.equal(patch(resource, type, { op: 'replace', path: 'badge', value: 'B1' }).changed, false);
  const isMutability = (error: unknown): boolean => error instanceof ScimError && error.code === 'mutability';
  assert.throws(() => patch(resource, type, { op: 'replace', path: 'badge', value: 'B2' }), isMutability);
  assert.throws(() => patch(resource, type, { op: 'remove', path: 'badge' }), isMutability);
});

test('lists of plain values are added to, filtered by value and emptied', () => {
  const codes = defineAttribute({ name: 'codes', multiValued: true });
  const type = { ...userType, schema: { ...userType.schema, attributes: [...userType.schema.attributes, codes] } };
  const start = { userName: 'eva', codes: ['a', 'b'] };
  assert.deepEqual(patch(start, type, { op: 'add', path: 'codes', value: ['B', 'c'] }).resource['codes'], [
    'a',
    'b',
    'c',
  ]);
  assert.deepEqual(patch(start, type, { op: 'add', path: 'codes', value: 'c' }).resource['codes'], ['a', 'b', 'c']);
  assert.deepEqual(patch(start, type, { op: 'remove', path: 'codes[value eq "A"]' }).resource['codes'], ['b']);
  assert.deepEqual(patch(start, type, { op: 'remove', path: 'codes', value: ['a'] }).resource['codes'], ['b']);
  assert.deepEqual(patch(start, type, { op: 'replace', path: 'codes[value eq "a"]', value: 'z' }).resource['codes'], [
    'z',
    'b',
  ]);
  assert.equal(patch(start, type, { op: 'remove', path: 'codes' }).resource['codes'], undefined);
});

test('a request with too many operations is refused before any is read', () => {
  const body = { schemas: [PATCH_SCHEMA], Operations: Array.from({ length: 1_001 }, () => 'junk') };
  const isTooLarge = (error: unknown): boolean => error instanceof ScimError && error.status === 413;
  assert.throws(() => readPatchRequest(body, userType, { accepts: strictDialect }), isTooLarge);
  const options = { accepts: strictDialect, operationsMax: 1 };
  const operation = { op: 'remove', path: 'title' };
  assert.throws(() => readPatchRequest({ ...body, Operations: [operation, operation] }, userType, options), isTooLarge);
});

test('an operation without a path cannot be applied unread', () => {
  assert.throws(
    () => applyPatch({}, [{ op: 'add', value: {} }], userType, { makeMissing: true }),
    (error) => error instanceof ScimError && error.code === 'invalidPath',
  );
});
