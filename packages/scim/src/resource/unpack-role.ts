import { acceptDeviation } from '../dialect/accept-deviation.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { Attribute } from '../schema/attribute.ts';
import type { ReadOptions } from './read-simple-value.ts';

/**
 * Unpacks a role whose `value` is a JSON document in text, `{"id","value","displayName"}`, into `value` and `display`
 * (Entra docs, "Customize user provisioning attribute-mappings", AppRoleAssignmentsComplex). Every other element, and
 * text that only looks like JSON, comes back as it is.
 */
export function unpackRole(element: JsonObject, attribute: Attribute, options: ReadOptions): JsonObject {
  if (attribute.name !== 'roles') return element;
  const text = element['value'];
  if (typeof text !== 'string' || !text.startsWith('{')) return element;
  const packed = parseObject(text);
  const value = packed?.['value'] ?? packed?.['id'];
  if (packed === undefined || typeof value !== 'string') return element;
  if (!acceptDeviation(options, 'jsonInRoleValue')) return element;
  const display = packed['displayName'];
  return typeof display === 'string' ? { display, ...element, value } : { ...element, value };
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    // Text that is no JSON is an ordinary role name that happens to start with a brace.
    return undefined;
  }
}
