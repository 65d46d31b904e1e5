import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Json } from '@lockstep/scim';
import { type ExpressionCaseAnswer, readExpressionCase, runExpressionCase } from './run-expression-case.ts';
import { testContext } from './test-context.ts';

interface Vector {
  readonly id: string;
  readonly expected: unknown;
}

function readVectors(name: string): readonly (Json & Vector)[] {
  return JSON.parse(readFileSync(new URL(`./vectors/${name}`, import.meta.url), 'utf8'));
}

for (const vector of [...readVectors('expressions.json'), ...readVectors('own-expressions.json')]) {
  test(`expression case ${vector.id} gives what it should`, () => {
    checkAnswer(runExpressionCase(readExpressionCase(vector), testContext()), vector.expected);
  });
}

function checkAnswer(answer: ExpressionCaseAnswer, expected: unknown): void {
  const { result } = answer;
  if (!isSpecial(expected)) {
    assert.deepEqual(result, { value: expected });
    return;
  }
  if ('$error' in expected) {
    assert.equal('error' in result ? result.error.kind : JSON.stringify(result), expected.$error);
  } else if ('$ignoreFlow' in expected) assert.deepEqual(result, { ignoreFlow: true });
  else if ('$ignoreObject' in expected) assert.deepEqual(result, { ignoreObject: true });
  else if ('$ast' in expected) assert.deepEqual(result, { ast: expected.$ast });
  else checkValue(answer, expected);
}

interface Special {
  readonly $error?: string;
  readonly $ignoreFlow?: true;
  readonly $ignoreObject?: true;
  readonly $ast?: unknown;
  readonly $pattern?: string;
  readonly $value?: unknown;
  readonly $valuePattern?: string;
  readonly $log?: string;
}

function isSpecial(expected: unknown): expected is Special {
  return typeof expected === 'object' && expected !== null && !Array.isArray(expected);
}

function checkValue(answer: ExpressionCaseAnswer, expected: Special): void {
  const value = 'value' in answer.result ? answer.result.value : answer.result;
  const pattern = expected.$pattern ?? expected.$valuePattern;
  if (pattern !== undefined) assert.match(String(value), new RegExp(pattern));
  else assert.deepEqual(value, expected.$value);
  assert.equal(answer.log, expected.$log);
}

test('an answer to a mistake names kind and position', () => {
  const answer = runExpressionCase({ id: 'x', expression: 'Append([a] "b")', inputs: {} }, testContext());
  assert.deepEqual(answer, {
    id: 'x',
    result: { error: { kind: 'parse', message: 'a comma or a closing parenthesis is missing', position: 11 } },
  });
});

test('an error of a redacted expression shows no value', () => {
  const one = { id: 'x', expression: 'Redact(Mid([a], "secret", 2))', inputs: { a: 'abc' } };
  const { result } = runExpressionCase(one, testContext());
  assert.ok('error' in result);
  assert.doesNotMatch(result.error.message, /secret/);
});

test('a case without an id is refused', () => {
  assert.throws(() => readExpressionCase({ expression: '[a]' }), { name: 'ExpressionError' });
});
