import { evaluationError } from '../expression-error.ts';
import { booleanText, oneText, textOrEmpty, wholeNumber } from '../value.ts';
import { type Arguments, define, defineText, type FunctionDefinition, parameters } from './function-definition.ts';

/** Functions that cut, join and search text (Entra docs "Reference for writing expressions for attribute mappings"). */
export const textFunctions: readonly FunctionDefinition[] = [
  defineText('Append', parameters('source', 'suffix'), (text, values) => text + textOrEmpty(values[1])),
  define('Prepend', parameters('prefix', 'source'), ([prefix, source]) => {
    const text = oneText(source);
    return text === null ? null : textOrEmpty(prefix) + text;
  }),
  define('CStr', parameters('value'), ([value]) => oneText(value)),
  define('InStr', parameters('value1', 'value2', 'start?:Integer', 'compareType?'), inStr),
  define('IsString', parameters('expression'), ([value]) => booleanText(typeof value === 'string')),
  define('Left', parameters('String', 'NumChars:Integer'), ([value, count]) => {
    const text = textOrEmpty(value);
    const length = wholeNumber(count, 'NumChars');
    return length < 0 ? text : text.slice(0, length);
  }),
  define('Len', parameters('String'), ([value]) => String(textOrEmpty(value).length)),
  defineText('Mid', parameters('source', 'start:Integer', 'length:Integer'), (text, values) => {
    const start = wholeNumber(values[1], 'start');
    const length = wholeNumber(values[2], 'length');
    if (start < 1) throw evaluationError(`start counts from 1, but is ${start}`);
    if (length < 0) throw evaluationError(`length must not be negative, but is ${length}`);
    return text.slice(start - 1, start - 1 + length);
  }),
  defineText('StripSpaces', parameters('source'), (text) => text.replaceAll(' ', '')),
  defineText('Trim', parameters('value'), (text) => text.trim()),
  define('Word', parameters('String', 'WordNumber:Integer', 'delimiters'), ([value, number, delimiters]) =>
    nthWord(textOrEmpty(value), wholeNumber(number, 'WordNumber'), textOrEmpty(delimiters)),
  ),
];

/** One-based position of a text in another, 0 when it is not there. Compares case-sensitively unless vbTextCompare. */
function inStr(values: Arguments): string {
  const isTextCompare = oneText(values[3]) === 'vbTextCompare';
  const fold = (text: string): string => (isTextCompare ? text.toLowerCase() : text);
  const start = values[2] === undefined ? 1 : wholeNumber(values[2], 'start');
  if (start < 1) throw evaluationError(`start counts from 1, but is ${start}`);
  const whole = fold(textOrEmpty(values[0]));
  if (start > whole.length) return '0';
  return String(whole.indexOf(fold(textOrEmpty(values[1])), start - 1) + 1);
}

/** Any of the characters separates; runs of them separate once. A word that does not exist is empty. */
function nthWord(text: string, number: number, delimiters: string): string {
  if (number < 1) return '';
  let found = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const isEnd = at === text.length || delimiters.includes(text.charAt(at));
    if (!isEnd) continue;
    if (at > start) found += 1;
    if (found === number && at > start) return text.slice(start, at);
    start = at + 1;
  }
  return '';
}
