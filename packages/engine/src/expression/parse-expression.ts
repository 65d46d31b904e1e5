import { checkExpression } from './check-expression.ts';
import type { ComparisonOperator, Expression, ExpressionWord } from './expression.ts';
import { ExpressionError } from './expression-error.ts';
import { lexExpression, type Token } from './lex.ts';

/** Longest expression, in characters (Entra docs "Reference for writing expressions"). */
export const EXPRESSION_LENGTH_MAX = 10_000;

/** Deepest nesting of calls and parentheses. */
export const EXPRESSION_DEPTH_MAX = 500;

const WORDS: Readonly<Record<ExpressionWord, true>> = {
  True: true,
  False: true,
  vbTextCompare: true,
  vbBinaryCompare: true,
  Unicode: true,
  ASCII: true,
  UTF8: true,
  IgnoreAttributeFlow: true,
  IgnoreObjectFlow: true,
};

/** Words of sibling engines, and what to write here. */
const WORD_HINTS: Readonly<Record<string, string>> = {
  AND: 'AND does not exist: chain IIF through its true branch',
  OR: 'OR does not exist: chain IIF through its false branch',
  NULL: 'NULL does not exist: leave the argument blank, or use IgnoreFlowIfNullOrEmpty',
  CRLF: 'CRLF does not exist in these expressions',
  IgnoreThisFlow: 'the keyword is IgnoreAttributeFlow',
};

const COMPARISON_OPERATORS: Readonly<Record<ComparisonOperator, true>> = {
  '=': true,
  '<>': true,
  '>': true,
  '>=': true,
  '<': true,
  '<=': true,
};

/**
 * Reads an expression and checks it: known function names, number of arguments, required arguments, arguments that must
 * come in pairs, constant patterns that compile.
 *
 * @param text at most 10,000 characters
 * @throws {ExpressionError} `parse`, with the position of what does not fit
 */
export function parseExpression(text: string): Expression {
  const { expression, problems } = readWhole(text);
  const [first] = problems;
  if (first !== undefined) throw first;
  if (expression === undefined) throw new ExpressionError('parse', 'the expression is empty', 0);
  return expression;
}

/** Most problems that are told of one expression. */
export const EXPRESSION_PROBLEMS_MAX = 20;

/**
 * Everything that is wrong with an expression, by position: each argument that cannot be read, and each call that does not fit
 * its function. Empty when it can run. What `parseExpression` throws is among them.
 */
export function findProblems(text: string): readonly ExpressionError[] {
  const { problems } = readWhole(text);
  return problems
    .toSorted((one, other) => (one.position ?? 0) - (other.position ?? 0))
    .slice(0, EXPRESSION_PROBLEMS_MAX);
}

interface ReadResult {
  readonly expression: Expression | undefined;
  /** Mistakes of the grammar come before those of the calls. */
  readonly problems: readonly ExpressionError[];
}

function readWhole(text: string): ReadResult {
  if (text.length > EXPRESSION_LENGTH_MAX) {
    const message = `an expression has at most ${EXPRESSION_LENGTH_MAX} characters`;
    return { expression: undefined, problems: [new ExpressionError('parse', message, EXPRESSION_LENGTH_MAX)] };
  }
  const problems: ExpressionError[] = [];
  const expression = noting(problems, () => readTokens(lexExpression(text, problems), problems));
  if (expression !== undefined) problems.push(...checkExpression(expression));
  return { expression, problems };
}

function readTokens(tokens: readonly Token[], problems: ExpressionError[]): Expression {
  const reader: Reader = { tokens, at: 0, depth: 0, problems };
  if (peek(reader).kind === 'end') throw problems[0] ?? new ExpressionError('parse', 'the expression is empty', 0);
  const expression = readExpression(reader);
  const rest = peek(reader);
  if (rest.kind !== 'end')
    problems.push(new ExpressionError('parse', hintAt(rest, 'the expression is over here'), rest.position));
  return expression;
}

function noting<T>(problems: ExpressionError[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    if (!problems.includes(error)) problems.push(error);
    return undefined;
  }
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
  readonly problems: ExpressionError[];
}

const END: Token = { kind: 'end', value: '', position: 0 };

function peek(reader: Reader): Token {
  return reader.tokens[reader.at] ?? reader.tokens.at(-1) ?? END;
}

function isSymbol(token: Token, symbol: string): boolean {
  return token.kind === 'symbol' && token.value === symbol;
}

function readExpression(reader: Reader): Expression {
  const left = readOperand(reader);
  const operator = peek(reader);
  if (!isComparison(operator)) return left;
  reader.at += 1;
  const right = readOperand(reader);
  return { kind: 'compare', operator: operator.value, left, right, position: operator.position };
}

