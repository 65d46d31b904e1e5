import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { lenientDialect } from '../dialect/lenient.ts';
import { ScimError } from '../error.ts';
import { ENTERPRISE_USER_SCHEMA } from '../schema/enterprise-user.ts';
import { groupType, userType } from '../schema/resource-types.ts';
import { parseAttributePath } from './parse-attribute-path.ts';
import { parsePatchPath } from './parse-patch-path.ts';
import type { PatchPath } from './path.ts';
import { printPath } from './print-path.ts';
import invalidPaths from './vectors/invalid-paths.json' with { type: 'json' };

function record<Shape extends object>(model: { [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> }): fc.Arbitrary<Shape> {
  return fc.record<Shape>(model, { noNullPrototype: true });
}

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,8}$/);
const urn = fc.constantFrom(
  'urn:ietf:params:scim:schemas:core:2.0:User',
  'urn:example:2.0:Badge',
  'http://a.example/b:c',
);
const value = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('"', '\\', ']', '].value', '\\"]'), fc.boolean());
const filter = record({ name, value }).map(
  (leaf) => ({ kind: 'compare', path: { name: leaf.name }, operator: 'eq', value: leaf.value }) as const,
);
const patchPath: fc.Arbitrary<PatchPath> = fc.oneof(
  record({
    attribute: fc.oneof(record({ name }), record({ name, sub: name }), record({ urn, name, sub: name })),
  }),
  record({ attribute: fc.oneof(record({ name }), record({ urn, name })), filter }),
  record({ attribute: record({ name }), filter, sub: name }),
);

describe('parsePatchPath', () => {
  it('reads back what printPath writes', () => {
    fc.assert(
      fc.property(patchPath, (path) => {
        const isNegation = path.filter?.kind === 'compare' && path.filter.path.name.toLowerCase() === 'not';
        fc.pre(!isNegation);
        assert.deepEqual(parsePatchPath(printPath(path), { lengthMax: 1_000_000 }), path);
      }),
    );
  });

  it('keeps the dots of a version inside the URN', () => {
    const expected = { urn: ENTERPRISE_USER_SCHEMA, name: 'manager', sub: 'displayName' };
    const text = `${ENTERPRISE_USER_SCHEMA}:manager.displayName`;
    assert.deepEqual(parsePatchPath(text).attribute, expected);
    assert.deepEqual(parsePatchPath(text, { type: userType }).attribute, expected);
  });

  it('knows the URN of a schema in any case', () => {
    const text = `${ENTERPRISE_USER_SCHEMA.toUpperCase()}:department`;
    assert.equal(parsePatchPath(text, { type: userType }).attribute.name, 'department');
  });

  it('takes the URN of an extension alone for the whole extension', () => {
    assert.deepEqual(parsePatchPath(ENTERPRISE_USER_SCHEMA, { type: userType }), {
      attribute: { name: ENTERPRISE_USER_SCHEMA },
    });
  });

  it('reads a dot behind a known URN under its rule only', () => {
    const text = `${ENTERPRISE_USER_SCHEMA}.manager.value`;
    const rules: string[] = [];
    const note = (rule: string): number => rules.push(rule);
    assert.deepEqual(parsePatchPath(text, { type: userType, accepts: lenientDialect, note }).attribute, {
      urn: ENTERPRISE_USER_SCHEMA,
      name: 'manager',
      sub: 'value',
    });
    assert.deepEqual(rules, ['dottedExtension']);
    assert.throws(() => parsePatchPath(text, { type: userType }), { code: 'invalidPath' });
  });

  it('accepts $ref as a sub-attribute', () => {
    assert.deepEqual(parsePatchPath('members[value eq "x"].$ref', { type: groupType }).sub, '$ref');
  });

  for (const { path, code, column } of invalidPaths) {
    it(`refuses ${JSON.stringify(path)} as ${code} at column ${column}`, () => {
      assert.throws(
        () => parsePatchPath(path, { type: userType, accepts: lenientDialect }),
        (error) => error instanceof ScimError && error.code === code && error.message.endsWith(`at column ${column}`),
      );
    });
  }

  it('answers any text with a path or a refusal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        for (const read of [parsePatchPath, parseAttributePath]) {
          try {
            read(text, { type: userType, accepts: lenientDialect });
          } catch (error) {
            assert.ok(error instanceof ScimError, String(error));
          }
        }
      }),
    );
  });
});
