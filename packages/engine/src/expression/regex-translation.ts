import { propertyClass, shorthandClass } from './regex-classes.ts';

/** A .NET pattern in RE2's words, with the names of its groups from left to right. */
export interface TranslatedPattern {
  readonly pattern: string;
  readonly groups: readonly (string | undefined)[];
  /** It asks for the end of the text, which in .NET is also the place before a final line break. */
  readonly hasEnd: boolean;
}

/** Openings RE2 does not have, by what they are. */
const UNSUPPORTED: readonly (readonly [string, string])[] = [
  ['(?=', 'look-ahead'],
  ['(?!', 'negative look-ahead'],
  ['(?<=', 'look-behind'],
  ['(?<!', 'negative look-behind'],
  ['(?>', 'atomic groups'],
  ['(?(', 'conditionals'],
];

interface Reading {
  readonly text: string;
  at: number;
  readonly out: string[];
  readonly groups: (string | undefined)[];
  hasEnd: boolean;
  options: Options;
  /** Options that come back when the group closes. */
  readonly outer: Options[];
}

/** Options RE2 does not have. */
interface Options {
  /** `x`: blanks and comments are left out. */
  readonly skipsBlanks: boolean;
  /** `n`: only named groups capture. */
  readonly namesOnly: boolean;
}

const NO_OPTIONS: Options = { skipsBlanks: false, namesOnly: false };

/** Rewrites what .NET and RE2 spell differently, and names constructs that do not exist in linear time. */
export function translatePattern(text: string): TranslatedPattern | { readonly problem: string } {
  const reading: Reading = { text, at: 0, out: [], groups: [], hasEnd: false, options: NO_OPTIONS, outer: [] };
  while (reading.at < text.length) {
    const problem = translateNext(reading);
    if (problem !== undefined) return { problem };
  }
  return { pattern: reading.out.join(''), groups: reading.groups, hasEnd: reading.hasEnd };
}

function translateNext(reading: Reading): string | undefined {
  if (reading.options.skipsBlanks && skipBlank(reading)) return undefined;
  switch (reading.text.charAt(reading.at)) {
    case '\\':
      return translateEscape(reading, false);
    case '[':
      return translateClass(reading);
    case '(':
      return translateOpening(reading);
    case ')':
      reading.options = reading.outer.pop() ?? reading.options;
      copy(reading, 1);
      return undefined;
    case '$':
      putEnd(reading, 1);
      return undefined;
    default:
      copy(reading, 1);
      return undefined;
  }
}

/** A blank, or a comment up to the end of its line, where the option `x` holds. */
function skipBlank(reading: Reading): boolean {
  const char = reading.text.charAt(reading.at);
  if (char === '#') {
    const end = reading.text.indexOf('\n', reading.at);
    reading.at = end < 0 ? reading.text.length : end + 1;
    return true;
  }
  if (!/\s/.test(char)) return false;
  reading.at += 1;
  return true;
}

function copy(reading: Reading, length: number): void {
  reading.out.push(reading.text.slice(reading.at, reading.at + length));
  reading.at += length;
}

function put(reading: Reading, text: string, length: number): void {
  reading.out.push(text);
  reading.at += length;
}

function putEnd(reading: Reading, length: number): void {
  reading.hasEnd = true;
  put(reading, '$', length);
}

function translateOpening(reading: Reading): string | undefined {
  const rest = reading.text.slice(reading.at, reading.at + 4);
  const unsupported = UNSUPPORTED.find(([opening]) => rest.startsWith(opening));
  if (unsupported !== undefined) return `${unsupported[1]} ${unsupported[0]} cannot run in linear time`;
  if (rest.startsWith('(?#')) return skipComment(reading);
  if (rest.startsWith('(?<') || rest.startsWith("(?'") || rest.startsWith('(?P<')) return translateNamedGroup(reading);
  if (rest.startsWith('(?')) return translateOptions(reading);
  reading.outer.push(reading.options);
  if (reading.options.namesOnly) put(reading, '(?:', 1);
  else {
    reading.groups.push(undefined);
    copy(reading, 1);
  }
  return undefined;
}

const OPTIONS = /^\(\?([imnsx]*)(?:-([imnsx]*))?([:)])/;

/** `(?ix-s)` up to the end of the group around it, and `(?i:...)` for its own. */
function translateOptions(reading: Reading): string | undefined {
  const found = OPTIONS.exec(reading.text.slice(reading.at, reading.at + 20));
  if (found === null) return 'a group starts with (?: or (?<name> or options of i, m, n, s and x';
  const [whole, on = '', off = '', end = ''] = found;
  if (end === ':') reading.outer.push(reading.options);
  reading.options = {
    skipsBlanks: optionAfter(reading.options.skipsBlanks, 'x', on, off),
    namesOnly: optionAfter(reading.options.namesOnly, 'n', on, off),
  };
  const kept = on.replace(/[nx]/g, '');
  const ended = off.replace(/[nx]/g, '');
  const flags = ended === '' ? kept : `${kept}-${ended}`;
  put(reading, end === ')' && flags === '' ? '' : `(?${flags}${end}`, whole.length);
  return undefined;
}

function optionAfter(before: boolean, letter: string, ...[on, off]: readonly [string, string]): boolean {
  return off.includes(letter) ? false : before || on.includes(letter);
}

function skipComment(reading: Reading): string | undefined {
  const end = reading.text.indexOf(')', reading.at);
  if (end < 0) return 'the comment (?# is not closed';
  reading.at = end + 1;
  return undefined;
}

