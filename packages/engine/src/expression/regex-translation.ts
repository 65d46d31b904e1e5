/** A .NET pattern in RE2's words, with the names of its groups from left to right. */
export interface TranslatedPattern {
  readonly pattern: string;
  readonly groups: readonly (string | undefined)[];
  /** It asks for the end of the text, which in .NET is also the place before a final line break. */
  readonly hasEnd: boolean;
}

/** .NET's shorthand classes are Unicode-wide, RE2's are ASCII. Inside a class the brackets fall away. */
const SHORTHANDS: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  w: '\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}',
  s: '\\t\\n\\x0b\\f\\r\\x{85}\\p{Z}',
};

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
}

/** Rewrites what .NET and RE2 spell differently, and names constructs that do not exist in linear time. */
export function translatePattern(text: string): TranslatedPattern | { readonly problem: string } {
  const reading: Reading = { text, at: 0, out: [], groups: [], hasEnd: false };
  while (reading.at < text.length) {
    const problem = translateNext(reading);
    if (problem !== undefined) return { problem };
  }
  return { pattern: reading.out.join(''), groups: reading.groups, hasEnd: reading.hasEnd };
}

function translateNext(reading: Reading): string | undefined {
  switch (reading.text.charAt(reading.at)) {
    case '\\':
      return translateEscape(reading, false);
    case '[':
      return translateClass(reading);
    case '(':
      return translateOpening(reading);
    case '$':
      putEnd(reading, 1);
      return undefined;
    default:
      copy(reading, 1);
      return undefined;
  }
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
  if (rest.startsWith('(?')) copy(reading, 2);
  else {
    reading.groups.push(undefined);
    copy(reading, 1);
  }
  return undefined;
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
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return 'a group name consists of letters, digits and underscores';
  if (reading.groups.includes(name)) return `two groups have the name ${name}`;
  reading.groups.push(name);
  put(reading, `(?P<${name}>`, end + 1 - at);
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

function translateEscape(reading: Reading, isInClass: boolean): string | undefined {
  const { text, at } = reading;
  const next = text.charAt(at + 1);
  if (next === '') return 'the pattern ends in a backslash';
  const members = SHORTHANDS[next.toLowerCase()];
  if (members !== undefined) return translateShorthand(reading, members, isInClass);
  if (next === 'u') return translateUnicode(reading);
  if (next === 'e') put(reading, '\\x1b', 2);
  else if (next === 'Z' && !isInClass) putEnd(reading, 2);
  else if (next === 'b' && isInClass) put(reading, '\\x08', 2);
  else if (!isInClass && ((next >= '1' && next <= '9') || next === 'k'))
    return 'back-references cannot run in linear time';
  else if (next === 'G') return '\\G does not exist';
  else if (next > '\u007f') put(reading, next, 2);
  else copy(reading, 2);
  return undefined;
}

function translateShorthand(reading: Reading, members: string, isInClass: boolean): string | undefined {
  const letter = reading.text.charAt(reading.at + 1);
  const isNegated = letter === letter.toUpperCase();
  if (isInClass && isNegated && letter !== 'D') return `\\${letter} inside a character class does not exist`;
  if (isInClass) put(reading, isNegated ? '\\P{Nd}' : members, 2);
  else put(reading, `[${isNegated ? '^' : ''}${members}]`, 2);
  return undefined;
}

function translateUnicode(reading: Reading): string | undefined {
  const digits = reading.text.slice(reading.at + 2, reading.at + 6);
  if (!/^[0-9A-Fa-f]{4}$/.test(digits)) return '\\u needs four hexadecimal digits';
  put(reading, `\\x{${digits}}`, 6);
  return undefined;
}
