import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lenientDialect } from '../dialect/lenient.ts';
import { strictDialect } from '../dialect/strict.ts';
import { ScimError } from '../error.ts';
import type { Json, JsonObject } from '../json.ts';
import { parsePatchPath } from '../path/parse-patch-path.ts';
import { readResource } from '../resource/read-resource.ts';
import { groupType, userType } from '../schema/resource-types.ts';
import { applyPatch } from './apply-patch.ts';
import { diffResources } from './diff-resources.ts';
import { sortedJson } from './element-identity.ts';
import { PATCH_SCHEMA, type PatchOperation } from './patch-operation.ts';
import { patchBody } from './print-patch.ts';
import { readPatchRequest } from './read-patch.ts';
import { splitRelations } from './split-relations.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const word = fc.constantFrom('a', 'b', 'B', 'c"\\', 'ö', 'd e');
const optional = (value: fc.Arbitrary<Json>): fc.Arbitrary<Json | undefined> => fc.option(value, { nil: undefined });

function record(shape: Record<string, fc.Arbitrary<Json>>): fc.Arbitrary<JsonObject> {
  return fc.record(shape, { requiredKeys: [] }).map((value) => value as JsonObject); // every member is Json
}

const values = fc.array(
  record({ value: word, type: fc.constantFrom('work', 'home', 'Work'), display: word, primary: fc.boolean() }),
  { maxLength: 4 },
);
const addresses = fc.array(record({ type: fc.constantFrom('work', 'home'), locality: word, country: word }), {
  maxLength: 3,
});

/** Any user as the provider would keep it: read, so that it is canonical. */
const user: fc.Arbitrary<JsonObject> = fc
  .record({
    title: optional(word),
    active: optional(fc.boolean()),
    name: optional(record({ givenName: word, familyName: word, formatted: word })),
    emails: optional(values),
    roles: optional(values),
    addresses: optional(addresses),
    [ENTERPRISE]: optional(record({ department: word, manager: record({ value: word, $ref: word }) })),
  })
  .map((body) => canonical(canonical({ userName: 'eva', ...body })));

/** Read twice, since demoting a second primary element can make it equal to another one. */
function canonical(body: unknown): JsonObject {
  return readResource(body, userType, { accepts: lenientDialect, purpose: 'create' });
}

/** A resource whose lists are in a fixed order, since a diff does not care for it. */
function unordered(resource: JsonObject): Json {
  const members = Object.entries(resource).map(([name, value]): [string, Json] => [
    name,
    Array.isArray(value) ? value.toSorted((left, right) => (sortedJson(left) < sortedJson(right) ? -1 : 1)) : value,
  ]);
  return Object.fromEntries(members);
}

test('applying the difference of two users turns one into the other', () => {
  fc.assert(
    fc.property(user, user, (before, after) => {
      const operations = diffResources(before, after, userType);
      const { resource } = applyPatch(before, operations, userType, { makeMissing: false });
      assert.deepEqual(unordered(resource), unordered(after));
      assert.deepEqual(diffResources(resource, after, userType), []);
    }),
    { numRuns: 500 },
  );
});

test('a difference survives the wire in both shapes', () => {
  fc.assert(
    fc.property(user, user, (before, after) => {
      const operations = diffResources(before, after, userType);
      fc.pre(operations.length > 0);
      for (const shape of ['rfc', 'entra-legacy'] as const) {
        const body: unknown = JSON.parse(JSON.stringify(patchBody(operations, shape)));
        const read = readPatchRequest(body, userType, { accepts: shape === 'rfc' ? strictDialect : lenientDialect });
        const { resource } = applyPatch(before, read, userType, { makeMissing: false });
        assert.deepEqual(unordered(resource), unordered(after), shape);
      }
    }),
    { numRuns: 300 },
  );
});

test('a second application of additions and removals of lists changes nothing', () => {
  fc.assert(
    fc.property(user, user, (before, other) => {
      for (const name of ['emails', 'addresses', 'roles']) {
        const value = other[name];
        if (value === undefined) continue;
        const operations: PatchOperation[] = [{ op: 'add', path: { attribute: { name } }, value }];
        const once = applyPatch(before, operations, userType, { makeMissing: true }).resource;
        const twice = applyPatch(once, operations, userType, { makeMissing: true });
        // A value that is added twice in one request may be primary the first time and not the second.
        const isPlain = !JSON.stringify([value, before[name] ?? null]).includes('"primary":true');
        if (isPlain) assert.equal(twice.changed, false);
      }
    }),
  );
});

