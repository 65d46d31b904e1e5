import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '@lockstep/scim';
import fc from 'fast-check';
import { compileExpression } from './compile-expression.ts';
import { evaluate } from './evaluate.ts';
import { ExpressionError } from './expression-error.ts';
import { expressionFunctions } from './functions/registry.ts';
import { EXPRESSION_PROBLEMS_MAX, findProblems, parseExpression } from './parse-expression.ts';
import { testContext } from './test-context.ts';

const SEED = 20_261_122;
/** Generous: the point is that nothing grows without bound, not how fast a busy machine is. */
const TIME_MAX_MS = 2_000;

const value = fc.oneof(
  fc.string({ maxLength: 40, unit: 'grapheme' }),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '9223372036854775807',
    '2024-02-30',
    '2024-05-06T12:00:00Z',
    'True',
    '((((',
    '\\',
    '[a]',
  ),
  fc.constant(null),
  fc.boolean(),
  fc.double(),
  fc.array(fc.string({ maxLength: 8 }), { maxLength: 4 }),
  fc.constant([{ id: '1', value: 'a', displayName: 'A' }]),
);
const person: fc.Arbitrary<JsonObject> = fc.record({ a: value, b: value, appRoleAssignments: value });

const leaf = fc.oneof(
  fc.constantFrom(
    '[a]',
    '[b]',
    '[appRoleAssignments]',
    '""',
    'True',
    'IgnoreAttributeFlow',
    'IgnoreObjectFlow',
    '&HFF',
  ),
  fc.constantFrom('"d"', '"yyyy-MM-dd"', '"(a+)+$"', '"(?<n>.)"', '"AssumeUniversal"', 'vbTextCompare', 'UTF8'),
  fc.integer({ min: -3, max: 300 }).map(String),
  fc.string({ maxLength: 12 }).map((text) => JSON.stringify(text)),
);

const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc
      .tuple(
        fc.constantFrom(...expressionFunctions),
        fc.array(fc.oneof(leaf, tie('tree'), fc.constant('')), { maxLength: 8 }),
      )
      .map(([{ name, parameters }, slots]) => {
        const needed = parameters.map((_, at) => slots[at] ?? '[a]');
        const all = slots.length > needed.length && parameters.at(-1)?.allowMultipleOccurrences ? slots : needed;
        return `${name}(${all.join(', ')})`;
      }),
    fc
      .tuple(tie('tree'), fc.constantFrom('=', '<>', '<', '>=', '&'), tie('tree'))
      .map(([l, op, r]) => `(${l} ${op} ${r})`),
  ),
}));

function run(text: string, source: JsonObject): void {
  const startedMs = performance.now();
  try {
    for (const mode of ['entra', 'extended'] as const) {
      evaluate(compileExpression(text), source, testContext({ defaultDomain: 'x.example', mode }));
    }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
  }
  assert.ok(performance.now() - startedMs < TIME_MAX_MS, `too slow: ${text.slice(0, 200)}`);
}

test('expressions of all functions over all kinds of values fail by typed errors only, in bounded time', () => {
  fc.assert(fc.property(tree, person, run), { seed: SEED, numRuns: 3_000 });
});

test('any text fails by typed errors only, and its problems are bounded and in order', () => {
  const noise = fc.array(
    fc.constantFrom(
      '(',
      ')',
      ',',
      '"',
      '[',
      ']',
      '&',
      '=',
      '<>',
      ' ',
      'IIF',
      'Switch',
      'Mid',
      '1',
      '-',
      '\\',
      '\u{1f600}',
      'AND',
      'x',
    ),
    { maxLength: 60 },
  );
  const text = fc.oneof(
    noise.map((parts) => parts.join('')),
    fc.string({ maxLength: 200, unit: 'binary' }),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => new TextDecoder().decode(bytes)),
  );
  fc.assert(
    fc.property(text, (expression) => {
      run(expression, { a: 'x' });
      const problems = findProblems(expression);
      assert.ok(problems.length <= EXPRESSION_PROBLEMS_MAX);
      const positions = problems.map(({ position }) => position ?? 0);
      assert.deepEqual(
        positions,
        positions.toSorted((one, other) => one - other),
      );
      const parses = isRead(expression);
      assert.equal(problems.length === 0, parses);
    }),
    { seed: SEED, numRuns: 5_000 },
  );
});

function isRead(text: string): boolean {
  try {
    parseExpression(text);
    return true;
  } catch (error) {
    if (error instanceof ExpressionError) return false;
    throw error;
  }
}

test('the longest and deepest expressions end in bounded time', () => {
  const startedMs = performance.now();
  for (const text of [
    '('.repeat(10_000),
    'Trim('.repeat(2_000),
    ','.repeat(10_000),
    '"'.repeat(9_999),
    '['.repeat(10_000),
  ]) {
    run(text, {});
    run(`Join(${text.slice(0, 9_990)}`, {});
  }
  run(`Join(${'?,'.repeat(4_990)}"")`, {});
  run(`Join(${'x y,'.repeat(2_490)}"")`, {});
  assert.ok(performance.now() - startedMs < 2 * TIME_MAX_MS);
});
