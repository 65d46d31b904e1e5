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
 * s and ligatures stay, and there is no rule for the final sigma.
 */
export function mapCase(text: string, to: 'lower' | 'upper', culture?: string): string {
  if (culture === undefined && isAscii(text)) return to === 'lower' ? text.toLowerCase() : text.toUpperCase();
  let mapped = '';
  for (const char of text) {
    const other = to === 'lower' ? char.toLocaleLowerCase(culture ?? 'en') : char.toLocaleUpperCase(culture ?? 'en');
    mapped += other.length === char.length ? other : char;
  }
  return mapped;
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

/**
 * Everything lower-case, then the first letter of each word raised by .NET's rules: marks, digits and the straight
 * apostrophe do not end a word; blanks, dashes and all other punctuation and symbols do.
 */
function titleCase(text: string): string {
  let result = '';
  let isInWord = false;
  for (const char of mapCase(text, 'lower')) {
    const isLetter = /\p{L}/u.test(char);
    result += isLetter && !isInWord ? mapCase(char, 'upper') : char;
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