function isComparison(token: Token): token is Token & { readonly value: ComparisonOperator } {
  return token.kind === 'symbol' && Object.hasOwn(COMPARISON_OPERATORS, token.value);
}

function readOperand(reader: Reader): Expression {
  const first = readPrimary(reader);
  if (!isSymbol(peek(reader), '&')) return first;
  const operands = [first];
  while (isSymbol(peek(reader), '&')) {
    reader.at += 1;
    operands.push(readPrimary(reader));
  }
  return { kind: 'concat', operands, position: first.position };
}

function readPrimary(reader: Reader): Expression {
  const token = peek(reader);
  reader.at += 1;
  const { position, value } = token;
  switch (token.kind) {
    case 'text':
      return { kind: 'text', value, position };
    case 'attribute':
      return { kind: 'attribute', name: value, position };
    case 'number':
      return { kind: 'number', written: value, position };
    case 'word':
      return isSymbol(peek(reader), '(') ? readCall(reader, token) : readKeyword(token);
    case 'symbol':
      if (value === '(') return readParenthesis(reader, position);
      reader.at -= 1;
      throw new ExpressionError('parse', `a value is missing before ${value}`, position);
    default:
      throw new ExpressionError('parse', 'the expression ends too early', position);
  }
}

function readParenthesis(reader: Reader, position: number): Expression {
  enter(reader, position);
  const inner = readExpression(reader);
  expectClosing(reader, position);
  reader.depth -= 1;
  return inner;
}

function readCall(reader: Reader, name: Token): Expression {
  enter(reader, name.position);
  const open = peek(reader);
  reader.at += 1;
  const slots: (Expression | undefined)[] = [];
  if (!isSymbol(peek(reader), ')')) {
    slots.push(readSlot(reader));
    while (isSymbol(peek(reader), ',')) {
      reader.at += 1;
      slots.push(readSlot(reader));
    }
  }
  expectClosing(reader, open.position);
  reader.depth -= 1;
  return { kind: 'call', name: name.value, slots, position: name.position };
}

function readSlot(reader: Reader): Expression | undefined {
  const token = peek(reader);
  if (isSymbol(token, ',') || isSymbol(token, ')')) return undefined;
  const { depth } = reader;
  try {
    const slot = readExpression(reader);
    const next = peek(reader);
    if (next.kind === 'end' || isSymbol(next, ',') || isSymbol(next, ')')) return slot;
    throw new ExpressionError('parse', hintAt(next, 'a comma or a closing parenthesis is missing'), next.position);
  } catch (error) {
    const isLast = peek(reader).kind === 'end' || reader.problems.length >= EXPRESSION_PROBLEMS_MAX;
    if (!(error instanceof ExpressionError) || isLast || reader.depth > EXPRESSION_DEPTH_MAX) throw error;
    reader.problems.push(error);
    reader.depth = depth;
    skipSlot(reader);
    return { kind: 'text', value: '', position: token.position };
  }
}

/** Goes on behind an argument that cannot be read: at the next comma or parenthesis of the same call. */
function skipSlot(reader: Reader): void {
  let depth = 0;
  for (let token = peek(reader); token.kind !== 'end'; token = peek(reader)) {
    if (depth === 0 && (isSymbol(token, ',') || isSymbol(token, ')'))) return;
    if (isSymbol(token, '(')) depth += 1;
    if (isSymbol(token, ')')) depth -= 1;
    reader.at += 1;
  }
}

function expectClosing(reader: Reader, opened: number): void {
  const token = peek(reader);
  reader.at += 1;
  if (isSymbol(token, ')')) return;
  if (token.kind === 'end') throw new ExpressionError('parse', 'the parenthesis opened here is not closed', opened);
  throw new ExpressionError('parse', hintAt(token, 'a comma or a closing parenthesis is missing'), token.position);
}

function enter(reader: Reader, position: number): void {
  reader.depth += 1;
  if (reader.depth > EXPRESSION_DEPTH_MAX) {
    throw new ExpressionError('parse', `calls are nested deeper than ${EXPRESSION_DEPTH_MAX} levels`, position);
  }
}

function readKeyword(token: Token): Expression {
  const name = token.value;
  if (isWord(name)) return { kind: 'word', name, position: token.position };
  const fallback = `${name} is neither a function call nor a keyword; text needs double quotes, attributes need brackets`;
  throw new ExpressionError('parse', hintAt(token, fallback), token.position);
}

function isWord(name: string): name is ExpressionWord {
  return Object.hasOwn(WORDS, name);
}

function hintAt(token: Token, fallback: string): string {
  if (token.kind !== 'word' || !Object.hasOwn(WORD_HINTS, token.value.toUpperCase())) {
    return token.kind === 'word' ? (WORD_HINTS[token.value] ?? fallback) : fallback;
  }
  return WORD_HINTS[token.value.toUpperCase()] ?? fallback;
}
