import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prettyBody, recordText, toInstant, toLocalInput } from './record-text.ts';

const changed = (what: string): string => `${what} changed`;
const property = (displayName: string) => ({ displayName, oldValue: null, newValue: 'x' });

test('a line says why; without a reason what changed; without a change the last step', () => {
  const error = { code: 'NotEffectivelyEntitled', reason: 'The person is not assigned.' };
  assert.equal(recordText({ error, modifiedProperties: [property('a')], steps: [] }, changed), error.reason);
  const many = ['a', 'b', 'c', 'd', 'e'].map(property);
  assert.equal(recordText({ modifiedProperties: many, steps: [] }, changed), 'a, b, c +2 changed');
  const step = {
    name: 'EntryExportAdd',
    type: 'export',
    status: 'success',
    description: 'Created the account.',
  } as const;
  assert.equal(recordText({ modifiedProperties: [], steps: [step] }, changed), 'Created the account.');
  assert.equal(recordText({ modifiedProperties: [], steps: [] }, changed), '');
});

test('a body is set out when it is JSON, and left as it is when it is not', () => {
  assert.equal(prettyBody('{"a":1}'), '{\n  "a": 1\n}');
  assert.equal(prettyBody('<html>'), '<html>');
});

test('times survive the way through the field and back', () => {
  const instant = toInstant('2026-11-27T12:05');
  assert.equal(toLocalInput(instant), '2026-11-27T12:05');
  assert.equal(toInstant(''), undefined);
  assert.equal(toInstant('yesterday'), undefined);
  assert.equal(toLocalInput('nonsense'), '');
});
