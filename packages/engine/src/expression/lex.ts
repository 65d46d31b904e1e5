import { ExpressionError } from './expression-error.ts';

/** A token of an expression. `position` and `end` count characters from 0. */
export type Token = {
  readonly kind: 'text' | 'attribute' | 'number' | 'word' | 'symbol' | 'end';
  /** Decoded text, attribute name, number as written, word, or the symbol itself. */
  readonly value: string;
  readonly position: number;
};

const COMPARISONS = ['<>', '>=', '<=', '=', '>', '<'];
const SYMBOLS = '(),&';
const BLANKS = ' \t\r\n\u00a0';

/** What people type from other languages, and what to write instead. */
const HINTS: readonly (readonly [string, string])[] = [
  ["'", 'text stands in straight double quotes, not in single quotes'],
  ['\u2018', 'text stands in straight double quotes, not in curly quotes'],
  ['\u2019', 'text stands in straight double quotes, not in curly quotes'],
  ['\u201c', 'text stands in straight double quotes, not in curly quotes'],
  ['\u201d', 'text stands in straight double quotes, not in curly quotes'],
  ['!=', 'not equal is written <>'],
  ['!', 'a condition is turned round with Not(...)'],
  ['|', 'OR does not exist: chain IIF through its false branch'],
  ['%', 'parameters in percent signs do not exist here'],
  ['+', 'texts are joined with Append, Join or &; arithmetic does not exist'],
  [']', 'a bracket is closed that was not opened'],
];

/**
 * Cuts an expression into tokens. What fits nowhere is noted, and read as what was probably meant, so that one mistake does not
 * hide the others.
 */
export function lexExpression(text: string, problems: ExpressionError[]): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (BLANKS.includes(text.charAt(at))) {
      at += 1;
      continue;
    }
    const [token, end] = readOrRecover(text, at, { afterOperand: endsOperand(tokens.at(-1)), problems });
    if (token !== undefined) tokens.push(token);
    at = end;
  }
  tokens.push({ kind: 'end', value: '', position: text.length });
  return tokens;
}

function readOrRecover(
  text: string,
  at: number,
  { afterOperand, problems }: { readonly afterOperand: boolean; readonly problems: ExpressionError[] },
): readonly [Token | undefined, number] {
  try {
    return readToken(text, at, afterOperand);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    problems.push(error);
    return recover(text, at);
  }
}

const QUOTES = "'\u2018\u2019\u201c\u201d";
/** Where something that is not closed probably ends. */
const NEXT_ARGUMENT = /[,()]/;

/** What was probably meant at a place that cannot be read. */
function recover(text: string, at: number): readonly [Token | undefined, number] {
  const first = text.charAt(at);
  const symbol = (value: string, length: number): readonly [Token, number] => [
    { kind: 'symbol', value, position: at },
    at + length,
  ];
  if (text.startsWith('!=', at)) return symbol('<>', 2);
  if (first === '+') return symbol('&', 1);
  if (first === '|') return symbol('&', text.startsWith('||', at) ? 2 : 1);
  if (first === '"') return [{ kind: 'text', value: '', position: at }, text.length];
  if (QUOTES.includes(first)) {
    const end = indexWhere(text, at + 1, (char) => QUOTES.includes(char) || char === '"');
    return [{ kind: 'text', value: '', position: at }, end + 1];
  }
  if (first === '[') {
    const end = indexWhere(text, at + 1, (char) => char === ']' || NEXT_ARGUMENT.test(char));
    return [{ kind: 'attribute', value: 'x', position: at }, text.charAt(end) === ']' ? end + 1 : end];
  }
  if (first === '-') return [{ kind: 'number', value: '0', position: at }, at + 1];
  if (first === '&') {
    const end = indexWhere(text, at + 2, (char) => !/[0-9A-Fa-f]/.test(char));
    return [{ kind: 'number', value: '0', position: at }, end];
  }
  if (first === '%') {
    const end = indexWhere(text, at + 1, (char) => char === '%' || NEXT_ARGUMENT.test(char));
    return [{ kind: 'text', value: '', position: at }, text.charAt(end) === '%' ? end + 1 : end];
  }
  return [undefined, at + 1];
}