const id: fc.Arbitrary<string> = fc.constantFrom('u1', 'u2', 'u3', 'u4', 'u5', 'u6');
const ids = fc.array(id, { maxLength: 12 });
const memberOperation: fc.Arbitrary<JsonObject> = fc.oneof(
  ids.map((list): JsonObject => ({ op: 'add', path: 'members', value: list.map((value) => ({ value })) })),
  ids.map((list): JsonObject => ({ op: 'replace', path: 'members', value: list.map((value) => ({ value })) })),
  ids.map((list): JsonObject => ({ op: 'Remove', path: 'members', value: list.map((value) => ({ value })) })),
  id.map((value): JsonObject => ({ op: 'remove', path: `members[value eq "${value}"]` })),
  fc.tuple(id, id).map(([a, b]): JsonObject => ({ op: 'remove', path: `members[value eq "${a}" or value eq "${b}"]` })),
  fc.constant<JsonObject>({ op: 'remove', path: 'members' }),
);

/** What each operation means, said as plainly as possible. */
function applyToSet(members: Set<string>, operation: JsonObject): Set<string> {
  const listed = JSON.stringify(operation['value'] ?? operation['path']).match(/u\d/g) ?? [];
  if (operation['op'] === 'add') return members.union(new Set(listed));
  if (operation['op'] === 'replace') return new Set(listed);
  const isAll = operation['path'] === 'members' && operation['value'] === undefined;
  return isAll ? new Set() : members.difference(new Set(listed));
}

test('member operations do what a plain set does, on the resource and split into relation operations', () => {
  fc.assert(
    fc.property(ids, fc.array(memberOperation, { minLength: 1, maxLength: 6 }), (start, given) => {
      const wanted = given.reduce(applyToSet, new Set(start));
      const operations = readPatchRequest({ schemas: [PATCH_SCHEMA], Operations: given }, groupType, {
        accepts: strictDialect,
      });
      const members = [...new Set(start)].map((value) => ({ value }));
      const group = { displayName: 'Crew', ...(members.length > 0 ? { members } : {}) };
      const { resource } = applyPatch(group, operations, groupType, { makeMissing: false });
      assert.deepEqual(memberIds(resource), [...wanted].toSorted());
      const { attributes, relation } = splitRelations(operations, groupType, 'members');
      assert.deepEqual(attributes, []);
      let rows = new Set(start);
      for (const step of relation) {
        if (step.do === 'add') rows = rows.union(new Set(step.ids));
        else if (step.do === 'remove') rows = rows.difference(new Set(step.ids));
        else rows = step.do === 'replace' ? new Set(step.ids) : new Set();
      }
      assert.deepEqual([...rows].toSorted(), [...wanted].toSorted());
    }),
    { numRuns: 300 },
  );
});

function memberIds(group: JsonObject): readonly string[] {
  return [...JSON.stringify(group['members'] ?? []).matchAll(/"value":"(\w+)"/g)]
    .map(([, text]) => text ?? '')
    .toSorted();
}

test('whatever the request, it is refused in SCIM words or leaves a resource of schema names only', () => {
  const path = fc.oneof(
    fc.constantFrom(
      '__proto__',
      'constructor.prototype',
      'emails',
      'emails[type eq "work"]',
      'name.givenName',
      'toString',
    ),
    fc.string(),
  );
  const operation = fc.record(
    { op: fc.constantFrom('add', 'Replace', 'remove'), path, value: fc.jsonValue() },
    { requiredKeys: ['op'] },
  );
  const known = new Set(['schemas', 'externalId', ENTERPRISE, ...userType.schema.attributes.map(({ name }) => name)]);
  fc.assert(
    fc.property(user, fc.array(operation, { maxLength: 4 }), (before, given) => {
      for (const accepts of [lenientDialect, strictDialect]) {
        try {
          const read = readPatchRequest({ schemas: [PATCH_SCHEMA], Operations: given }, userType, { accepts });
          const { resource } = applyPatch(before, read, userType, { makeMissing: true });
          for (const name of Object.keys(resource)) assert.ok(known.has(name), name);
        } catch (error) {
          assert.ok(error instanceof ScimError, String(error));
        }
      }
      assert.deepEqual(Object.keys(Object.prototype), []);
    }),
    { numRuns: 300 },
  );
});

test('the paths of read operations can be printed and read again', () => {
  const body = {
    schemas: [PATCH_SCHEMA],
    Operations: [{ op: 'replace', path: 'EMAILS[Type eq "Work"].VALUE', value: 'x' }],
  };
  const [operation] = readPatchRequest(body, userType, { accepts: strictDialect });
  const printed = patchBody(operation === undefined ? [] : [operation], 'rfc');
  assert.deepEqual(printed['Operations'], [{ op: 'replace', path: 'emails[type eq "Work"].value', value: 'x' }]);
  assert.deepEqual(parsePatchPath('emails[type eq "Work"].value', { type: userType }), operation?.path);
});
