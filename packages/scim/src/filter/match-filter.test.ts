import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { lenientDialect } from '../dialect/lenient.ts';
import { ScimError } from '../error.ts';
import type { Json, JsonObject } from '../json.ts';
import { findAttribute } from '../schema/find-attribute.ts';
import { groupType, userType } from '../schema/resource-types.ts';
import { compileElementMatcher, compileMatcher } from './match-filter.ts';
import { parseFilter } from './parse-filter.ts';
import { conjuncts, resolveElementFilter, resolveFilter } from './resolve-filter.ts';
import users from './vectors/matched-users.json' with { type: 'json' };
import refused from './vectors/refused-comparisons.json' with { type: 'json' };

const user: JsonObject = users.resource;

function matches(text: string, resource: JsonObject = user): boolean {
  const filter = parseFilter(text, { type: userType, accepts: lenientDialect });
  return compileMatcher(resolveFilter(filter, userType, { accepts: lenientDialect }))(resource);
}

describe('compileMatcher', () => {
  for (const { filter, matches: expected } of users.filters) {
    it(`${expected ? 'finds' : 'passes over'} the user by ${filter}`, () => {
      assert.equal(matches(filter), expected);
    });
  }

  it('answers every filter and its negation differently', () => {
    for (const { filter } of users.filters) assert.equal(matches(`not (${filter})`), !matches(filter));
  });

  it('finds a group by a member, with and without the sub-attribute', () => {
    const group = { displayName: 'Crew', members: [{ value: 'u1' }, { value: 'u2' }] };
    for (const text of ['members.value eq "u2"', 'members eq "u2"', 'members[value eq "u2"]']) {
      assert.equal(compileMatcher(resolveFilter(parseFilter(text), groupType))(group), true, text);
    }
  });

  it('never throws, whatever the resource holds', () => {
    const resource = fc.dictionary(
      fc.constantFrom(
        'userName',
        'emails',
        'name',
        'active',
        'meta',
        'schemas',
        userType.extensions[0]?.schema.id ?? '',
      ),
      fc.jsonValue().map((value) => value as Json),
    );
    const matchers = users.filters.map(({ filter }) =>
      compileMatcher(
        resolveFilter(parseFilter(filter, { accepts: lenientDialect }), userType, { accepts: lenientDialect }),
      ),
    );
    fc.assert(
      fc.property(resource, (given) => {
        for (const match of matchers) assert.equal(typeof match(given), 'boolean');
      }),
    );
  });
});

describe('resolveFilter', () => {
  for (const { filter, says } of refused) {
    it(`refuses ${filter}`, () => {
      assert.throws(
        () => resolveFilter(parseFilter(filter), userType),
        (error) => error instanceof ScimError && error.code === 'invalidFilter' && error.message.includes(says),
      );
    });
  }

  it('reads text for a boolean only when the dialect says so', () => {
    const filter = parseFilter('active eq "True"');
    const resolved = resolveFilter(filter, userType, { accepts: new Set(['booleanAsText']) });
    assert.equal(resolved.kind === 'compare' ? resolved.value : undefined, true);
    assert.throws(() => resolveFilter(filter, userType), ScimError);
  });

  it('compares a single complex attribute by its value only when the dialect says so', () => {
    const filter = parseFilter('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager eq "m1"');
    const resolved = resolveFilter(filter, userType, { accepts: new Set(['bareComplexComparison']) });
    assert.equal(resolved.kind === 'compare' ? resolved.found.sub?.name : undefined, 'value');
    assert.throws(() => resolveFilter(filter, userType), ScimError);
  });

  it('finds an attribute of an extension by its short name only when the dialect says so', () => {
    const filter = parseFilter('department eq "Sales"');
    const notes: string[] = [];
    const acceptance = { accepts: new Set(['unknownSchemas'] as const), note: (rule: string) => notes.push(rule) };
    assert.equal(resolveFilter(filter, userType, acceptance).kind, 'compare');
    assert.deepEqual(notes, ['unknownSchemas']);
    assert.equal(resolveFilter(filter, userType).kind, 'unknown');
  });

  it('lets an unknown attribute match nothing, by ne neither', () => {
    for (const text of [
      'email eq "x"',
      'email ne "x"',
      'email pr',
      'emails.nope ne "x"',
      'hasOwnProperty pr',
      'constructor.name pr',
    ]) {
      const resolved = resolveFilter(parseFilter(text), userType);
      assert.equal(resolved.kind, 'unknown', text);
      assert.equal(compileMatcher(resolved)(user), false, text);
    }
  });

  it('tells apart the parts that all have to hold', () => {
    const resolved = resolveFilter(parseFilter('userName eq "a" and (title pr or active eq true) and id pr'), userType);
    assert.deepEqual(
      conjuncts(resolved).map(({ kind }) => kind),
      ['compare', 'or', 'present'],
    );
    assert.equal(conjuncts(resolveFilter(parseFilter('title pr or id pr'), userType)).length, 1);
  });
});

describe('resolveElementFilter', () => {
  it('matches single elements of an attribute', () => {
    const found = findAttribute(userType, { name: 'emails' });
    assert.ok(found);
    const match = compileElementMatcher(resolveElementFilter(parseFilter('type eq "WORK" and value pr'), found));
    assert.equal(match({ type: 'work', value: 'x' }), true);
    assert.equal(match({ type: 'work' }), false);
    assert.equal(match('work'), false);
  });

  it('means the element itself by value when elements are simple', () => {
    const found = findAttribute(userType, { name: 'schemas' });
    assert.ok(found);
    const match = compileElementMatcher(resolveElementFilter(parseFilter('value sw "urn:a"'), found));
    assert.equal(match('URN:A:b'), true);
    assert.equal(match('urn:b'), false);
  });
});
