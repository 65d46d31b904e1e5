import type { Dialect, NoteDeviation } from '../dialect/dialect.ts';
import { isPlainName, parseAttributePath } from '../path/parse-attribute-path.ts';
import type { AttributePath } from '../path/path.ts';
import type { ResourceType } from '../schema/attribute.ts';
import type { Filter, FilterLiteral } from './filter.ts';
import {
  type FilterCursor,
  filterError,
  isAtEnd,
  isJsonNumber,
  skipBlanks,
  takeBareValue,
  takeCharacter,
  takeKeyword,
  takeOperator,
  takeString,
  takeWord,
} from './lex-filter.ts';

/** How to read a filter. */
export interface FilterOptions {
  /** Tells where the URN of an attribute ends. Without it the last colon divides URN and attribute. */
  readonly type?: ResourceType;
  /** The deviations to accept; none when absent. */
  readonly accepts?: Dialect;
  readonly note?: NoteDeviation;
  /** Longest text, in characters. Default 8,192. */
  readonly lengthMax?: number;
  /** How many brackets and parentheses may be open at once. Default 32. */
  readonly depthMax?: number;
}

/** Longest filter that is read when no other limit is given, in characters. */
export const FILTER_LENGTH_MAX = 8_192;
/** Deepest nesting of brackets and parentheses that is read when no other limit is given. */
export const FILTER_DEPTH_MAX = 32;

const nothing: FilterOptions = {};

/**
 * Reads a filter (RFC 7644 §3.4.2.2). Operators match without regard to case; `not` binds tighter than `and`, `and`
 * tighter than `or`; chains of `and` or of `or` come back flat, whatever parentheses stood around their parts.
 *
 * Time is linear in the length of the text, and nothing is read deeper than `depthMax`.
 *
 * @param text the decoded `filter` parameter
 * @throws {ScimError} `invalidFilter`, with the column of the first character that does not fit
 */
export function parseFilter(text: string, options: FilterOptions = nothing): Filter {
  const cursor = openCursor(text, options);
  const filter = readOr(cursor, options);
  if (isAtEnd(cursor)) return filter;
  if (cursor.text[cursor.at] === ')' || cursor.text[cursor.at] === ']') {
    throw filterError(cursor, `${cursor.text[cursor.at]} closes nothing that is open`);
  }
  throw filterError(cursor, 'text is left over where "and", "or" or the end was expected');
}

/** A cursor at the start of a text whose length was checked. @throws {ScimError} `invalidFilter` when it is too long */
export function openCursor(text: string, options: FilterOptions): FilterCursor {
  const lengthMax = options.lengthMax ?? FILTER_LENGTH_MAX;
  const cursor = { text, at: 0, depth: 0 };
  if (text.length > lengthMax)
    throw filterError(cursor, `the filter is longer than ${lengthMax} characters`, lengthMax);
  return cursor;
}

/** Reads the filter in the brackets of a value path; the cursor stands behind the opening bracket. */
export function readBrackets(cursor: FilterCursor, options: FilterOptions): Filter {
  const start = cursor.at - 1;
  const filter = readInside(cursor, options, true);
  if (!takeCharacter(cursor, ']')) throw unclosed(cursor, '[', start);
  return filter;
}

function readOr(cursor: FilterCursor, options: FilterOptions, isElement = false): Filter {
  const first = readAnd(cursor, options, isElement);
  if (!takeKeyword(cursor, 'or')) return first;
  const filters: Filter[] = [];
  pushFlat(filters, first, 'or');
  do {
    pushFlat(filters, readAnd(cursor, options, isElement), 'or');
  } while (takeKeyword(cursor, 'or'));
  return { kind: 'or', filters };
}

function readAnd(cursor: FilterCursor, options: FilterOptions, isElement: boolean): Filter {
  const first = readTerm(cursor, options, isElement);
  skipBlanks(cursor);
  if (!takeKeyword(cursor, 'and')) return first;
  const filters: Filter[] = [];
  pushFlat(filters, first, 'and');
  do {
    pushFlat(filters, readTerm(cursor, options, isElement), 'and');
    skipBlanks(cursor);
  } while (takeKeyword(cursor, 'and'));
  return { kind: 'and', filters };
}

function pushFlat(filters: Filter[], filter: Filter, kind: 'and' | 'or'): void {
  if (filter.kind !== kind) {
    filters.push(filter);
    return;
  }
  for (const inner of filter.filters) filters.push(inner);
}

