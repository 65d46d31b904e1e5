import { ScimError } from '../error.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Attribute, AttributeType, Schema } from './attribute.ts';
import { defineAttribute } from './define-attribute.ts';

const types: readonly AttributeType[] = [
  'string',
  'boolean',
  'decimal',
  'integer',
  'dateTime',
  'binary',
  'reference',
  'complex',
];
const mutabilities: readonly Attribute['mutability'][] = ['readOnly', 'readWrite', 'immutable', 'writeOnly'];
const returns: readonly Attribute['returned'][] = ['always', 'never', 'default', 'request'];
const uniquenesses: readonly Attribute['uniqueness'][] = ['none', 'server', 'global'];

/** Names of attributes that every resource has; no schema may define them again (RFC 7643 §3.1). */
const takenNames: ReadonlySet<string> = new Set(['schemas', 'id', 'externalid', 'meta']);

/**
 * Reads the definition of a schema in the form of RFC 7643 §7, such as a tenant's own extension. Characteristics that
 * are left out take the defaults of RFC 7643 §2.2.
 *
 * @throws {ScimError} `invalidSyntax` for a body that is no object; `invalidValue` naming the attribute and what is
 *   wrong with it
 */
export function readSchema(body: unknown): Schema {
  if (!isJsonObject(body)) throw new ScimError('invalidSyntax', 'a schema has to be a JSON object');
  const id = readText(body['id'], 'id');
  if (!isUrn(id)) throw wrong('id', 'a URN or URI without blanks, such as urn:example:2.0:User');
  const attributes = readAttributes(body['attributes'], { where: 'attributes' });
  if (attributes.length === 0) throw wrong('attributes', 'a list of one or more attributes');
  return {
    id,
    name: body['name'] === undefined ? id : readText(body['name'], 'name'),
    description: body['description'] === undefined ? '' : readText(body['description'], 'description'),
    attributes,
  };
}

interface Place {
  /** Where the value stands in the definition, for error texts. */
  readonly where: string;
  /** Whether it is inside a complex attribute, which holds simple ones only (erratum 8415). */
  readonly isSub?: boolean;
}

function readAttributes(value: Json | undefined, place: Place): readonly Attribute[] {
  if (!isJsonArray(value)) throw wrong(place.where, 'a list of attributes');
  const names = new Set<string>();
  return value.map((item, index) => {
    const where = `${place.where}[${index}]`;
    if (!isJsonObject(item)) throw wrong(where, 'an object');
    const attribute = readAttribute(item, { ...place, where });
    const key = attribute.name.toLowerCase();
    if (names.has(key)) throw new ScimError('invalidValue', `the attribute ${attribute.name} is defined twice`);
    names.add(key);
    return attribute;
  });
}

function readAttribute(item: JsonObject, { where, isSub = false }: Place): Attribute {
  const name = readName(item['name'], where, isSub);
  const at = (key: string): string => `${key} of ${name}`;
  const type = readWord(item['type'], { words: types, fallback: 'string', where: at('type') });
  const given = defineAttribute({
    name,
    type,
    multiValued: readFlag(item['multiValued'], at('multiValued')),
    description: item['description'] === undefined ? '' : readText(item['description'], at('description')),
    required: readFlag(item['required'], at('required')),
    caseExact: readFlag(item['caseExact'], at('caseExact')),
    mutability: readWord(item['mutability'], { words: mutabilities, fallback: 'readWrite', where: at('mutability') }),
    returned: readWord(item['returned'], { words: returns, fallback: 'default', where: at('returned') }),
    uniqueness: readWord(item['uniqueness'], { words: uniquenesses, fallback: 'none', where: at('uniqueness') }),
    ...readTexts(item, 'canonicalValues', at('canonicalValues')),
    ...readTexts(item, 'referenceTypes', at('referenceTypes')),
  });
  if (type !== 'complex') return given;
  if (isSub) throw new ScimError('invalidValue', `${name} is a sub-attribute and cannot be complex itself`);
  const subAttributes = readAttributes(item['subAttributes'], { where: at('subAttributes'), isSub: true });
  if (subAttributes.length === 0) throw wrong(at('subAttributes'), 'a list of one or more attributes');
  return { ...given, subAttributes };
}

/** An attribute name (RFC 7643 §2.1). Names that JavaScript gives every object are refused: reading them would lie. */
function readName(value: Json | undefined, where: string, isSub: boolean): string {
  const name = readText(value, `name of ${where}`);
  if (!isName(name)) throw wrong(`name of ${where}`, 'a letter followed by letters, digits, - and _');
  if (name in Object.prototype) throw new ScimError('invalidValue', `the attribute name ${name} is reserved`);
  if (!isSub && takenNames.has(name.toLowerCase())) {
    throw new ScimError('invalidValue', `the attribute ${name} belongs to every resource and cannot be defined again`);
  }
  return name;
}

function isName(name: string): boolean {
  if (name === '$ref') return true;
  const isFirst = (name.charCodeAt(0) | 32) >= 97 && (name.charCodeAt(0) | 32) <= 122;
  return isFirst && [...name].every(isNamePart);
}

function isNamePart(character: string): boolean {
  const lower = character.toLowerCase();
  return (
    (lower >= 'a' && lower <= 'z' && lower.length === 1) ||
    (character >= '0' && character <= '9') ||
    '-_'.includes(character)
  );
}

function isUrn(id: string): boolean {
  const parts = id.split(':');
  const isPrintable = [...id].every((character) => character > ' ' && !'[]()"'.includes(character));
  return isPrintable && parts.length > 1 && parts.every((part) => part !== '');
}

function readText(value: Json | undefined, where: string): string {
  if (typeof value !== 'string') throw wrong(where, 'a string');
  return value;
}

function readFlag(value: Json | undefined, where: string): boolean {
  if (value === undefined) return false;
  if (typeof value !== 'boolean') throw wrong(where, 'true or false');
  return value;
}

interface WordChoice<Word extends string> {
  readonly words: readonly Word[];
  readonly fallback: Word;
  readonly where: string;
}

/** Keywords match without regard to case, since generators of schemas differ in it. */
function readWord<Word extends string>(value: Json | undefined, choice: WordChoice<Word>): Word {
  if (value === undefined) return choice.fallback;
  const lower = typeof value === 'string' ? value.toLowerCase() : undefined;
  const word = choice.words.find((candidate) => candidate.toLowerCase() === lower);
  if (word === undefined) throw wrong(choice.where, `one of ${choice.words.join(', ')}`);
  return word;
}

function readTexts<Key extends 'canonicalValues' | 'referenceTypes'>(
  item: JsonObject,
  key: Key,
  where: string,
): { readonly [Name in Key]?: readonly string[] } {
  const value = item[key];
  const none: { readonly [Name in Key]?: readonly string[] } = {};
  if (value === undefined) return none;
  if (!isJsonArray(value)) throw wrong(where, 'a list of strings');
  const texts = value.map((text, index) => readText(text, `${where}[${index}]`));
  return { ...none, [key]: texts };
}

function wrong(where: string, expected: string): ScimError {
  return new ScimError('invalidValue', `${where} has to be ${expected}`);
}
