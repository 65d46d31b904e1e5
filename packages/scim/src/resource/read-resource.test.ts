import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Deviation } from '../dialect/dialect.ts';
import { dialectRuleFacts } from '../dialect/dialect-rules.ts';
import { lenientDialect } from '../dialect/lenient.ts';
import { strictDialect } from '../dialect/strict.ts';
import { ScimError } from '../error.ts';
import { isJsonObject } from '../json.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { ENTERPRISE_USER_SCHEMA } from '../schema/enterprise-user.ts';
import { readSchema } from '../schema/read-schema.ts';
import { groupType, userType } from '../schema/resource-types.ts';
import { USER_SCHEMA } from '../schema/user.ts';
import { readResource } from './read-resource.ts';
import deviations from './vectors/deviations.json' with { type: 'json' };
import exact from './vectors/exact.json' with { type: 'json' };
import refusals from './vectors/refusals.json' with { type: 'json' };

const types: Readonly<Record<string, ResourceType>> = { User: userType, Group: groupType };

function typeOf(name: string): ResourceType {
  const type = types[name];
  assert.ok(type);
  return type;
}

function readStrictly(body: unknown, type: ResourceType = userType): unknown {
  return readResource(body, type, { accepts: strictDialect, purpose: 'create' });
}

/** The rules of a dialect that were used, each once; what every dialect takes is not among them. */
function rulesOf(notes: readonly Deviation[]): readonly Deviation[] {
  return [...new Set(notes)].filter((one) => one in dialectRuleFacts);
}

describe('readResource', () => {
  for (const { does, type, body, resource } of exact) {
    it(`${does}, in every dialect`, () => {
      for (const accepts of [strictDialect, lenientDialect]) {
        const notes: Deviation[] = [];
        const note = (deviation: Deviation): number => notes.push(deviation);
        const read = readResource(body, typeOf(type), { accepts, note, purpose: 'create' });
        assert.equal(JSON.stringify(read), JSON.stringify(resource));
        assert.deepEqual(rulesOf(notes), []);
      }
    });
  }

  it('notes each member that no schema holds, in every dialect, and none that is null or readOnly', () => {
    const name = { givenName: 'Eva', nick: 'Eef', honour: null };
    const body = { schemas: [userType.schema.id], userName: 'eva', id: '1', meta: {}, shoeSize: 38, hat: null, name };
    for (const accepts of [strictDialect, lenientDialect]) {
      const notes: Deviation[] = [];
      readResource(body, userType, { accepts, note: (one) => notes.push(one), purpose: 'create' });
      assert.deepEqual(notes, ['unknownAttribute', 'unknownAttribute'], 'shoeSize and nick');
    }
  });

  for (const { rule, type, body, resource, code } of deviations) {
    it(`accepts ${rule} when the dialect has it, and notes it: ${JSON.stringify(body).slice(0, 90)}`, () => {
      const notes: Deviation[] = [];
      const note = (used: Deviation): number => notes.push(used);
      const read = readResource(body, typeOf(type), { accepts: lenientDialect, note, purpose: 'create' });
      assert.deepEqual(read, resource);
      assert.deepEqual(rulesOf(notes), [rule]);
    });

    it(`answers ${rule} with ${code ?? 'another reading'} otherwise: ${JSON.stringify(body).slice(0, 90)}`, () => {
      const accepts = new Set([...lenientDialect].filter((other) => other !== rule));
      const read = (): unknown => readResource(body, typeOf(type), { accepts, purpose: 'create' });
      if (code === undefined) assert.notDeepEqual(read(), resource);
      else assert.throws(read, { name: 'ScimError', code });
    });
  }

  for (const { type, body, code, says } of refusals) {
    it(`refuses ${JSON.stringify(body).slice(0, 110)} in every dialect`, () => {
      for (const accepts of [strictDialect, lenientDialect]) {
        assert.throws(
          () => readResource(body, typeOf(type), { accepts, purpose: 'replace' }),
          (error) => error instanceof ScimError && error.code === code && error.message.includes(says),
        );
      }
    });
  }

  it('names every required attribute that is missing', () => {
    const badge = readSchema({
      id: 'urn:example:2.0:Badge',
      attributes: [
        { name: 'tag', required: true },
        {
          name: 'keys',
          type: 'complex',
          multiValued: true,
          subAttributes: [{ name: 'value', required: true }, { name: 'note' }],
        },
      ],
    });
    const type = { ...userType, extensions: [{ schema: badge, required: true }] };
    const schemas = [USER_SCHEMA, badge.id];
    assert.throws(() => readStrictly({ schemas }, type), {
      message: /^userName, urn:example:2.0:Badge are required to create a User$/,
    });
    const body = { schemas, userName: 'a', [badge.id]: { keys: [{ note: 'x' }, { note: 'y' }] } };
    assert.throws(() => readStrictly(body, type), { message: /^tag, keys\.value are required/ });
  });

  it('refuses an extension that schemas does not list, unless the dialect accepts it', () => {
    const body = { schemas: [USER_SCHEMA], userName: 'a', [ENTERPRISE_USER_SCHEMA]: { department: 'Quay' } };
    assert.throws(() => readStrictly(body), { code: 'invalidSyntax' });
    const read = readResource(body, userType, { accepts: new Set(['unknownSchemas']), purpose: 'create' });
    assert.deepEqual(read['schemas'], [USER_SCHEMA, ENTERPRISE_USER_SCHEMA]);
  });
});

