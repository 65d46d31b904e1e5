import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileExpression } from './compile-expression.ts';
import { evaluate } from './evaluate.ts';
import { ExpressionError } from './expression-error.ts';
import { isRepeating } from './functions/function-definition.ts';
import { expressionFunctions } from './functions/registry.ts';
import { testContext } from './test-context.ts';

const argument = fc.constantFrom(
  '[text]',
  '[list]',
  '[absent]',
  '[number]',
  '[date]',
  '[roles]',
  '""',
  '"a"',
  '"yyyy"',
  '"d"',
  '1',
  '-1',
  '0',
  '99999999999',
  '&HF',
  'True',
);

test('no call of any function fails with anything but an expression error', () => {
  const call = fc
    .tuple(fc.constantFrom(...expressionFunctions), fc.array(argument, { minLength: 0, maxLength: 8 }))
    .map(([definition, given]) => {
      const count = isRepeating(definition) ? given.length : definition.parameters.length;
      return `${definition.name}(${given.slice(0, count).join(', ')})`;
    });
  const source = {
    text: 'abc',
    list: ['a', 'b', ''],
    number: 7,
    date: '2024-02-29T10:00:00+02:00',
    roles: [{ id: '1', value: 'r' }],
  };
  let evaluated = 0;
  fc.assert(
    fc.property(call, (text) => {
      try {
        evaluate(compileExpression(text), source, testContext());
        evaluated += 1;
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
      }
    }),
    { numRuns: 3_000 },
  );
  assert.ok(evaluated > 300, `only ${evaluated} calls could be evaluated`);
});

test('no text makes the parser fail with anything but an expression error', () => {
  const piece = fc.constantFrom(
    '(',
    ')',
    ',',
    '"',
    '[',
    ']',
    '\\',
    '&',
    '&H',
    '=',
    '<',
    '>',
    ' ',
    'IIF',
    'Mid',
    '1',
    '-',
    '.',
    'é',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      try {
        compileExpression(pieces.join(''));
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
      }
    }),
    { numRuns: 2_000 },
  );
});

test('all functions of the reference exist, each with a name of its own', () => {
  const names = expressionFunctions.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  assert.ok(names.length >= 56, `${names.length} functions`);
});

test('a choice evaluates only the branch it takes', () => {
  const compiled = compileExpression('IIF([a] = "x", "fine", Error("not reached"))');
  assert.deepEqual(evaluate(compiled, { a: 'x' }, testContext()), { kind: 'value', value: 'fine', isRedacted: false });
  assert.throws(() => evaluate(compiled, { a: 'y' }, testContext()), { kind: 'eval', message: 'Error: not reached' });
});

test('a redaction counts only when it is evaluated', () => {
  const compiled = compileExpression('IIF([a] = "x", Redact([b]), [b])');
  assert.deepEqual(evaluate(compiled, { a: 'x', b: '1' }, testContext()), {
    kind: 'value',
    value: '1',
    isRedacted: true,
  });
  assert.deepEqual(evaluate(compiled, { a: 'y', b: '1' }, testContext()), {
    kind: 'value',
    value: '1',
    isRedacted: false,
  });
});

test('without knowledge of the target SelectUniqueValue offers its candidates', () => {
  const compiled = compileExpression('SelectUniqueValue([a], [absent], Append([a], "2"))');
  const expected = { kind: 'candidates', values: ['eva', 'eva2'], isRedacted: false };
  assert.deepEqual(evaluate(compiled, { a: 'eva' }, testContext()), expected);
});

test('a compiled expression knows what it reads and calls', () => {
  const compiled = compileExpression('IIF([a] = "x", Append([b], [a]), "c" & [d])');
  assert.deepEqual(compiled.attributes, ['a', 'b', 'd']);
  assert.deepEqual(compiled.functions, ['IIF', 'Append']);
});

test('an evaluation error tells the call, its place and the value', () => {
  const compiled = compileExpression('Append("x", Mid([a], [n], 2))');
  assert.throws(() => evaluate(compiled, { a: 'abc', n: 'one' }, testContext()), {
    kind: 'eval',
    position: 12,
    message: 'Mid: start must be a whole number, not "one"',
  });
});