/** `isElement` is true inside brackets, where RFC 7644 figure 1 allows no further value path. */
function readTerm(cursor: FilterCursor, options: FilterOptions, isElement: boolean): Filter {
  skipBlanks(cursor);
  const start = cursor.at;
  if (takeCharacter(cursor, '(')) return readParentheses(cursor, options, isElement);
  if (takeKeyword(cursor, 'not')) {
    skipBlanks(cursor);
    if (!takeCharacter(cursor, '(')) throw filterError(cursor, '"not" needs parentheses: not (…)');
    return { kind: 'not', filter: readParentheses(cursor, options, isElement) };
  }
  const word = takeWord(cursor);
  if (word === '') throw missingAttribute(cursor);
  const path = isPlainName(word)
    ? { name: word }
    : parseAttributePath(word, options, { code: 'invalidFilter', column: start + 1 });
  if (!takeCharacter(cursor, '[')) return readComparison(cursor, path, options);
  if (isElement) throw filterError(cursor, 'a filter in brackets cannot hold brackets', cursor.at - 1);
  return readValuePath(cursor, path, options);
}

function readParentheses(cursor: FilterCursor, options: FilterOptions, isElement: boolean): Filter {
  const start = cursor.at - 1;
  const filter = readInside(cursor, options, isElement);
  if (!takeCharacter(cursor, ')')) throw unclosed(cursor, '(', start);
  return filter;
}

function readInside(cursor: FilterCursor, options: FilterOptions, isElement: boolean): Filter {
  const depthMax = options.depthMax ?? FILTER_DEPTH_MAX;
  cursor.depth += 1;
  if (cursor.depth > depthMax) throw filterError(cursor, `the filter is nested deeper than ${depthMax} levels`);
  const filter = readOr(cursor, options, isElement);
  cursor.depth -= 1;
  return filter;
}

function readComparison(cursor: FilterCursor, path: AttributePath, options: FilterOptions): Filter {
  skipBlanks(cursor);
  const operator = takeOperator(cursor);
  if (operator === 'pr') return { kind: 'present', path };
  skipBlanks(cursor);
  return { kind: 'compare', path, operator, value: readLiteral(cursor, options) };
}

function readValuePath(cursor: FilterCursor, path: AttributePath, options: FilterOptions): Filter {
  const inner = readBrackets(cursor, options);
  if (cursor.text[cursor.at] !== '.') return { kind: 'valuePath', path, filter: inner };
  if (!options.accepts?.has('valuePathInFilter')) {
    throw filterError(cursor, 'nothing may follow the closing bracket of a value path; put the condition inside');
  }
  options.note?.('valuePathInFilter');
  cursor.at += 1;
  const column = cursor.at + 1;
  const sub = parseAttributePath(takeWord(cursor), {}, { code: 'invalidFilter', column });
  const filters: Filter[] = [];
  pushFlat(filters, inner, 'and');
  filters.push(readComparison(cursor, sub, options));
  return { kind: 'valuePath', path, filter: { kind: 'and', filters } };
}

function readLiteral(cursor: FilterCursor, options: FilterOptions): FilterLiteral {
  const start = cursor.at;
  if (cursor.text[start] === '"') return takeString(cursor);
  if (cursor.text[start] === "'") throw filterError(cursor, 'text stands in double quotes, not in single ones');
  const word = takeBareValue(cursor);
  if (word === 'true') return true;
  if (word === 'false') return false;
  if (word === 'null') return null;
  if (isJsonNumber(word)) return Number(word);
  if (word === '') throw filterError(cursor, 'a value to compare with is missing', start);
  if (!options.accepts?.has('unquotedLiteral')) {
    throw filterError(cursor, `the value ${JSON.stringify(word)} has to stand in double quotes`, start);
  }
  options.note?.('unquotedLiteral');
  return word;
}

function missingAttribute(cursor: FilterCursor): Error {
  const next = cursor.text[cursor.at];
  if (next === undefined) return filterError(cursor, 'an attribute name is missing');
  return filterError(cursor, `an attribute name was expected before ${JSON.stringify(next)}`);
}

function unclosed(cursor: FilterCursor, bracket: string, start: number): Error {
  if (isAtEnd(cursor)) return filterError(cursor, `${bracket} is never closed that opens`, start);
  return filterError(cursor, `"and", "or" or the end of ${bracket} was expected`);
}