function indexWhere(text: string, from: number, isEnd: (char: string) => boolean): number {
  let at = from;
  while (at < text.length && !isEnd(text.charAt(at))) at += 1;
  return at;
}

/** Behind an operand `&` joins; elsewhere `&H` starts a hexadecimal number. */
function endsOperand(token: Token | undefined): boolean {
  if (token === undefined || token.kind === 'end') return false;
  return token.kind !== 'symbol' || token.value === ')';
}

function readToken(text: string, at: number, afterOperand: boolean): readonly [Token, number] {
  const first = text.charAt(at);
  if (first === '"') return readText(text, at);
  if (first === '[') return readAttribute(text, at);
  if (isDigit(first) || first === '-') return readNumber(text, at);
  if (first === '&' && !afterOperand && /^&[Hh]/.test(text.slice(at, at + 2))) return readHexNumber(text, at);
  if (isNameStart(first)) return readWord(text, at);
  if (SYMBOLS.includes(first)) return [{ kind: 'symbol', value: first, position: at }, at + 1];
  const comparison = COMPARISONS.find((operator) => text.startsWith(operator, at));
  if (comparison !== undefined) return [{ kind: 'symbol', value: comparison, position: at }, at + comparison.length];
  const hint = HINTS.find(([start]) => text.startsWith(start, at));
  throw new ExpressionError('parse', hint?.[1] ?? `${JSON.stringify(first)} does not belong here`, at);
}

/** Only `\"` and `\\` are escapes; a backslash before anything else stays. */
function readText(text: string, start: number): readonly [Token, number] {
  let value = '';
  let from = start + 1;
  for (let at = from; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '"') return [{ kind: 'text', value: value + text.slice(from, at), position: start }, at + 1];
    const next = text.charAt(at + 1);
    if (char !== '\\' || (next !== '"' && next !== '\\')) continue;
    value += text.slice(from, at) + next;
    from = at + 2;
    at += 1;
  }
  throw new ExpressionError('parse', 'the text that starts here has no closing quote', start);
}

/** Brackets inside the name nest, as in `[emails[type eq "work"].value]`; quoted text may hold any of them. */
function readAttribute(text: string, start: number): readonly [Token, number] {
  let depth = 0;
  let isQuoted = false;
  for (let at = start; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (char === '[') depth += 1;
    if (char === ']') depth -= 1;
    if (depth > 0) continue;
    const name = text.slice(start + 1, at).trim();
    if (name === '') throw new ExpressionError('parse', 'an attribute name is missing in the brackets', start);
    return [{ kind: 'attribute', value: name, position: start }, at + 1];
  }
  throw new ExpressionError('parse', 'the attribute that starts here has no closing bracket', start);
}

function readNumber(text: string, start: number): readonly [Token, number] {
  let end = text.charAt(start) === '-' ? start + 1 : start;
  if (!isDigit(text.charAt(end))) throw new ExpressionError('parse', 'a minus sign needs a number behind it', start);
  while (isDigit(text.charAt(end))) end += 1;
  if (text.charAt(end) === '.' && isDigit(text.charAt(end + 1))) {
    end += 1;
    while (isDigit(text.charAt(end))) end += 1;
  }
  return [{ kind: 'number', value: text.slice(start, end), position: start }, end];
}

function readHexNumber(text: string, start: number): readonly [Token, number] {
  let end = start + 2;
  while (/^[0-9A-Fa-f]$/.test(text.charAt(end))) end += 1;
  const digits = end - start - 2;
  if (digits < 1 || digits > 16) {
    throw new ExpressionError('parse', '&H needs 1 to 16 hexadecimal digits behind it', start);
  }
  return [{ kind: 'number', value: text.slice(start, end), position: start }, end];
}

function readWord(text: string, start: number): readonly [Token, number] {
  let end = start + 1;
  while (isNameStart(text.charAt(end)) || isDigit(text.charAt(end))) end += 1;
  return [{ kind: 'word', value: text.slice(start, end), position: start }, end];
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9';
}

function isNameStart(char: string): boolean {
  return (char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z') || char === '_';
}
