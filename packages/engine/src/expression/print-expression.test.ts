import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ComparisonOperator, Expression, ExpressionWord } from './expression.ts';
import { ExpressionError } from './expression-error.ts';
import { parseExpression } from './parse-expression.ts';
import { printExpression } from './print-expression.ts';

const position = 0;
const words: readonly ExpressionWord[] = ['True', 'False', 'vbTextCompare', 'Unicode', 'IgnoreAttributeFlow'];
const comparisons: readonly ComparisonOperator[] = ['=', '<>', '>', '>=', '<', '<='];

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.string({ unit: 'grapheme' }).map((value): Expression => ({ kind: 'text', value, position })),
  fc.constantFrom('"', '\\', '\\"', '\\\\', 'a\\b').map((value): Expression => ({ kind: 'text', value, position })),
  fc
    .constantFrom('givenName', 'emails[type eq "work"].value', 'emails[type eq "]"].value', 'urn:x:2.0:User:a b')
    .map((name): Expression => ({ kind: 'attribute', name, position })),
  fc
    .constantFrom('0', '-12', '42568.75', '&HF7', '&hff')
    .map((written): Expression => ({ kind: 'number', written, position })),
  fc.constantFrom(...words).map((name): Expression => ({ kind: 'word', name, position })),
);

/** Any valid tree: operators and calls over smaller trees, with blank slots where they may be. */
const { tree } = fc.letrec<{ tree: Expression }>((tie) => {
  const sub = tie('tree');
  const call = (name: string, ...slots: readonly fc.Arbitrary<Expression | undefined>[]): fc.Arbitrary<Expression> =>
    fc.tuple(...slots).map((given): Expression => ({ kind: 'call', name, slots: given, position }));
  const blank = fc.constant(undefined);
  return {
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc
        .tuple(fc.constantFrom(...comparisons), sub, sub)
        .map(([operator, left, right]): Expression => ({ kind: 'compare', operator, left, right, position })),
      fc
        .array(sub, { minLength: 2, maxLength: 4 })
        .map((operands): Expression => ({ kind: 'concat', operands, position })),
      call('Switch', sub, blank, sub, sub),
      call('Replace', sub, sub, blank, blank, sub, blank, blank),
      call('Join', sub, sub, sub, sub),
      call('Guid'),
      call('ToLower', sub, blank),
    ),
  };
});

function withoutPositions(expression: Expression): unknown {
  return JSON.parse(JSON.stringify(expression, (key, value) => (key === 'position' ? undefined : value)));
}

test('parsing a printed expression gives the same expression', () => {
  fc.assert(
    fc.property(tree, (expression) => {
      const text = printExpression(expression);
      fc.pre(text.length <= 10_000);
      assert.deepEqual(withoutPositions(parseExpression(text)), withoutPositions(expression));
    }),
    { numRuns: 500 },
  );
});

test('printing is a fixed point for every known expression', () => {
  const vectors: readonly { expression: string }[] = JSON.parse(
    readFileSync(new URL('./vectors/expressions.json', import.meta.url), 'utf8'),
  );
  let parsed = 0;
  for (const { expression } of vectors) {
    const first = parseOrNothing(expression);
    if (first === undefined) continue;
    const printed = printExpression(first);
    assert.equal(printExpression(parseExpression(printed)), printed);
    parsed += 1;
  }
  assert.ok(parsed > 300);
});

function parseOrNothing(text: string): Expression | undefined {
  try {
    return parseExpression(text);
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}

test('blank slots are kept, as Graph prints them', () => {
  const text = 'Replace([preferredLanguage],"-",,,"_",,)';
  assert.equal(printExpression(parseExpression(text)), 'Replace([preferredLanguage], "-", , , "_", , )');
});
