import { type Attribute, isJsonArray, type Json, type JsonObject, parseDateTime } from '@lockstep/scim';
import { type Issue, LockstepError } from '../lockstep-error.ts';
import { type DirectoryType, findDirectoryAttribute } from './directory-schema.ts';

/** Longest text an attribute may hold, in characters. */
const TEXT_LENGTH_MAX = 4_096;
const VALUES_MAX = 1_000;

/** What became of one value: `null` clears the attribute. */
export type ReadValue =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'fault'; readonly message: string };

/**
 * Reads what somebody wants a person's or group's attributes to be. Names match in any case; `null`, empty text and
 * empty lists clear an attribute.
 *
 * @throws {LockstepError} `invalidValue` with every name and value that does not fit
 */
export function readAttributes(type: DirectoryType, given: JsonObject): JsonObject {
  const read: [string, Json][] = [];
  const issues: Issue[] = [];
  for (const [name, value] of Object.entries(given)) {
    const attribute = findDirectoryAttribute(type, name);
    const result = attribute === undefined ? unknownName(type, name) : readAttributeValue(attribute, value);
    if (result.kind === 'fault') issues.push({ place: name, message: result.message });
    else if (attribute !== undefined) read.push([attribute.name, result.value]);
  }
  const [first] = issues;
  // Names come from the schema or fit the pattern of extensions, so `fromEntries` cannot reach a prototype.
  if (first === undefined) return Object.fromEntries(read);
  throw new LockstepError('invalidValue', `${first.place}: ${first.message}`, { issues });
}

function unknownName(type: DirectoryType, name: string): ReadValue {
  if (name === 'objectId' || name === 'id') return { kind: 'fault', message: 'it is given by the directory' };
  return { kind: 'fault', message: `${type.toLowerCase()}s have no such attribute` };
}

/** Reads one value as its attribute wants it. Texts such as `true` are read as what they say. */
export function readAttributeValue(attribute: Attribute, value: Json): ReadValue {
  if (attribute.mutability === 'readOnly') return { kind: 'fault', message: 'it is kept by the directory' };
  if (value === null || value === '') return { kind: 'value', value: null };
  if (attribute.multiValued) return readList(attribute, value);
  switch (attribute.type) {
    case 'boolean':
      return readFlag(value);
    case 'dateTime':
      return readTime(value);
    default:
      return readText(attribute, value);
  }
}

function readList(attribute: Attribute, value: Json): ReadValue {
  const items = isJsonArray(value) ? value : String(value).split(';');
  const read = items.map((item) => readText(attribute, typeof item === 'string' ? item.trim() : item));
  const fault = read.find((one) => one.kind === 'fault');
  if (fault !== undefined) return fault;
  if (items.length > VALUES_MAX) return { kind: 'fault', message: `at most ${VALUES_MAX} values are possible` };
  const values = read.flatMap((one) =>
    one.kind === 'value' && one.value !== null && one.value !== '' ? [one.value] : [],
  );
  return { kind: 'value', value: values.length === 0 ? null : values };
}

const FLAGS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  '1': true,
  false: false,
  no: false,
  '0': false,
};

function readFlag(value: Json): ReadValue {
  if (typeof value === 'boolean') return { kind: 'value', value };
  const key = String(value).trim().toLowerCase();
  const flag = Object.hasOwn(FLAGS, key) ? FLAGS[key] : undefined;
  if (flag !== undefined) return { kind: 'value', value: flag };
  return { kind: 'fault', message: `${JSON.stringify(value)} is neither true nor false` };
}

const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;

function readTime(value: Json): ReadValue {
  const given = typeof value === 'string' ? value.trim() : '';
  const text = DATE_ONLY.test(given) ? `${given}T00:00:00Z` : given;
  if (parseDateTime(text) !== undefined) return { kind: 'value', value: text };
  return { kind: 'fault', message: `${JSON.stringify(value)} is no date; write it like 2026-01-31` };
}

function readText(attribute: Attribute, value: Json): ReadValue {
  if (typeof value !== 'string' && typeof value !== 'number')
    return { kind: 'fault', message: 'text is expected here' };
  const text = String(value).normalize('NFC');
  if (text.length > TEXT_LENGTH_MAX)
    return { kind: 'fault', message: `at most ${TEXT_LENGTH_MAX} characters are possible` };
  if (hasControlCharacter(text)) return { kind: 'fault', message: 'it holds a control character' };
  if (attribute.canonicalValues === undefined) return { kind: 'value', value: text };
  const canonical = attribute.canonicalValues.find((one) => one.toLowerCase() === text.toLowerCase());
  if (canonical !== undefined) return { kind: 'value', value: canonical };
  return { kind: 'fault', message: `${JSON.stringify(text)} is none of ${attribute.canonicalValues.join(', ')}` };
}

/** Line breaks and tabs are text (postal addresses); the other control characters are damage. */
function hasControlCharacter(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) return true;
  }
  return false;
}

/** Puts changes over attributes: `null` clears, everything else replaces. Attributes keep their order. */
export function mergeAttributes(before: JsonObject, changes: JsonObject): JsonObject {
  const merged = Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null);
  return Object.fromEntries(merged);
}
