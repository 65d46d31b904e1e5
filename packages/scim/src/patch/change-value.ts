import { ScimError } from '../error.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Attribute } from '../schema/attribute.ts';
import { findNamed } from '../schema/find-attribute.ts';
import { addElements } from './add-elements.ts';
import type { PatchVerb } from './patch-operation.ts';
import { sameJson } from './same-json.ts';

/** What to do to a value. `value` is absent exactly for `remove`. */
export interface ValueChange {
  readonly op: PatchVerb;
  readonly value?: Json;
}

/**
 * Applies a change to the whole value of an attribute (RFC 7644 §3.5.2.1 to §3.5.2.3): adding to a list appends,
 * replacing a list replaces all of it; a complex value keeps the sub-attributes that are not named.
 *
 * @returns `before` itself when nothing changes; `undefined` when the attribute has no value any more
 * @throws {ScimError} `mutability` when an immutable attribute that has a value would change
 */
export function changeValue(before: Json | undefined, attribute: Attribute, change: ValueChange): Json | undefined {
  const after = valueAfter(before, attribute, change);
  if (sameJson(before, after)) return before;
  if (attribute.mutability === 'immutable' && before !== undefined) {
    throw new ScimError('mutability', `${attribute.name} is immutable`);
  }
  return after;
}

function valueAfter(before: Json | undefined, attribute: Attribute, { op, value }: ValueChange): Json | undefined {
  if (op === 'remove' || value === undefined) return undefined;
  if (attribute.multiValued) {
    const given = isJsonArray(value) ? value : [value];
    const after = op === 'add' ? addElements(elementsOf(before), given, attribute) : given;
    return after.length === 0 ? undefined : after;
  }
  if (attribute.subAttributes === undefined || !isJsonObject(value)) return value;
  const merged = mergeParts(isJsonObject(before) ? before : {}, value, { attribute, op });
  return Object.keys(merged).length === 0 ? undefined : merged;
}

/** The elements of a multi-valued attribute as a list, whatever is stored. */
export function elementsOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return isJsonArray(value) ? value : [value];
}

/** How parts are merged into a complex value. */
export interface MergeContext {
  readonly attribute: Attribute;
  readonly op: PatchVerb;
}

/**
 * Sets the named sub-attributes of a complex value and leaves the others (RFC 7644 §3.5.2.3). When the `value` of a
 * reference changes, the rest told of what it pointed at before and goes.
 */
export function mergeParts(before: JsonObject, parts: JsonObject, { attribute, op }: MergeContext): JsonObject {
  const subAttributes = attribute.subAttributes ?? [];
  const merged: Record<string, Json> = pointsElsewhere(before, parts, attribute) ? {} : { ...before };
  let isChanged = Object.keys(merged).length !== Object.keys(before).length;
  for (const sub of subAttributes) {
    const value = parts[sub.name];
    if (value === undefined) continue;
    const after = changeValue(merged[sub.name], sub, { op, value });
    if (after === undefined || after === merged[sub.name]) continue;
    merged[sub.name] = after;
    isChanged = true;
  }
  return isChanged ? merged : before;
}

function pointsElsewhere(before: JsonObject, parts: JsonObject, attribute: Attribute): boolean {
  const isReference = findNamed(attribute.subAttributes ?? [], '$ref') !== undefined && !attribute.multiValued;
  return isReference && parts['value'] !== undefined && parts['value'] !== before['value'];
}

/**
 * Applies a change to one part of a complex value. A value that holds nothing worth keeping without the part goes
 * altogether: an e-mail without its address, a reference without its target, nothing but `type` and `primary`.
 *
 * @returns `before` itself when nothing changes; `undefined` when nothing is left
 */
export function changePart(
  before: JsonObject,
  sub: Attribute,
  { attribute, change }: { readonly attribute: Attribute; readonly change: ValueChange },
): JsonObject | undefined {
  const { op, value } = change;
  if (op !== 'remove' && value !== undefined && sub.name === 'value') {
    return mergeParts(before, { value }, { attribute, op });
  }
  const part = changeValue(before[sub.name], sub, change);
  if (part === before[sub.name]) return before;
  if (part !== undefined) return { ...before, [sub.name]: part };
  const { [sub.name]: _removed, ...rest } = before;
  const isHollow = sub.name === 'value' || Object.keys(rest).every((name) => name === 'type' || name === 'primary');
  return isHollow ? undefined : rest;
}
