import { ScimError } from '../error.ts';
import type { CompareOperator } from './filter.ts';

/** A place in the text of a filter or PATCH path; the functions of this file move it forwards only. */
export interface FilterCursor {
  readonly text: string;
  /** Index of the next character to read. */
  at: number;
  /** How many brackets and parentheses are open. */
  depth: number;
}

/** An operator as the lexer knows it: a comparison, or `pr`. */
export type FilterOperator = CompareOperator | 'pr';

const operators: ReadonlyMap<string, FilterOperator> = new Map(
  (['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr'] as const).map((name) => [name, name]),
);

const TAB = 9;
const BLANK = 32;
const QUOTE = 34;
const OPEN_PARENTHESIS = 40;
const CLOSE_PARENTHESIS = 41;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;

/** A refusal of the text at the cursor, or at `at`; columns count from 1. */
export function filterError(cursor: FilterCursor, message: string, at: number = cursor.at): ScimError {
  return new ScimError('invalidFilter', `${message} at column ${at + 1}`);
}

export function skipBlanks(cursor: FilterCursor): void {
  let code = cursor.text.charCodeAt(cursor.at);
  while (code === BLANK || code === TAB) {
    cursor.at += 1;
    code = cursor.text.charCodeAt(cursor.at);
  }
}

export function isAtEnd(cursor: FilterCursor): boolean {
  return cursor.at >= cursor.text.length;
}

/** Whether the next character is `character`, which is then stepped over. */
export function takeCharacter(cursor: FilterCursor, character: string): boolean {
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at += 1;
  return true;
}

/** The run of characters up to a blank, a quote, a bracket or the end; empty when one of them comes next. */
export function takeWord(cursor: FilterCursor): string {
  const start = cursor.at;
  let end = start;
  while (end < cursor.text.length && !isDelimiter(cursor.text.charCodeAt(end))) end += 1;
  cursor.at = end;
  return cursor.text.slice(start, end);
}

/** The run of characters up to a blank, a closing bracket or the end: a value without quotes. */
export function takeBareValue(cursor: FilterCursor): string {
  const start = cursor.at;
  let end = start;
  while (end < cursor.text.length && !endsBareValue(cursor.text.charCodeAt(end))) end += 1;
  cursor.at = end;
  return cursor.text.slice(start, end);
}

/** Steps over `and`, `or` or `not` in any case, if that is the next whole word. */
export function takeKeyword(cursor: FilterCursor, keyword: 'and' | 'or' | 'not'): boolean {
  const { text, at } = cursor;
  const end = at + keyword.length;
  // Only letters reach a letter by setting the bit for lower case.
  for (let index = 0; index < keyword.length; index += 1) {
    if ((text.charCodeAt(at + index) | 32) !== keyword.charCodeAt(index)) return false;
  }
  if (end < text.length && !isDelimiter(text.charCodeAt(end))) return false;
  cursor.at = end;
  return true;
}

/** Reads an operator in any case. @throws {ScimError} `invalidFilter` when the next word is none */
export function takeOperator(cursor: FilterCursor): FilterOperator {
  const start = cursor.at;
  const word = takeWord(cursor);
  const operator = operators.get(word) ?? operators.get(word.toLowerCase());
  if (operator !== undefined) return operator;
  if (word === '') throw filterError(cursor, 'an operator such as eq, co or pr is missing', start);
  throw filterError(cursor, `${JSON.stringify(word)} is no operator (eq, ne, co, sw, ew, gt, ge, lt, le, pr)`, start);
}

/** Reads a JSON string literal with all its escapes; the cursor stands on the opening quote. */
export function takeString(cursor: FilterCursor): string {
  const start = cursor.at;
  let end = start + 1;
  let isEscaped = false;
  for (; cursor.text.charCodeAt(end) !== QUOTE; end += 1) {
    if (end >= cursor.text.length) throw filterError(cursor, 'the quote is never closed that opens', start);
    const code = cursor.text.charCodeAt(end);
    if (code < BLANK) throw filterError(cursor, 'a control character has to be written as an escape', end);
    if (code !== BACKSLASH) continue;
    isEscaped = true;
    end += 1;
  }
  cursor.at = end + 1;
  return isEscaped ? readEscapes(cursor, start, end + 1) : cursor.text.slice(start + 1, end);
}

function readEscapes(cursor: FilterCursor, start: number, end: number): string {
  try {
    return String(JSON.parse(cursor.text.slice(start, end)));
  } catch (cause) {
    const message = 'a backslash has to start a JSON escape (write \\\\ for the backslash itself) in the string';
    throw new ScimError('invalidFilter', `${message} at column ${start + 1}`, { cause });
  }
}

function isDelimiter(code: number): boolean {
  return (
    code === BLANK ||
    code === TAB ||
    code === QUOTE ||
    code === OPEN_PARENTHESIS ||
    code === CLOSE_PARENTHESIS ||
    code === OPEN_BRACKET ||
    code === CLOSE_BRACKET
  );
}

function endsBareValue(code: number): boolean {
  return code === BLANK || code === TAB || code === CLOSE_PARENTHESIS || code === CLOSE_BRACKET;
}

/** Whether a word is a number in the grammar of RFC 8259 §6. */
export function isJsonNumber(word: string): boolean {
  let at = word[0] === '-' ? 1 : 0;
  const integerEnd = endOfDigits(word, at);
  if (integerEnd === at || (word[at] === '0' && integerEnd > at + 1)) return false;
  at = integerEnd;
  if (word[at] === '.') {
    const fractionEnd = endOfDigits(word, at + 1);
    if (fractionEnd === at + 1) return false;
    at = fractionEnd;
  }
  return at === word.length || isExponent(word, at);
}

function isExponent(word: string, start: number): boolean {
  if (word[start] !== 'e' && word[start] !== 'E') return false;
  const isSigned = word[start + 1] === '+' || word[start + 1] === '-';
  const at = start + (isSigned ? 2 : 1);
  const end = endOfDigits(word, at);
  return end > at && end === word.length;
}

function endOfDigits(word: string, start: number): number {
  let end = start;
  while (word.charCodeAt(end) >= 48 && word.charCodeAt(end) <= 57) end += 1;
  return end;
}
