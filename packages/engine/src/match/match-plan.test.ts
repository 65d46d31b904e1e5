import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ObjectMapping, templates } from '@lockstep/gallery';
import type { JsonObject } from '@lockstep/scim';
import { testContext } from '../expression/test-context.ts';
import { compileMapping } from '../mapping/compile-mapping.ts';
import { type MappedResource, mapObject } from '../mapping/map-object.ts';
import { judgeMatch, planMatch } from './match-plan.ts';

const mapping: ObjectMapping = {
  ...templates.generic.users,
  mappings: [
    {
      target: 'userName',
      source: { kind: 'attribute', name: 'upn' },
      apply: 'always',
      matchingPrecedence: 3,
      defaultValue: 'none',
    },
    {
      target: 'externalId',
      source: { kind: 'expression', text: 'ToUpper([id])' },
      apply: 'always',
      matchingPrecedence: 1,
    },
    {
      target: 'emails[type eq "work"].value',
      source: { kind: 'attribute', name: 'mail' },
      apply: 'always',
      matchingPrecedence: 2,
    },
  ],
};

function mapped(source: JsonObject): MappedResource {
  const result = mapObject(compileMapping(mapping), source, testContext());
  assert.ok(result.kind === 'mapped');
  return result.mapped;
}

test('MATCH-1, MATCH-2: look-ups go by precedence with the mapped values, which an expression may give', () => {
  assert.deepEqual(planMatch(mapped({ upn: 'eva', id: 'a1', mail: 'e@x' })), {
    do: 'look-up',
    lookups: [
      { attribute: 'externalId', value: 'A1', precedence: 1 },
      { attribute: 'emails[type eq "work"].value', value: 'e@x', precedence: 2 },
      { attribute: 'userName', value: 'eva', precedence: 3 },
    ],
  });
});

test('attributes without a value are not asked for, and a default identifies nobody', () => {
  const plan = planMatch(mapped({ mail: 'e@x' }));
  assert.ok(plan.do === 'look-up');
  assert.deepEqual(
    plan.lookups.map(({ attribute }) => attribute),
    ['emails[type eq "work"].value'],
  );
});

test('MATCH-3: an object without any matching value is skipped with a reason', () => {
  const plan = planMatch(mapped({}));
  assert.ok(plan.do === 'skip');
  assert.equal(plan.code, 'ImportSkipped');
  assert.match(plan.text, /externalId, emails\[type eq "work"\]\.value, userName/);
});

const lookup = { attribute: 'userName', value: 'eva', precedence: 1 };

test('no hit, or hits that are no accounts, match nobody', () => {
  assert.deepEqual(judgeMatch([], lookup), { kind: 'none' });
  assert.deepEqual(judgeMatch([{ userName: 'eva' }], lookup), { kind: 'none' });
});

test('one account matches, answered twice too', () => {
  const hit = { id: '1', userName: 'eva' };
  assert.deepEqual(judgeMatch([hit, hit], lookup), { kind: 'one', id: '1', resource: hit });
});

test('several accounts match nobody and are told', () => {
  const match = judgeMatch([{ id: '1' }, { id: '2' }], lookup);
  assert.ok(match.kind === 'several');
  assert.equal(match.code, 'DuplicateTargetEntries');
  assert.equal(match.resources.length, 2);
  assert.match(match.text, /2 accounts .* userName "eva"/);
});
