import type { FunctionDefinition } from './function-definition.ts';

/** A function's name with its parameters: `Replace(source, oldValue?, ...)`; `?` may be left blank, `*` may be repeated. */
export function functionSignature({ name, parameters }: FunctionDefinition): string {
  const list = parameters.map((one) => {
    return `${one.name}${one.required ? '' : '?'}${one.allowMultipleOccurrences ? '*' : ''}`;
  });
  return `${name}(${list.join(', ')})`;
}

/** What each function does, in one line, by name. */
export const functionSummaries: Readonly<Record<string, string>> = {
  Append: 'The source with the suffix behind it.',
  AppRoleAssignments: 'The values of all roles the person holds, as a list of texts.',
  AppRoleAssignmentsComplex: 'All roles the person holds, for the target roles; roles are added and never removed.',
  AssertiveAppRoleAssignmentsComplex: 'All roles the person holds, for the target roles; every other role is removed.',
  BitAnd: 'The bits both numbers have, of 64; &HFF is a hexadecimal number.',
  CBool: 'True for True and for a number other than 0.',
  CDate: 'A date and time, read and written as M/d/yyyy h:mm:ss tt in UTC.',
  Coalesce: 'The first source that is not null; see the two modes.',
  Contains: 'Position from 1 of the first value of a list that holds the text; 0 when none does.',
  ConvertFromBase64: 'The text behind base64, in Unicode (UTF-16), ASCII or UTF8.',
  ConvertToBase64: 'Base64 of the text in UTF-16.',
  ConvertToUTF8Hex: 'The bytes of the text in UTF-8 as hexadecimal digits.',
  Count: 'How many values a list has; null has none.',
  CRef: 'The value itself, as a reference.',
  CStr: 'The value as text.',
  DateAdd: 'A date moved by a number of yyyy, m, d, ww, h, n or s.',
  DateDiff: 'How many yyyy, m, d, ww, h, n or s lie between two dates; negative when the second is earlier.',
  DateFromNum: 'The date of a number of Active Directory (FILETIME).',
  DefaultDomain: 'The default domain of the directory.',
  DNComponent: 'The value of one part of a distinguished name, counted from 1.',
  Error: 'Ends the object with this message.',
  FormatDateTime:
    'A date read by one .NET format and written by another; the second argument may be left out altogether.',
  Guid: 'A new random GUID.',
  IgnoreFlowIfNullOrEmpty: 'The value; a null or empty one leaves the attribute out of the operation.',
  IIF: 'One of two values, by a condition with =, <>, <, <=, > or >=.',
  InStr: 'Position from 1 of a text in another; 0 when it is not there.',
  IsNothing: 'True when the source is null.',
  IsNull: 'True when the attribute is absent.',
  IsNullOrEmpty: 'True when the attribute is absent or empty.',
  IsPresent: 'True when the attribute is neither absent nor empty.',
  IsString: 'True when the value is a text.',
  Item: 'One value of a list, counted from 1.',
  Join: 'Texts and lists joined by a separator; empty ones are left out.',
  Left: 'The first characters of a text.',
  Len: 'How many characters a text has.',
  Mid: 'A part of a text, from a position counted from 1.',
  NormalizeDiacritics: 'Letters with marks as plain ones, by the table of the reference.',
  Not: 'False for True, and True for everything else.',
  Now: 'The current date and time in UTC.',
  NumFromDate: 'The number of Active Directory (FILETIME) of a date.',
  PCase: 'Each word with a capital first letter and small others.',
  Prepend: 'The source with the prefix before it.',
  RandomString: 'A random password of a length with so many digits, special characters, capitals and small letters.',
  Redact: 'The value itself; every log, preview and mail shows [Redact], whatever stands around it.',
  RemoveDuplicates: 'A list with each value once.',
  Replace: 'A text with parts replaced: a text, a pattern, or a template; which, say the arguments that are given.',
  SelectUniqueValue: 'The first rule whose value no other account has; outermost, and at creation only.',
  SingleAppRoleAssignment: 'The value of the one role the person holds.',
  Split: 'The parts of a text between a delimiter, as a list.',
  StringFromSid: 'The text form of a binary security identifier.',
  StripSpaces: 'The text without spaces.',
  Switch: 'The value whose key equals the source, else the default; keys and values come in pairs.',
  ToLower: 'Small letters, by the rules of a culture when one is given.',
  ToUpper: 'Capital letters, by the rules of a culture when one is given.',
  Trim: 'The text without blanks at its ends.',
  Word: 'One word of a text, counted from 1, by characters that separate words.',
};
