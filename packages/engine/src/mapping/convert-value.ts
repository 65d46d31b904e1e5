import { type AttributeType, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';
import { evaluationError, quoteValue } from '../expression/expression-error.ts';
import { itemText, oneText, readBoolean, type Value, type ValueItem } from '../expression/value.ts';
import { ROLE_TYPE, type TargetPath } from './target-path.ts';

/**
 * How role objects look (Entra docs "Customize application attributes", app role mappings). `assertive`: label in `display`.
 * `complex`: label in `displayName`, and the role's `id`, which only the older shape of a PATCH puts on the wire.
 */
export type RoleShape = 'assertive' | 'complex';

/**
 * The result of a mapping as the target attribute holds it. Null when there is nothing to write.
 * @throws {ExpressionError} `eval` when the value does not fit the target's type, or is a list where one value goes
 */
export function convertValue(path: TargetPath, value: Value, roles: RoleShape = 'assertive'): Json {
  if (path.shape === 'list') return convertList(path, value, roles);
  const text = typeof value === 'string' ? value : oneText(value);
  if (text === null || text === '') return null;
  return path.type === 'string' ? text : convertText(path.type, text);
}

/** An absent value is null, an empty list stays one: it empties the target. */
function convertList(path: TargetPath, value: Value, roles: RoleShape): Json {
  if (value === null || value === '') return null;
  const items: readonly ValueItem[] = typeof value === 'string' ? [value] : value;
  return items.map((item) =>
    path.type === 'complex' ? convertElement(path, item, roles) : convertText(path.type, itemText(item)),
  );
}

function convertElement(path: TargetPath, item: ValueItem, roles: RoleShape): JsonObject {
  if (!isJsonObject(item)) return { value: item };
  if (path.name !== 'roles') return item;
  return roles === 'assertive' ? assertiveRole(item) : complexRole(item);
}

/** A role is never primary here: nothing says which one would be. */
function assertiveRole(role: JsonObject): JsonObject {
  return { ...textMember('value', role['value']), ...textMember('display', role['displayName']), ...ROLE_MEMBERS };
}

function complexRole(role: JsonObject): JsonObject {
  const { id, value, displayName } = { id: role['id'], value: role['value'], displayName: role['displayName'] };
  const label = textMember('displayName', displayName);
  return { ...textMember('id', id), ...textMember('value', value), ...label, ...ROLE_MEMBERS };
}

const ROLE_MEMBERS: JsonObject = { type: ROLE_TYPE, primary: false };

function textMember(name: string, value: Json | undefined): JsonObject {
  return typeof value === 'string' ? { [name]: value } : {};
}

function convertText(type: AttributeType, text: string): Json {
  switch (type) {
    case 'boolean': {
      const value = readBoolean(text.trim());
      if (value === undefined) throw evaluationError(`the target needs True or False, not ${quoteValue(text)}`);
      return value;
    }
    case 'integer':
    case 'decimal': {
      const value = text.trim() === '' ? Number.NaN : Number(text);
      const isFit = type === 'integer' ? Number.isSafeInteger(value) : Number.isFinite(value);
      if (!isFit) throw evaluationError(`the target needs a number, not ${quoteValue(text)}`);
      return value;
    }
    default:
      return text;
  }
}
