import { evaluationError } from '../expression-error.ts';
import { itemText, listOf, oneText, textOrEmpty, type Value, type ValueItem, wholeNumber } from '../value.ts';
import { type Arguments, define, type FunctionDefinition, parameters } from './function-definition.ts';

/** Functions over lists. Text counts as a list of one, an absent value as an empty list. */
export const listFunctions: readonly FunctionDefinition[] = [
  define('Join', parameters('separator', 'source*'), join),
  define('Count', parameters('attribute'), ([value]) => String(listOf(value ?? null).length)),
  define('Item', parameters('attribute', 'index:Integer'), ([value, position]) => {
    const list = listOf(value ?? null);
    const index = wholeNumber(position, 'index');
    const item = index < 1 ? undefined : list[index - 1];
    if (item === undefined) throw evaluationError(`there is no value ${index}; there are ${list.length}`);
    return itemText(item);
  }),
  define('RemoveDuplicates', parameters('attribute'), ([value]) => {
    if (value === undefined || value === null) return null;
    const seen = new Map<string, ValueItem>();
    for (const item of listOf(value)) if (!seen.has(itemText(item))) seen.set(itemText(item), item);
    return [...seen.values()];
  }),
  define('Split', parameters('source', 'delimiter?'), ([source, delimiter]) => {
    if (source === undefined || source === null) return null;
    const separator = delimiter === undefined ? ',' : textOrEmpty(delimiter);
    return listOf(source).flatMap((item) => splitText(itemText(item), separator));
  }),
  define('Contains', parameters('attribute', 'value'), ([value, searched]) => {
    const text = textOrEmpty(searched);
    return String(listOf(value ?? null).findIndex((item) => itemText(item).includes(text)) + 1);
  }),
];

/** Empty and absent sources are left out together with their separators; lists are spread. */
function join(values: Arguments): Value {
  const separator = textOrEmpty(values[0]);
  let result = '';
  let isFirst = true;
  for (let at = 1; at < values.length; at += 1) {
    const value = values[at] ?? null;
    const items = typeof value === 'string' ? [value] : listOf(value);
    for (const item of items) {
      const text = itemText(item);
      if (text === '') continue;
      result = isFirst ? text : result + separator + text;
      isFirst = false;
    }
  }
  return result;
}

function splitText(text: string, separator: string): readonly string[] {
  return separator === '' ? [text] : text.split(separator).map((part) => part.trim());
}

/** Distinguished names: not lists by type, but lists of parts by nature. */
export const distinguishedNameFunctions: readonly FunctionDefinition[] = [
  define('CRef', parameters('value'), ([value]) => oneText(value)),
  define('DNComponent', parameters('dn', 'number:Integer'), ([value, position]) => {
    const index = wholeNumber(position, 'number');
    if (index < 1) throw evaluationError(`components count from 1, not from ${index}`);
    const part = splitDistinguishedName(textOrEmpty(value))[index - 1];
    return part === undefined ? null : valueOfComponent(part);
  }),
];

/** Parts of a distinguished name; an escaped comma does not separate (RFC 4514 §2.4). */
function splitDistinguishedName(name: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < name.length; at += 1) {
    if (name.charAt(at) === '\\') at += 1;
    else if (name.charAt(at) === ',') {
      parts.push(name.slice(start, at));
      start = at + 1;
    }
  }
  return name === '' ? [] : [...parts, name.slice(start)];
}

function valueOfComponent(part: string): string {
  const value = part.slice(part.indexOf('=') + 1).trim();
  return value.replace(/\\([,\\+"<>;=# ])/g, '$1');
}
