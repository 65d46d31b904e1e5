import { acceptDeviation } from '../dialect/accept-deviation.ts';
import { ScimError } from '../error.ts';
import type { Filter } from '../filter/filter.ts';
import { isJsonArray, isJsonObject, type Json } from '../json.ts';
import type { ReadOptions } from '../resource/read-simple-value.ts';
import { readElement } from '../resource/read-value.ts';
import type { Attribute } from '../schema/attribute.ts';
import { isRelation, type PatchTarget, targetPath } from './locate-target.ts';
import type { PatchOperation } from './patch-operation.ts';
import { type GivenOperation, memberOf } from './read-given-operation.ts';

/**
 * Reads a `remove` at a path. RFC 7644 §3.5.2.2 gives a value no meaning there, but the older Entra jobs send the
 * values to remove; a server that does not look at them empties the group. So the values are either honoured, one
 * removal by filter each, or refused - never ignored. An empty list names nothing and removes nothing.
 *
 * @throws {ScimError} `invalidValue` for a value the dialect does not accept
 */
export function readRemoval(
  target: PatchTarget,
  given: GivenOperation,
  options: ReadOptions,
): readonly PatchOperation[] {
  const path = targetPath(target);
  const { value } = given;
  if (value === undefined || value === null) return [{ op: 'remove', path }];
  const { attribute, filter, sub } = target;
  const isWholeList = attribute.multiValued && filter === undefined && sub === undefined;
  const elements = isWholeList ? elementsOf(value, attribute) : undefined;
  if (elements?.length === 0) return [];
  if (!acceptsValue(given, options)) {
    throw new ScimError('invalidValue', 'remove takes no value; name what to remove by a filter in the path');
  }
  if (elements === undefined) return [{ op: 'remove', path }];
  return elements.flatMap((element) => {
    const filter = identityFilter(readElement(element, attribute, options), attribute);
    return filter === undefined ? [] : [{ op: 'remove', path: { ...path, filter } }];
  });
}

function acceptsValue(given: GivenOperation, options: ReadOptions): boolean {
  if (acceptDeviation(options, 'removeWithValue')) return true;
  if (given.isCapitalised) options.note?.('removeWithValue');
  return given.isCapitalised;
}

/** The elements a removal names: a list, one of them, or a list wrapped once more as `{"members": [...]}`. */
function elementsOf(value: Json, attribute: Attribute): readonly Json[] {
  if (isJsonArray(value)) return value;
  if (value === '') return [];
  const wrapped = isJsonObject(value) ? memberOf(value, attribute.name) : undefined;
  if (wrapped === undefined) return [value];
  return isJsonArray(wrapped) ? wrapped : [wrapped];
}

/**
 * The filter that selects just this element: by `value` and `type`, or by everything else it holds. An element that
 * names nothing selects nothing: a member without its id must not stand for all members of its type.
 */
function identityFilter(element: Json | undefined, attribute: Attribute): Filter | undefined {
  if (element === undefined) return undefined;
  if (!isJsonObject(element)) return conjunction([['value', element]]);
  const names = isRelation(attribute) ? ['value'] : ['value', 'type'];
  const parts = Object.entries(element);
  const identity = parts.filter(([name]) => names.includes(name));
  return conjunction(identity.length > 0 || isRelation(attribute) ? identity : parts);
}

function conjunction(parts: readonly (readonly [string, Json])[]): Filter | undefined {
  const filters = parts.flatMap(([name, value]): Filter[] =>
    typeof value === 'object' ? [] : [{ kind: 'compare', path: { name }, operator: 'eq', value }],
  );
  return filters.length > 1 ? { kind: 'and', filters } : filters[0];
}