describe('readResource and hostile bodies', () => {
  it('leaves the prototype of objects alone', () => {
    const text = `{"schemas":["${USER_SCHEMA}"],"userName":"a","__proto__":{"polluted":true},
      "constructor":{"prototype":{"polluted":true}},"name":{"__proto__":{"polluted":true},"givenName":"x"},
      "__proto__.polluted":true,"constructor.prototype.polluted":true,
      "${ENTERPRISE_USER_SCHEMA}:__proto__.polluted":true,"emails":[{"__proto__":{"polluted":true},"value":"y"}]}`;
    const read = readResource(JSON.parse(text), userType, { accepts: lenientDialect, purpose: 'create' });
    assert.deepEqual(Object.keys(Object.prototype), []);
    assert.equal('polluted' in {}, false);
    assert.equal(
      JSON.stringify(read),
      `{"schemas":["${USER_SCHEMA}"],"userName":"a","name":{"givenName":"x"},"emails":[{"value":"y"}]}`,
    );
    assert.equal(Object.getPrototypeOf(read['name']), Object.prototype);
  });

  it('never goes deeper than the schema', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`);
    const body = { schemas: [USER_SCHEMA], userName: 'a', name: { givenName: 'x', deep }, deep };
    assert.deepEqual(readStrictly(body), { schemas: [USER_SCHEMA], userName: 'a', name: { givenName: 'x' } });
  });

  it('answers any JSON with a resource or a refusal, and reads its own result the same', () => {
    const member = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('', 'True', 'x'),
      fc.array(fc.dictionary(fc.constantFrom('value', 'type', 'primary', 'VALUE'), fc.jsonValue())),
    );
    const names = fc.constantFrom(
      'emails',
      'name',
      'active',
      'roles',
      'name.givenName',
      'schemas',
      '__proto__',
      ENTERPRISE_USER_SCHEMA,
      `${ENTERPRISE_USER_SCHEMA}:manager`,
    );
    fc.assert(
      fc.property(fc.dictionary(names, member), (members) => {
        const body = { ...members, userName: 'a', schemas: [USER_SCHEMA] };
        const options = { accepts: lenientDialect, purpose: 'create' } as const;
        try {
          const read = readResource(body, userType, options);
          assert.ok(isJsonObject(read));
          assert.deepEqual(readResource(read, userType, options), read);
        } catch (error) {
          assert.ok(error instanceof ScimError && error.code === 'invalidValue', String(error));
        }
      }),
      { numRuns: 500 },
    );
    assert.equal('polluted' in {}, false);
  });
});
