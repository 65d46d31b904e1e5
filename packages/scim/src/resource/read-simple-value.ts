import { parseDateTime } from '../date-time.ts';
import { type Acceptance, acceptDeviation } from '../dialect/accept-deviation.ts';
import { ScimError } from '../error.ts';
import type { Json } from '../json.ts';
import type { Attribute, AttributeType } from '../schema/attribute.ts';

/** How to read values from outside. */
export interface ReadOptions extends Acceptance {
  /** Name of the attribute around the one that is read, for the texts of errors. */
  readonly parent?: string;
}

type SimpleType = Exclude<AttributeType, 'complex'>;

interface SimpleReader {
  /** What is expected, with its article, as the error text says it. */
  readonly expected: string;
  /** The canonical value, or undefined when the value does not fit. */
  readonly read: (value: unknown, options: ReadOptions) => Json | undefined;
}

const readers: Readonly<Record<SimpleType, SimpleReader>> = {
  string: { expected: 'a string', read: readText },
  reference: { expected: 'a string with a URI or an id', read: readText },
  boolean: { expected: 'true or false', read: readBoolean },
  integer: { expected: 'a whole number', read: readInteger },
  decimal: { expected: 'a number', read: readDecimal },
  dateTime: { expected: 'a date and time such as 2026-05-13T04:42:34Z', read: readDate },
  binary: { expected: 'a string in base64', read: readBinary },
};

/**
 * Reads one value of a simple attribute; text stays as it was sent.
 *
 * @throws {ScimError} `invalidValue`, naming the attribute and what was expected
 */
export function readSimpleValue(value: unknown, attribute: Attribute, options: ReadOptions): Json {
  if (attribute.type === 'complex') throw wrongValue(value, attribute, options);
  const result = readers[attribute.type].read(value, options);
  if (result === undefined) throw wrongValue(value, attribute, options);
  return result;
}

/** The refusal of a value that does not fit its attribute. The value itself stays out of the text: it may be secret. */
export function wrongValue(value: unknown, attribute: Attribute, options: ReadOptions): ScimError {
  const name = options.parent === undefined ? attribute.name : `${options.parent}.${attribute.name}`;
  const expected = attribute.type === 'complex' ? 'an object' : readers[attribute.type].expected;
  return new ScimError('invalidValue', `${name} has to be ${expected}, not ${kindOf(value)}`);
}

/** The refusal of something else than a list for a multi-valued attribute. */
export function notAList(value: unknown, attribute: Attribute): ScimError {
  return new ScimError('invalidValue', `${attribute.name} has to be a list, not ${kindOf(value)}`);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return 'this text';
  return typeof value === 'boolean' ? 'a boolean' : 'this number';
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function readBoolean(value: unknown, options: ReadOptions): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const meant = typeof value === 'string' ? booleanText(value) : undefined;
  return meant !== undefined && acceptDeviation(options, 'booleanAsText') ? meant : undefined;
}

/** The boolean that a text spells, in any case; undefined for any other text. */
export function booleanText(text: string): boolean | undefined {
  // Longer texts are none of the two words and are not worth a copy.
  if (text.length > 5) return undefined;
  const word = text.toLowerCase();
  if (word === 'true') return true;
  return word === 'false' ? false : undefined;
}

function readInteger(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

function readDecimal(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function readDate(value: unknown): string | undefined {
  return typeof value === 'string' && parseDateTime(value) !== undefined ? value : undefined;
}

function readBinary(value: unknown): string | undefined {
  return typeof value === 'string' && isBase64(value) ? value : undefined;
}

/** Base64 in either alphabet (RFC 4648 §4 and §5), with or without padding. */
function isBase64(text: string): boolean {
  let end = text.length;
  while (end > 0 && end > text.length - 2 && text[end - 1] === '=') end -= 1;
  for (let index = 0; index < end; index += 1) {
    if (!isBase64Character(text.charCodeAt(index))) return false;
  }
  return end % 4 !== 1;
}

function isBase64Character(code: number): boolean {
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  const isDigit = code >= 48 && code <= 57;
  return isLetter || isDigit || code === 43 || code === 47 || code === 45 || code === 95;
}
