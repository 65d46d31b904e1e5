import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TargetAttribute } from '@lockstep/gallery';
import { addAttribute, changeAttribute, deleteAttribute } from './attribute-list.ts';

const attributes: readonly TargetAttribute[] = [
  { name: 'id', type: 'String', anchor: true },
  { name: 'userName', type: 'String', required: true },
  { name: 'nickName', type: 'String' },
];
const facts = { attributes, mappedTargets: ['USERNAME'] };

test('an attribute is added at the end and may be taken out again', () => {
  const roles: TargetAttribute = { name: ' roles ', type: 'String', multiValued: true };
  const longer = addAttribute(facts, roles);
  assert.deepEqual(longer.at(-1), { ...roles, name: 'roles' });
  assert.deepEqual(deleteAttribute({ ...facts, attributes: longer }, 'Roles'), attributes);
});

test('an attribute changes in its place, and what is not named stays', () => {
  const changed = changeAttribute(facts, 'nickname', { multiValued: true, caseExact: true, defaultValue: 'x' });
  assert.deepEqual(changed[2], {
    name: 'nickName',
    type: 'String',
    multiValued: true,
    caseExact: true,
    defaultValue: 'x',
  });
  const back = changeAttribute({ ...facts, attributes: changed }, 'nickName', { defaultValue: null });
  assert.deepEqual(back[2], { name: 'nickName', type: 'String', multiValued: true, caseExact: true });
});

test('an attribute becomes a reference together with what it points to', () => {
  const referencedObjects = [{ referencedObjectName: 'User' }];
  const changed = changeAttribute(facts, 'nickName', { type: 'Reference', referencedObjects });
  assert.deepEqual(changed[2], { name: 'nickName', type: 'Reference', referencedObjects });
});

const refusals: readonly (readonly [string, () => unknown, RegExp])[] = [
  ['a name that is taken', () => addAttribute(facts, { name: 'NickName', type: 'String' }), /already/],
  ['an empty name', () => addAttribute(facts, { name: ' ', type: 'String' }), /needs a name/],
  ['a very long name', () => addAttribute(facts, { name: 'a'.repeat(401), type: 'String' }), /at most 400/],
  ['a second key', () => addAttribute(facts, { name: 'key', type: 'String', anchor: true }), /only one/],
  ['deleting what a mapping writes', () => deleteAttribute(facts, 'userName'), /delete the mapping first/],
  ['deleting the key', () => deleteAttribute(facts, 'id'), /primary key/],
  ['deleting what is not there', () => deleteAttribute(facts, 'title'), /no attribute of this name/],
  ['another type of the key', () => changeAttribute(facts, 'id', { type: 'Integer' }), /keeps its type/],
  [
    'targets of a text',
    () => changeAttribute(facts, 'nickName', { referencedObjects: [{ referencedObjectName: 'User' }] }),
    /type Reference/,
  ],
  [
    'a default that does not fit',
    () => changeAttribute(facts, 'nickName', { type: 'Integer', defaultValue: 'x' }),
    /does not fit/,
  ],
  [
    'required and read-only',
    () => changeAttribute(facts, 'userName', { mutability: 'ReadOnly' }),
    /cannot be required/,
  ],
];

for (const [what, act, message] of refusals) {
  test(`the attribute list refuses ${what}`, () => {
    assert.throws(act, (error) => error instanceof Error && message.test(error.message));
  });
}
