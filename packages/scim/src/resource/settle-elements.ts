import { acceptDeviation } from '../dialect/accept-deviation.ts';
import { ScimError } from '../error.ts';
import { isJsonObject, type Json } from '../json.ts';
import type { Attribute } from '../schema/attribute.ts';
import type { ReadOptions } from './read-simple-value.ts';

/**
 * Settles the elements of a multi-valued attribute (RFC 7643 §2.4): of equal elements the first stays, and one is
 * primary at most.
 *
 * @throws {ScimError} `invalidValue` for a second primary element, unless the dialect demotes it
 */
export function settleElements(elements: readonly Json[], attribute: Attribute, options: ReadOptions): readonly Json[] {
  if (elements.length < 2) return elements;
  return demoteSecondPrimary(dropRepeated(elements), attribute, options);
}

/**
 * What makes two elements of one attribute the same: the combination of `value` and `type` (RFC 7643 §2.4), or
 * everything when there is no `value`.
 */
export function elementKey(element: Json): string {
  if (!isJsonObject(element) || element['value'] === undefined) return JSON.stringify(element);
  return JSON.stringify([element['value'], element['type'] ?? null]);
}

function dropRepeated(elements: readonly Json[]): readonly Json[] {
  const seen = new Set<string>();
  return elements.filter((element) => {
    const key = elementKey(element);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function demoteSecondPrimary(elements: readonly Json[], attribute: Attribute, options: ReadOptions): readonly Json[] {
  const first = elements.findIndex(isPrimary);
  const hasSecond = first !== -1 && elements.some((element, index) => index > first && isPrimary(element));
  if (!hasSecond) return elements;
  if (!acceptDeviation(options, 'secondPrimary')) {
    throw new ScimError('invalidValue', `${attribute.name} has more than one primary value`);
  }
  return elements.map((element, index) =>
    index > first && isPrimary(element) ? { ...element, primary: false } : element,
  );
}

function isPrimary(element: Json): element is { readonly [name: string]: Json } {
  return isJsonObject(element) && element['primary'] === true;
}
