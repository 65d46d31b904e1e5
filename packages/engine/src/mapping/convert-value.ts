import { type AttributeType, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';
import { evaluationError, quoteValue } from '../expression/expression-error.ts';
import { itemText, oneText, readBoolean, type Value, type ValueItem } from '../expression/value.ts';
import { ROLE_TYPE, type TargetPath } from './target-path.ts';

/**
 * The result of a mapping as the target attribute holds it. Null when there is nothing to write.
 * @throws {ExpressionError} `eval` when the value does not fit the target's type, or is a list where one value goes
 */
export function convertValue(path: TargetPath, value: Value): Json {
  if (path.shape === 'list') return convertList(path, value);
  const text = typeof value === 'string' ? value : oneText(value);
  if (text === null || text === '') return null;
  return path.type === 'string' ? text : convertText(path.type, text);
}

/** An absent value is null, an empty list stays one: it empties the target. */
function convertList(path: TargetPath, value: Value): Json {
  if (value === null || value === '') return null;
  const items: readonly ValueItem[] = typeof value === 'string' ? [value] : value;
  return items.map((item) =>
    path.type === 'complex' ? convertElement(path, item) : convertText(path.type, itemText(item)),
  );
}

function convertElement(path: TargetPath, item: ValueItem): JsonObject {
  if (!isJsonObject(item)) return { value: item };
  return path.name === 'roles' ? roleElement(item) : item;
}

/** A role as `AssertiveAppRoleAssignmentsComplex` sends it: value and label, never primary. */
function roleElement(role: JsonObject): JsonObject {
  const display = role['displayName'];
  const value = role['value'];
  return {
    ...(typeof value === 'string' ? { value } : {}),
    ...(typeof display === 'string' ? { display } : {}),
    type: ROLE_TYPE,
    primary: false,
  };
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
