import { evaluationError, quoteValue } from '../expression-error.ts';

/** One part of a .NET date format: a field with the number of its letters, or literal text. */
export type FormatToken =
  | { readonly kind: 'field'; readonly letter: string; readonly count: number }
  | { readonly kind: 'literal'; readonly text: string };

const FIELD_LETTERS = 'dMyhHmsfFtKzg';

/** One-letter formats of the invariant culture. `o`, `r` and `y` have capital twins; `U` is in UTC, as all dates here. */
const STANDARD_FORMATS: Readonly<Record<string, string>> = {
  d: 'MM/dd/yyyy',
  D: 'dddd, dd MMMM yyyy',
  f: 'dddd, dd MMMM yyyy HH:mm',
  F: 'dddd, dd MMMM yyyy HH:mm:ss',
  g: 'MM/dd/yyyy HH:mm',
  G: 'MM/dd/yyyy HH:mm:ss',
  m: 'MMMM dd',
  M: 'MMMM dd',
  o: "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK",
  O: "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK",
  r: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
  R: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
  s: "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
  t: 'HH:mm',
  T: 'HH:mm:ss',
  u: "yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
  U: 'dddd, dd MMMM yyyy HH:mm:ss',
  y: 'yyyy MMMM',
  Y: 'yyyy MMMM',
};

const parsed = new Map<string, readonly FormatToken[]>();

/**
 * Cuts a .NET date format into its parts.
 * @throws {ExpressionError} `eval` for an unknown one-letter format, an open quote, and a backslash or percent sign at the end
 */
export function readFormat(format: string): readonly FormatToken[] {
  const known = parsed.get(format);
  if (known !== undefined) return known;
  const tokens = format.length === 1 ? tokenize(standardFormat(format)) : tokenize(format);
  if (parsed.size < 500) parsed.set(format, tokens);
  return tokens;
}

function standardFormat(letter: string): string {
  const format = Object.hasOwn(STANDARD_FORMATS, letter) ? STANDARD_FORMATS[letter] : undefined;
  if (format === undefined) throw evaluationError(`there is no standard date format ${quoteValue(letter)}`);
  return format;
}

function tokenize(format: string): readonly FormatToken[] {
  if (format === '') throw evaluationError('the date format is empty');
  const tokens: FormatToken[] = [];
  let at = 0;
  while (at < format.length) {
    const [token, end] = readToken(format, at);
    tokens.push(token);
    at = end;
  }
  return tokens;
}

function readToken(format: string, at: number): readonly [FormatToken, number] {
  const char = format.charAt(at);
  if (char === "'" || char === '"') return readQuoted(format, at);
  if (char === '\\') return [{ kind: 'literal', text: following(format, at) }, at + 2];
  if (char === '%') return readToken(format, at + (following(format, at) === '' ? 0 : 1));
  if (!FIELD_LETTERS.includes(char)) return [{ kind: 'literal', text: char }, at + 1];
  let end = at + 1;
  while (format.charAt(end) === char) end += 1;
  if ((char === 'f' || char === 'F') && end - at > 7) throw evaluationError('a fraction has at most 7 digits');
  return [{ kind: 'field', letter: char, count: end - at }, end];
}

function following(format: string, at: number): string {
  const next = format.charAt(at + 1);
  if (next === '') throw evaluationError(`the date format ${quoteValue(format)} ends in ${format.charAt(at)}`);
  return next;
}

function readQuoted(format: string, start: number): readonly [FormatToken, number] {
  const quote = format.charAt(start);
  let text = '';
  for (let at = start + 1; at < format.length; at += 1) {
    const char = format.charAt(at);
    if (char === quote) return [{ kind: 'literal', text }, at + 1];
    if (char === '\\') at += 1;
    text += format.charAt(at);
  }
  throw evaluationError(`a quote is not closed in the date format ${quoteValue(format)}`);
}
