import { acceptDeviation, noteUnknown } from '../dialect/accept-deviation.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Attribute } from '../schema/attribute.ts';
import { findNamed } from '../schema/find-attribute.ts';
import { notAList, type ReadOptions, readSimpleValue, wrongValue } from './read-simple-value.ts';
import { settleElements } from './settle-elements.ts';
import { unpackRole } from './unpack-role.ts';

/**
 * Reads the whole value of an attribute from untrusted JSON: a list for a multi-valued attribute, else one value.
 * Only names of the schema are written, in their canonical spelling; unknown and readOnly sub-attributes are left out.
 *
 * @returns undefined for what counts as absent: null, `[]`, an object without known values, and under
 *   `emptyTextClears` an empty text (RFC 7643 §2.5)
 * @throws {ScimError} `invalidValue`, naming the attribute and what was expected
 */
export function readValue(value: unknown, attribute: Attribute, options: ReadOptions): Json | undefined {
  if (!attribute.multiValued) return readElement(value, attribute, options);
  if (isCleared(value, options)) return undefined;
  const elements: Json[] = [];
  for (const given of listOf(value, attribute, options)) {
    const element = readElement(given, attribute, options);
    if (element !== undefined) elements.push(element);
  }
  return elements.length === 0 ? undefined : settleElements(elements, attribute, options);
}

/**
 * Reads one value of an attribute: the only one, or one element of a multi-valued attribute.
 *
 * @returns undefined for what counts as absent, as `readValue` does
 * @throws {ScimError} `invalidValue`, naming the attribute and what was expected
 */
export function readElement(value: unknown, attribute: Attribute, options: ReadOptions): Json | undefined {
  if (isCleared(value, options)) return undefined;
  if (attribute.subAttributes === undefined) return readSimpleValue(value, attribute, options);
  if (isJsonObject(value)) return readComplex(value, attribute, options);
  const held = heldByValue(value, attribute, options);
  return held === undefined ? undefined : readComplex(held, attribute, options);
}

function isCleared(value: unknown, options: ReadOptions): boolean {
  if (value === null || value === undefined) return true;
  return value === '' && acceptDeviation(options, 'emptyTextClears');
}

function listOf(value: unknown, attribute: Attribute, options: ReadOptions): readonly unknown[] {
  if (isJsonArray(value)) return value;
  // Text for a list of objects is no list of one: it does not even have the shape of an element.
  const isElement = attribute.subAttributes === undefined || isJsonObject(value);
  if (isElement && acceptDeviation(options, 'singleForMultiValued')) return [value];
  throw notAList(value, attribute);
}

/** The object meant by a text or by a list of one, where an object with a `value` is due. */
function heldByValue(value: unknown, attribute: Attribute, options: ReadOptions): JsonObject | undefined {
  const hasValue = findNamed(attribute.subAttributes ?? [], 'value') !== undefined;
  const rule = attribute.multiValued ? 'memberAsText' : 'referenceAsText';
  if (hasValue && typeof value === 'string' && acceptDeviation(options, rule)) return { value };
  if (hasValue && isJsonArray(value) && !attribute.multiValued) return onlyOf(value, attribute, options);
  throw wrongValue(value, attribute, options);
}

function onlyOf(values: readonly Json[], attribute: Attribute, options: ReadOptions): JsonObject | undefined {
  if (values.length === 0) return undefined;
  const [only] = values;
  const isOne = values.length === 1 && isJsonObject(only);
  if (isOne && acceptDeviation(options, 'referenceAsText')) return only;
  throw wrongValue(values, attribute, options);
}

function readComplex(value: JsonObject, attribute: Attribute, options: ReadOptions): JsonObject | undefined {
  const subAttributes = attribute.subAttributes ?? [];
  const inner = { ...options, parent: attribute.name };
  const given = givenMembers(unpackRole(value, attribute, options), subAttributes, inner);
  if (given.size === 0) return undefined;
  const result: Record<string, Json> = {};
  let isEmpty = true;
  for (const sub of subAttributes) {
    const read = given.has(sub) ? readValue(given.get(sub), sub, inner) : undefined;
    if (read === undefined) continue;
    result[sub.name] = read;
    isEmpty = false;
  }
  return isEmpty ? undefined : result;
}

/** The members of an object that the schema knows and a client may set, by their attribute. */
function givenMembers(
  value: JsonObject,
  attributes: readonly Attribute[],
  options: ReadOptions,
): ReadonlyMap<Attribute, Json> {
  const given = new Map<Attribute, Json>();
  for (const [name, member] of Object.entries(value)) {
    const attribute = findNamed(attributes, name) ?? findPrefixed(attributes, name, options);
    if (attribute === undefined) noteUnknown(member, options);
    else if (attribute.mutability !== 'readOnly') given.set(attribute, member);
  }
  return given;
}

/** A member of an extension whose name repeats the URN of its schema: `{"urn:...:User": {"urn:...:User:department": "Sales"}}`. */
function findPrefixed(attributes: readonly Attribute[], name: string, options: ReadOptions): Attribute | undefined {
  const urn = options.parent;
  if (urn?.includes(':') !== true || !name.toLowerCase().startsWith(`${urn.toLowerCase()}:`)) return undefined;
  const found = findNamed(attributes, name.slice(urn.length + 1));
  return found !== undefined && acceptDeviation(options, 'dottedKey') ? found : undefined;
}
