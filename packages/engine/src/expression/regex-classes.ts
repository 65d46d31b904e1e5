/** Members of the shorthand classes. .NET's are Unicode-wide, RE2's are ASCII. */
const SHORTHANDS: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  w: '\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}',
  s: '\\t\\n\\x0b\\f\\r\\x{85}\\p{Z}',
  D: '\\P{Nd}',
  W: '\\p{Mc}\\p{Me}\\p{Nl}\\p{No}\\p{Pd}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}\\p{Po}\\p{S}\\p{Z}\\p{C}',
  S: '\\x00-\\x08\\x0e-\\x1f\\x7f-\\x{84}\\x{86}-\\x{9f}\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Cf}\\p{Co}\\p{Cs}',
};

/** A shorthand class such as `\w` in RE2's words, with brackets or, inside a class, without. */
export function shorthandClass(letter: string, isInClass: boolean): string | undefined {
  const members = Object.hasOwn(SHORTHANDS, letter) ? SHORTHANDS[letter] : undefined;
  if (members === undefined || isInClass) return members;
  const lower = letter.toLowerCase();
  return letter === lower ? `[${members}]` : `[^${SHORTHANDS[lower] ?? ''}]`;
}

const CATEGORIES: ReadonlySet<string> = new Set(
  'L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp C Cc Cf Cs Co'.split(' '),
);

/** First and last code point of Unicode blocks, by .NET's names (Microsoft Learn, "Supported named blocks"). */
const BLOCKS: Readonly<Record<string, string>> = {
  IsBasicLatin: '0000-007F',
  'IsLatin-1Supplement': '0080-00FF',
  'IsLatinExtended-A': '0100-017F',
  'IsLatinExtended-B': '0180-024F',
  IsIPAExtensions: '0250-02AF',
  IsSpacingModifierLetters: '02B0-02FF',
  IsCombiningDiacriticalMarks: '0300-036F',
  IsGreek: '0370-03FF',
  IsGreekandCoptic: '0370-03FF',
  IsCyrillic: '0400-04FF',
  IsCyrillicSupplement: '0500-052F',
  IsArmenian: '0530-058F',
  IsHebrew: '0590-05FF',
  IsArabic: '0600-06FF',
  IsDevanagari: '0900-097F',
  IsThai: '0E00-0E7F',
  IsGeorgian: '10A0-10FF',
  IsHangulJamo: '1100-11FF',
  IsLatinExtendedAdditional: '1E00-1EFF',
  IsGreekExtended: '1F00-1FFF',
  IsGeneralPunctuation: '2000-206F',
  IsSuperscriptsandSubscripts: '2070-209F',
  IsCurrencySymbols: '20A0-20CF',
  IsLetterlikeSymbols: '2100-214F',
  IsNumberForms: '2150-218F',
  IsArrows: '2190-21FF',
  IsMathematicalOperators: '2200-22FF',
  IsCJKSymbolsandPunctuation: '3000-303F',
  IsHiragana: '3040-309F',
  IsKatakana: '30A0-30FF',
  IsCJKUnifiedIdeographs: '4E00-9FFF',
  IsHangulSyllables: 'AC00-D7AF',
  IsPrivateUseArea: 'E000-F8FF',
  IsCJKCompatibilityIdeographs: 'F900-FAFF',
  IsAlphabeticPresentationForms: 'FB00-FB4F',
};

/** `\p{name}` or `\P{name}` in RE2's words: a general category or a block. Undefined for a name .NET does not have. */
export function propertyClass(
  name: string,
  { isNegated, isInClass }: { readonly isNegated: boolean; readonly isInClass: boolean },
): string | undefined {
  if (CATEGORIES.has(name)) return `\\${isNegated ? 'P' : 'p'}{${name}}`;
  const range = Object.hasOwn(BLOCKS, name) ? BLOCKS[name] : undefined;
  if (range === undefined) return undefined;
  const [first = '', last = ''] = range.split('-');
  const members = isNegated ? outside(first, last) : `\\x{${first}}-\\x{${last}}`;
  return isInClass ? members : `[${members}]`;
}

function outside(first: string, last: string): string {
  const before = Number.parseInt(first, 16) - 1;
  const behind = (Number.parseInt(last, 16) + 1).toString(16);
  const start = before < 0 ? '' : `\\x{0}-\\x{${before.toString(16)}}`;
  return `${start}\\x{${behind}}-\\x{10FFFF}`;
}
