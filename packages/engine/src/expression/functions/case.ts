import { evaluationError, quoteValue } from '../expression-error.ts';
import { oneText, type Value } from '../value.ts';
import { defineText, type FunctionDefinition, parameters } from './function-definition.ts';
import { normalizeDiacritics } from './normalize-diacritics.ts';

/** Functions about letters: upper and lower case, initials, diacritics. */
export const caseFunctions: readonly FunctionDefinition[] = [
  defineText('ToLower', parameters('source', 'culture?'), (text, values) =>
    mapCase(text, 'lower', readCulture(values[1])),
  ),
  defineText('ToUpper', parameters('source', 'culture?'), (text, values) =>
    mapCase(text, 'upper', readCulture(values[1])),
  ),
  defineText('PCase', parameters('source', 'wordSeparators?'), (text, values) => {
    const separators = oneText(values[1]);
    return separators === null ? titleCase(text) : capitalizeAfter(text, separators);
  }),
  defineText('NormalizeDiacritics', parameters('source'), (text, _values, { mode }) => {
    const plain = normalizeDiacritics(text);
    return mode === 'extended' ? plain.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC') : plain;
  }),
];

/** @throws {ExpressionError} `eval` for a culture nobody knows */
function readCulture(value: Value | undefined): string | undefined {
  const name = oneText(value);
  if (name === null || name === '') return undefined;
  if (!isKnownCulture(name)) throw evaluationError(`there is no culture ${quoteValue(name)}`);
  return name;
}

const knownCultures = new Map<string, boolean>();

function isKnownCulture(name: string): boolean {
  const known = knownCultures.get(name);
  if (known !== undefined) return known;
  let isKnown = false;
  try {
    isKnown = Intl.DateTimeFormat.supportedLocalesOf(name).length > 0;
  } catch {
    isKnown = false;
  }
  if (knownCultures.size < 200) knownCultures.set(name, isKnown);
  return isKnown;
}

/**
 * Simple case mapping, as .NET has it: character by character, and a character whose counterpart is longer stays. So sharp
 * s and ligatures stay, and there is no rule for the final sigma. Only Turkish and Azeri have letters of their own; without a
 * culture the dotted capital and the dotless small i stay, and so does the long s.
 */
export function mapCase(text: string, to: 'lower' | 'upper', culture?: string): string {
  const isTurkic = culture !== undefined && /^(?:tr|az)(?:-|$)/i.test(culture);
  if (!isTurkic && isAscii(text)) return to === 'lower' ? text.toLowerCase() : text.toUpperCase();
  let mapped = '';
  for (const char of text) {
    if (culture === undefined && INVARIANT.includes(char)) mapped += char;
    else mapped += to === 'lower' ? lowerChar(char, isTurkic) : upperChar(char, isTurkic);
  }
  return mapped;
}

/** Letters whose counterpart is an ASCII letter stay in the invariant culture: dotted I, dotless i, long s. */
const INVARIANT = '\u0130\u0131\u017f';

function lowerChar(char: string, isTurkic: boolean): string {
  if (char === '\u0130') return 'i';
  const other = isTurkic ? char.toLocaleLowerCase('tr') : char.toLowerCase();
  return other.length === char.length ? other : char;
}

function upperChar(char: string, isTurkic: boolean): string {
  const other = isTurkic ? char.toLocaleUpperCase('tr') : char.toUpperCase();
  return other.length === char.length ? other : (greekCapitals.get(char) ?? char);
}

/** Greek letters with iota subscript have a capital of one character, which JavaScript does not use. */
const greekCapitals: ReadonlyMap<string, string> = new Map(
  Array.from({ length: 0x80 }, (_, index) => String.fromCharCode(0x1f80 + index))
    .filter((capital) => capital.toLowerCase() !== capital && capital.toUpperCase().length > 1)
    .map((capital) => [capital.toLowerCase(), capital]),
);

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

/** The small digraphs of Croatian to those with one capital letter, which start a word. */
const TITLE_DIGRAPHS: ReadonlyMap<string, string> = new Map([
  ['\u01c6', '\u01c5'],
  ['\u01c9', '\u01c8'],
  ['\u01cc', '\u01cb'],
  ['\u01f3', '\u01f2'],
]);

/**
 * Everything lower-case, then the first letter of each word raised by .NET's rules: marks, digits and the straight
 * apostrophe do not end a word; blanks, dashes and all other punctuation and symbols do.
 */
function titleCase(text: string): string {
  let result = '';
  let isInWord = false;
  for (const char of mapCase(text, 'lower')) {
    const isLetter = /\p{L}/u.test(char);
    result += isLetter && !isInWord ? (TITLE_DIGRAPHS.get(char) ?? mapCase(char, 'upper')) : char;
    if (isLetter) isInWord = true;
    else if (isInWord && char !== "'" && !/[\p{M}\p{N}]/u.test(char)) isInWord = false;
  }
  return result;
}

/** Everything lower-case, then the character at the start and behind each given separator raised. */
function capitalizeAfter(text: string, separators: string): string {
  let result = '';
  let isStart = true;
  for (const char of mapCase(text, 'lower')) {
    result += isStart ? mapCase(char, 'upper') : char;
    isStart = separators.includes(char);
  }
  return result;
}
