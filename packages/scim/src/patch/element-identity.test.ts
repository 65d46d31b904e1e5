import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../json.ts';
import { findAttribute } from '../schema/find-attribute.ts';
import { groupType, userType } from '../schema/resource-types.ts';
import { addElements } from './add-elements.ts';
import { elementFinder, elementIdentity, sortedJson } from './element-identity.ts';

const emails = findAttribute(userType, { name: 'emails' })?.attribute;
const addresses = findAttribute(userType, { name: 'addresses' })?.attribute;
const members = findAttribute(groupType, { name: 'members' })?.attribute;
assert.ok(emails !== undefined && addresses !== undefined && members !== undefined);

test('elements are told apart by value and type, members by value, the rest by everything', () => {
  const same: [typeof emails, Json, Json, boolean][] = [
    [emails, { value: 'a@x', type: 'work' }, { value: 'A@X', type: 'Work', primary: true }, true],
    [emails, { value: 'a@x', type: 'work' }, { value: 'a@x', type: 'home' }, false],
    [emails, { value: 'a@x', type: 'work' }, { value: 'a@x' }, false],
    [emails, { display: 'a' }, { display: 'a' }, true],
    [emails, { display: 'a' }, { value: 'a' }, false],
    [members, { value: 'u1', type: 'User' }, { value: 'u1' }, true],
    [members, { value: 'u1' }, { value: 'u2' }, false],
    [addresses, { type: 'work', country: 'NO' }, { country: 'NO', type: 'work' }, true],
    [addresses, { type: 'work', country: 'NO' }, { type: 'work', country: 'SE' }, false],
  ];
  for (const [attribute, left, right, expected] of same) {
    const { key, matcher } = elementIdentity(attribute);
    const name = `${sortedJson(left)} and ${sortedJson(right)}`;
    assert.equal(key(left) === key(right), expected, name);
    assert.equal(matcher(left)(right), expected, name);
    assert.equal(matcher(right)(left), expected, name);
  }
});

const element = fc.record(
  { value: fc.constantFrom('a', 'A', 'b', 'ä', 'Ä'), type: fc.constantFrom('work', 'home'), display: fc.constant('d') },
  { requiredKeys: [] },
);

test('comparing directly, walking the list and looking up an index agree', () => {
  fc.assert(
    fc.property(fc.array(element), fc.array(element), fc.array(element), (start, pushed, wanted) => {
      const identity = elementIdentity(emails);
      const finders = [1, 100].map((lookUps) => elementFinder(start, identity, lookUps));
      for (const finder of finders) for (const one of pushed) if (finder.find(one) === undefined) finder.pushed(one);
      for (const one of wanted) {
        const [walked, indexed] = finders.map((finder) => finder.find(one));
        assert.equal(walked, indexed);
      }
    }),
  );
});

test('a long list of members is added once, in order, behind those who are there', () => {
  const before = [{ value: 'u1' }, { value: 'u2' }];
  const ids = Array.from({ length: 50 }, (_, index) => ({ value: `u${index % 25}` }));
  const after = addElements(before, ids, members);
  const fresh = ids.slice(0, 25).filter(({ value }) => value !== 'u1' && value !== 'u2');
  assert.deepEqual(after, [...before, ...fresh]);
  assert.equal(addElements(after, ids, members), after);
});
