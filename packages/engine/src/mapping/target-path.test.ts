import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type ObjectMapping, type TargetAttribute, templates } from '@lockstep/gallery';
import { applyPatch, type Json, type JsonObject, type PatchOperation, printPath, userType } from '@lockstep/scim';
import { testContext } from '../expression/test-context.ts';
import { diffValues } from '../plan/diff-values.ts';
import { eva } from '../test-people.ts';
import { buildResource } from './build-resource.ts';
import { compileMapping } from './compile-mapping.ts';
import { type MappedResource, mapObject } from './map-object.ts';
import { readTarget } from './read-target.ts';
import { userSource } from './source-object.ts';
import { readTargetPath } from './target-path.ts';

interface Row {
  readonly target: string;
  readonly attribute?: TargetAttribute;
  /** Extension the create names in `schemas`. */
  readonly container?: string;
  /** What the create holds of it. */
  readonly body: JsonObject;
  /** Operations on an account that has nothing there. */
  readonly add: readonly JsonObject[];
  /** Operations on an account that has another value. */
  readonly change: readonly JsonObject[];
}

const rows: readonly Row[] = JSON.parse(readFileSync(new URL('./vectors/target-paths.json', import.meta.url), 'utf8'));

function mappingOf({ target, attribute }: Row): ObjectMapping {
  const { users } = templates.generic;
  const others = users.targetAttributes.filter(({ name }) => name !== attribute?.name);
  return {
    ...users,
    mappings: [
      { target: 'externalId', source: { kind: 'attribute', name: 'objectId' }, apply: 'always', matchingPrecedence: 1 },
      { target, source: { kind: 'attribute', name: 'jobTitle' }, apply: 'always' },
    ],
    targetAttributes: [
      ...others.map((one) => ({ ...one, required: false })),
      ...(attribute === undefined ? [] : [attribute]),
    ],
  };
}

function mappedOf(row: Row, value: string): MappedResource {
  const mapping = compileMapping(mappingOf(row));
  const result = mapObject(mapping, userSource(eva({}, { jobTitle: value }), false), testContext());
  assert.ok(result.kind === 'mapped', JSON.stringify(result));
  return result.mapped;
}

function shown(operations: readonly PatchOperation[]): readonly Json[] {
  return operations.map(({ op, path, value }) => ({ op, path: path && printPath(path), value }) as Json);
}

function apply({ mapping }: MappedResource, view: JsonObject, operations: readonly PatchOperation[]): JsonObject {
  return applyPatch(view, operations, mapping.type, { makeMissing: true }).resource;
}

for (const row of rows) {
  test(`${row.target} is written by POST and PATCH and read back as equal`, () => {
    const first = mappedOf(row, 'v1');
    const { schemas, externalId, ...body } = buildResource(first);
    assert.deepEqual(body, row.body);
    assert.deepEqual(schemas, [userType.schema.id, ...(row.container === undefined ? [] : [row.container])]);
    const known: JsonObject = { externalId: externalId ?? '' };
    const added = diffValues(first.values, known);
    assert.deepEqual(shown(added.operations), row.add);
    const created = { ...known, ...row.body };
    assert.deepEqual(diffValues(first.values, created).operations, []);
    assert.deepEqual(diffValues(first.values, apply(first, known, added.operations)).operations, []);
    const second = mappedOf(row, 'v2');
    const changed = diffValues(second.values, created);
    assert.deepEqual(shown(changed.operations), row.change);
    assert.deepEqual(diffValues(second.values, apply(second, created, changed.operations)).operations, []);
  });
}

test('a reference is read from an object, from text and from a list', () => {
  const target = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager';
  const path = readTargetPath(target, userType, undefined);
  assert.equal(path.shape, 'reference');
  const container = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
  assert.deepEqual(readTarget({ [container]: { manager: { value: 'm' } } }, path), { value: 'm' });
  assert.equal(readTargetPath(`${target}.value`, userType, undefined).shape, 'reference');
  const own = { name: 'urn:x:y:1.0:User:buddy', type: 'Reference' } as const;
  assert.equal(readTargetPath(own.name, userType, own).shape, 'reference');
});

const refusals: readonly (readonly [string, RegExp])[] = [
  ['emails[type eq "work"]', /part is missing/],
  ['emails.value', /needs brackets/],
  ['emails[type co "work"].value', /only comparisons with eq/],
  ['emails[type eq "work" or type eq "home"].value', /only comparisons with eq/],
  ['title[type eq "work"].value', /multi-valued|part/],
  ['name', /needs a part/],
  ['name.nothing', /has no part/],
  ['emails[kind eq "work"].value', /has no part/],
  ['id', /not writable/],
  ['meta.created', /not writable/],
  ['groups', /not writable/],
  ['__proto__', /./],
  ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', /whole extension/],
  ['emails[type eq "work"', /./],
  ['', /./],
];

for (const [target, message] of refusals) {
  test(`"${target}" is refused as a target`, () => {
    assert.throws(() => readTargetPath(target, userType, undefined), { name: 'ConfigurationError', message });
  });
}
