import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expressionFunctions } from '@lockstep/engine/expression';
import fc from 'fast-check';
import { complete, marksOf } from './expression-support.ts';

test('behind a bracket attributes are offered, else functions with their signatures, inside quotes nothing', () => {
  const attributes = complete('Join(" ", [giv', ['givenName', 'surname']);
  assert.equal(attributes?.from, 11);
  assert.deepEqual(
    attributes?.suggestions.map(({ text }) => text),
    ['givenName]', 'surname]'],
  );
  const functions = complete('ToL', ['givenName']);
  assert.equal(functions?.from, 0);
  const toLower = functions?.suggestions.find(({ label }) => label === 'ToLower');
  assert.equal(toLower?.text, 'ToLower()');
  assert.equal(toLower?.detail, '(source, culture?)');
  assert.equal(functions?.suggestions.length, expressionFunctions.length);
  assert.equal(complete('Join("a, Mi', []), undefined);
});

test('a fault is marked where it is, and a doubt when there is no fault', () => {
  const [fault] = marksOf('ToLowr([mail])');
  assert.equal(fault?.severity, 'error');
  assert.equal(fault?.from, 0);
  assert.equal(fault?.to, 6);
  assert.match(fault?.message ?? '', /ToLower/);
  assert.equal(marksOf('Trim([mail])')[0]?.severity, 'warning');
  assert.deepEqual(marksOf('ToLower([mail])'), []);
  assert.deepEqual(marksOf('  '), []);
});

test('a mark never lies outside of the text, whatever is typed', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      for (const { from, to } of marksOf(text)) assert.ok(from >= 0 && from < to && to <= text.length, `${from}-${to}`);
    }),
  );
});