function translateNamedGroup(reading: Reading): string | undefined {
  const { text, at } = reading;
  const start = at + (text.charAt(at + 2) === 'P' ? 4 : 3);
  const end = text.indexOf(text.charAt(at + 2) === "'" ? "'" : '>', start);
  const name = end < 0 ? '' : text.slice(start, end);
  if (name.includes('-')) return 'balancing groups cannot run in linear time';
  if (/^\d+$/.test(name)) return 'groups with a number for a name do not exist';
  if (!/^[\p{L}\p{Pc}][\p{L}\p{Mn}\p{Nd}\p{Pc}]*$/u.test(name)) {
    return 'a group name consists of letters, digits and underscores';
  }
  if (reading.groups.includes(name)) return `two groups have the name ${name}`;
  reading.groups.push(name);
  reading.outer.push(reading.options);
  put(reading, '(', end + 1 - at);
  return undefined;
}

/** Copies a character class, with its shorthands spelt out. A closing bracket right behind the opening is a character. */
function translateClass(reading: Reading): string | undefined {
  const { text } = reading;
  copy(reading, text.charAt(reading.at + 1) === '^' ? 2 : 1);
  if (text.charAt(reading.at) === ']') put(reading, '\\]', 1);
  while (reading.at < text.length) {
    const char = text.charAt(reading.at);
    if (char === ']') {
      copy(reading, 1);
      return undefined;
    }
    if (text.startsWith('-[', reading.at)) return 'class subtraction -[ does not exist';
    const problem = translateClassMember(reading, char);
    if (problem !== undefined) return problem;
  }
  return 'a character class is not closed';
}

function translateClassMember(reading: Reading, char: string): string | undefined {
  if (char === '\\') return translateEscape(reading, true);
  if (char === '[') put(reading, '\\[', 1);
  else copy(reading, 1);
  return undefined;
}

/** Escapes that mean one thing in .NET and in RE2. */
const PLAIN_ESCAPES = 'aAfnrtvz0';

function translateEscape(reading: Reading, isInClass: boolean): string | undefined {
  const next = reading.text.charAt(reading.at + 1);
  if (next === '') return 'the pattern ends in a backslash';
  const members = shorthandClass(next, isInClass);
  if (members !== undefined) {
    put(reading, members, 2);
    return undefined;
  }
  if (/[A-Za-z0-9_]/.test(next)) return translateLetter(reading, next, isInClass);
  if (next > '\u007f') put(reading, next, 2);
  else copy(reading, 2);
  return undefined;
}

function translateLetter(reading: Reading, next: string, isInClass: boolean): string | undefined {
  switch (next) {
    case 'p':
    case 'P':
      return translateProperty(reading, isInClass);
    case 'u':
    case 'x':
      return translateCodePoint(reading, next === 'u' ? 4 : 2);
    case 'c':
      return translateControl(reading);
    case 'e':
      put(reading, '\\x1b', 2);
      return undefined;
    case 'b':
      put(reading, isInClass ? '\\x08' : '\\b', 2);
      return undefined;
    default:
      return isInClass ? translatePlain(reading, next) : translateOutside(reading, next);
  }
}

function translateOutside(reading: Reading, next: string): string | undefined {
  if (next === 'k' || (next >= '1' && next <= '9')) return 'back-references cannot run in linear time';
  if (next === 'G') return '\\G does not exist';
  if (next === 'B') copy(reading, 2);
  else if (next === 'Z') putEnd(reading, 2);
  else return translatePlain(reading, next);
  return undefined;
}

function translatePlain(reading: Reading, next: string): string | undefined {
  if (next >= '1' && next <= '7') return 'a character is written \\x41 or \\u0041, not by octal digits';
  if (!PLAIN_ESCAPES.includes(next)) return `\\${next} does not exist`;
  copy(reading, next === '0' ? (/^\\0[0-7]{0,2}/.exec(reading.text.slice(reading.at))?.[0].length ?? 2) : 2);
  return undefined;
}

function translateProperty(reading: Reading, isInClass: boolean): string | undefined {
  const { text, at } = reading;
  const name = /^\{([^}]*)\}/.exec(text.slice(at + 2, at + 60))?.[1];
  const isNegated = text.charAt(at + 1) === 'P';
  const translated = name === undefined ? undefined : propertyClass(name, { isNegated, isInClass });
  if (name === undefined) return '\\p needs a name in braces';
  if (translated === undefined) return `there is no property ${name}`;
  put(reading, translated, name.length + 4);
  return undefined;
}

function translateCodePoint(reading: Reading, count: 2 | 4): string | undefined {
  const digits = reading.text.slice(reading.at + 2, reading.at + 2 + count);
  if (digits.length < count || /[^0-9A-Fa-f]/.test(digits)) {
    return count === 4 ? '\\u needs four hexadecimal digits' : '\\x needs two hexadecimal digits';
  }
  put(reading, `\\x{${digits}}`, 2 + count);
  return undefined;
}

function translateControl(reading: Reading): string | undefined {
  const code =
    reading.text
      .charAt(reading.at + 2)
      .toUpperCase()
      .charCodeAt(0) - 0x40;
  if (!(code >= 0 && code < 0x20)) return '\\c needs a letter behind it';
  put(reading, `\\x{${code.toString(16)}}`, 3);
  return undefined;
}
