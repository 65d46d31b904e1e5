import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExpressionError } from './expression-error.ts';
import { EXPRESSION_LENGTH_MAX, parseExpression } from './parse-expression.ts';

function problemOf(text: string): { readonly message: string; readonly position: number | undefined } {
  try {
    parseExpression(text);
  } catch (error) {
    if (error instanceof ExpressionError && error.kind === 'parse')
      return { message: error.message, position: error.position };
    throw error;
  }
  return { message: 'none', position: undefined };
}

const problems: readonly (readonly [string, RegExp, number])[] = [
  ['', /empty/, 0],
  ['append([a], "x")', /did you mean Append/, 0],
  ['Appendd([a], "x")', /did you mean Append/, 0],
  ['Xyz()', /no function Xyz$/, 0],
  ["Append([a], 'x')", /double quotes, not in single/, 12],
  ['Append([a], “x”)', /curly/, 12],
  ['Append([a], "x', /no closing quote/, 12],
  ['Append([a, "x")', /no closing bracket/, 7],
  ['Append([ ], "x")', /attribute name is missing/, 7],
  ['Append([a], "x"', /not closed/, 6],
  ['Append([a] "x")', /comma/, 11],
  ['IIF([a] = 1 OR [b] = 2, 1, 2)', /OR does not exist/, 12],
  ['IIF([a] != 1, 1, 2)', /<>/, 8],
  ['[a] + [b]', /arithmetic does not exist/, 4],
  ['Append(NULL, "x")', /NULL does not exist/, 7],
  ['Append([a], - "x")', /minus sign/, 12],
  ['BitAnd(&H, 1)', /hexadecimal/, 7],
  ['Append("a", "b") "c"', /over here/, 17],
  ['Append(, "b")', /argument 1 \(source\) is blank/, 0],
  ['ToLower(Mid([a], 1))', /argument 3 \(length\) is missing/, 8],
  ['Now(1)', /takes no argument/, 0],
  ['ToLower(SelectUniqueValue("a", "b"))', /outermost/, 8],
];

for (const [text, message, position] of problems) {
  test(`a mistake is told with its place: ${text || 'nothing'}`, () => {
    const problem = problemOf(text);
    assert.match(problem.message, message);
    assert.equal(problem.position, position);
  });
}

test('an expression may have 10,000 characters and no more', () => {
  const longest = `"${'x'.repeat(EXPRESSION_LENGTH_MAX - 2)}"`;
  assert.equal(problemOf(longest).message, 'none');
  assert.match(problemOf(`${longest} `).message, /at most 10000/);
});

test('deep nesting is refused instead of overflowing the stack', () => {
  assert.match(problemOf('('.repeat(9_000)).message, /nested deeper/);
  assert.match(problemOf(`${'Not('.repeat(600)}[a]${')'.repeat(600)}`).message, /nested deeper/);
  assert.equal(problemOf(`${'Not('.repeat(400)}[a]${')'.repeat(400)}`).message, 'none');
});

test('a blank behind the last argument is no argument', () => {
  assert.equal(problemOf('StripSpaces([a], )').message, 'none');
  assert.match(problemOf('StripSpaces([a], , )').message, /at most 1/);
});
