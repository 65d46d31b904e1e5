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

const operators: ReadonlyMap<number, FilterOperator> = new Map(
  (['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr'] as const).map((name) => [pairAt(name, 0), name]),
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
  const { text } = cursor;
  let { at } = cursor;
  while (text.charCodeAt(at) === BLANK || text.charCodeAt(at) === TAB) at += 1;
  cursor.at = at;
}

export function isAtEnd(cursor: FilterCursor): boolean {
  return cursor.at >= cursor.text.length;
}

/** Whether the next character is `character`, which is then stepped over. */
export function takeCharacter(cursor: FilterCursor, character: string): boolean {
  if (cursor.text.charCodeAt(cursor.at) !== character.charCodeAt(0)) return false;
  cursor.at += 1;
  return true;
}

/** The run of characters up to a blank, a quote, a bracket or the end; empty when one of them comes next. */
export function takeWord(cursor: FilterCursor): string {
  const { text, at } = cursor;
  let end = at;
  while (end < text.length && !isDelimiter(text.charCodeAt(end))) end += 1;
  cursor.at = end;
  return text.slice(at, end);
}

/** The run of characters up to a blank, a closing bracket or the end: a value without quotes. */
export function takeBareValue(cursor: FilterCursor): string {
  const { text, at } = cursor;
  let end = at;
  while (end < text.length && !endsBareValue(text.charCodeAt(end))) end += 1;
  cursor.at = end;
  return text.slice(at, end);
}

/** Steps over `and`, `or` or `not` in any case, if that is the next whole word. */
export function takeKeyword(cursor: FilterCursor, keyword: 'and' | 'or' | 'not'): boolean {
  const { text, at } = cursor;
  const end = at + keyword.length;
  // Only letters reach a letter by setting the bit for lower case.
  for (let index = 0; index < keyword.length; index += 1) {
    if ((text.charCodeAt(at + index) | 32) !== keyword.charCodeAt(index)) return false;
  }
  if (!isWordEnd(text, end)) return false;
  cursor.at = end;
  return true;
}

/** Reads an operator in any case. @throws {ScimError} `invalidFilter` when the next word is none */
export function takeOperator(cursor: FilterCursor): FilterOperator {
  const { text, at } = cursor;
  const operator = operators.get(pairAt(text, at));
  if (operator === undefined || !isWordEnd(text, at + 2)) throw noOperator(cursor);
  cursor.at = at + 2;
  return operator;
}

/** Two letters in lower case as one number, which spares the text of the word. */
function pairAt(text: string, at: number): number {
  return ((text.charCodeAt(at) | 32) << 16) | (text.charCodeAt(at + 1) | 32);
}

function isWordEnd(text: string, at: number): boolean {
  return at >= text.length || isDelimiter(text.charCodeAt(at));
}

function noOperator(cursor: FilterCursor): ScimError {
  const start = cursor.at;
  const word = takeWord(cursor);
  if (word === '') return filterError(cursor, 'an operator such as eq, co or pr is missing', start);
  return filterError(cursor, `${JSON.stringify(word)} is no operator (eq, ne, co, sw, ew, gt, ge, lt, le, pr)`, start);
}

/** Reads a JSON string literal with all its escapes; the cursor stands on the opening quote. */
export function takeString(cursor: FilterCursor): string {
  const { text, at } = cursor;
  let isEscaped = false;
  let end = at + 1;
  let code = text.charCodeAt(end);
  while (code !== QUOTE) {
    if (end >= text.length) throw filterError(cursor, 'the quote is never closed that opens', at);
    if (code < BLANK) throw filterError(cursor, 'a control character has to be written as an escape', end);
    if (code === BACKSLASH) isEscaped = true;
    end += code === BACKSLASH ? 2 : 1;
    code = text.charCodeAt(end);
  }
  cursor.at = end + 1;
  return isEscaped ? readEscapes(cursor, at, end + 1) : text.slice(at + 1, end);
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
  // Nearly every character of a name or value is settled by this one comparison.
  if (code > CLOSE_BRACKET) return false;
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
