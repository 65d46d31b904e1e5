import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AttributeMapping, templates } from '@lockstep/gallery';
import { testContext } from '../expression/test-context.ts';
import { deleteMappingRow, setMappingRow } from './edit-mapping.ts';
import { findRowProblems } from './find-row-problems.ts';
import { previewRows } from './preview-rows.ts';

const { users } = templates.generic;
const row = (target: string, text: string): AttributeMapping => ({
  target,
  source: { kind: 'expression', text },
  apply: 'always',
});

test('a row takes the place of the one with its target, and a new one comes last', () => {
  const changed = setMappingRow(users, row('TITLE', '"x"'));
  assert.equal(changed.mappings.length, users.mappings.length);
  assert.equal(changed.mappings[3]?.target, 'TITLE');
  assert.equal(setMappingRow(users, row('nickName', '"x"')).mappings.at(-1)?.target, 'nickName');
  assert.throws(() => setMappingRow(users, row('title', '"x"'), { isNew: true }), /already/);
});

test('MAP-3: a row of a required attribute stays, any other goes', () => {
  assert.throws(() => deleteMappingRow(users, 'userName'), /requires this attribute/);
  assert.throws(() => deleteMappingRow(users, 'nickName'), /no mapping with this target/);
  assert.ok(!deleteMappingRow(users, 'Title').mappings.some(({ target }) => target === 'title'));
});

test('every row that cannot run is found, and the others give their values', () => {
  const mappings = [
    row('title', 'Nope('),
    row('nickName', 'ToUpper([a])'),
    row('nickname', '"y"'),
    row('displayName', 'CDate("x")'),
  ];
  const mapping = { ...users, mappings: [...mappings, { ...row('locale', 'Nope('), enabled: false }] };
  assert.deepEqual(
    findRowProblems(mapping).map(({ index }) => index),
    [0, 2],
  );
  const shown = previewRows(mapping, { a: 'v' }, testContext());
  assert.deepEqual(
    shown.map(({ kind, value }) => [kind, value]),
    [
      ['error', null],
      ['value', 'V'],
      ['value', 'y'],
      ['error', null],
      ['off', null],
    ],
  );
});
