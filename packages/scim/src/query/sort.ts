import { parseDateTime } from '../date-time.ts';
import { ScimError } from '../error.ts';
import { foldText } from '../fold-text.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { parseAttributePath } from '../path/parse-attribute-path.ts';
import type { Attribute, ResourceType } from '../schema/attribute.ts';
import { type FoundAttribute, findAttribute, findNamed, isWholeExtension } from '../schema/find-attribute.ts';
import type { SortOrder } from './query.ts';

/** By what to order results (RFC 7644 §3.4.2.3). */
export interface Sort {
  readonly found: FoundAttribute;
  readonly order: SortOrder;
}

/** A value to order by; undefined when the resource has none. */
export type SortKey = string | number | undefined;

/**
 * Reads `sortBy` and `sortOrder`. A complex attribute is ordered by its `value`.
 *
 * @returns undefined when there is no `sortBy`
 * @throws {ScimError} `invalidValue` when `sortBy` names no attribute that has an order
 */
export function readSort(
  given: { readonly sortBy?: string; readonly sortOrder: SortOrder },
  type: ResourceType,
): Sort | undefined {
  if (given.sortBy === undefined) return undefined;
  const found = findAttribute(type, readPath(given.sortBy, type));
  const leaf = found === undefined ? undefined : leafOf(found);
  if (leaf === undefined || leaf.attribute.returned === 'never') {
    throw new ScimError('invalidValue', 'sortBy names no attribute that results can be ordered by');
  }
  return { found: leaf, order: given.sortOrder };
}

/**
 * What a resource is ordered by: of a multi-valued attribute the primary value, else the first; text folded unless it
 * is case exact; dates as instants.
 */
export function sortKey(resource: JsonObject, found: FoundAttribute): SortKey {
  const holder = found.isExtension ? resource[found.schemaId] : resource;
  const whole = isJsonObject(holder) ? holder[found.attribute.name] : undefined;
  const one = Array.isArray(whole) ? preferredOf(whole) : whole;
  const value = found.sub !== undefined && isJsonObject(one) ? one[found.sub.name] : one;
  return keyOf(value, found.sub ?? found.attribute);
}

/** Orders resources; those without a value come last when ascending and first when descending. */
export function compileSort(sort: Sort): (left: JsonObject, right: JsonObject) => number {
  const direction = sort.order === 'ascending' ? 1 : -1;
  return (left, right) => direction * compareKeys(sortKey(left, sort.found), sortKey(right, sort.found));
}

function readPath(text: string, type: ResourceType): ReturnType<typeof parseAttributePath> {
  try {
    return parseAttributePath(text, { type });
  } catch (cause) {
    throw new ScimError('invalidValue', 'sortBy is no attribute path', { cause });
  }
}

function leafOf(found: FoundAttribute): FoundAttribute | undefined {
  if ((found.sub ?? found.attribute).type !== 'complex') return found;
  const sub = isWholeExtension(found) ? undefined : findNamed(found.attribute.subAttributes ?? [], 'value');
  return sub === undefined ? undefined : { ...found, sub };
}

function preferredOf(values: readonly Json[]): Json | undefined {
  return values.find((value) => isJsonObject(value) && value['primary'] === true) ?? values[0];
}

function keyOf(value: Json | undefined, attribute: Attribute): SortKey {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value === '') return undefined;
  if (attribute.type === 'dateTime') return parseDateTime(value);
  return attribute.caseExact ? value : foldText(value);
}

function compareKeys(left: SortKey, right: SortKey): number {
  if (left === right) return 0;
  if (left === undefined) return 1;
  if (right === undefined) return -1;
  return left < right ? -1 : 1;
}
