import type { NoteDeviation } from '../dialect/dialect.ts';
import { ScimError } from '../error.ts';
import type { Filter } from '../filter/filter.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Attribute } from '../schema/attribute.ts';
import { addElements, demoteOthers, isPrimary } from './add-elements.ts';
import { changePart, mergeParts, type ValueChange } from './change-value.ts';
import { elementIdentity } from './element-identity.ts';
import { isRelation } from './locate-target.ts';
import { sameJson } from './same-json.ts';

/** A change to some elements of a multi-valued attribute, or to one part of each of them. */
export interface ElementsChange {
  readonly attribute: Attribute;
  /** Which elements; all when absent. */
  readonly filter?: Filter;
  readonly matches: (element: Json) => boolean;
  /** The part to change; the whole element when absent. */
  readonly sub?: Attribute;
  readonly change: ValueChange;
  /** Whether an `add` or `replace` without a match makes the element its filter describes. */
  readonly makeMissing: boolean;
  readonly note?: NoteDeviation;
}

/**
 * Applies a change to every element that matches (RFC 7644 §3.5.2.3).
 *
 * @returns `before` itself when nothing changes; an empty list when no element is left
 * @throws {ScimError} `noTarget` when nothing matches and nothing is to be made; `mutability` for immutable parts;
 *   `invalidValue` when several elements would become primary
 */
export function changeElements(before: readonly Json[], change: ElementsChange): readonly Json[] {
  const first = before.findIndex(change.matches);
  if (first === -1) return changeNone(before, change);
  let hits = 0;
  const changed: Json[] = [];
  for (const element of before) {
    const isHit = change.matches(element);
    if (isHit) hits += 1;
    const after = isHit ? changeOne(element, change) : element;
    if (after !== undefined) changed.push(after);
  }
  const after = makesPrimary(change) ? withOnePrimary(changed, first, { change, hits }) : changed;
  const settled = hits > 1 && change.change.op === 'replace' ? withoutRepeated(after, change) : after;
  return sameJson(settled, before) ? before : settled;
}

/** The element after the change; `undefined` when nothing is left of it. */
function changeOne(element: Json, { attribute, sub, change, filter, makeMissing }: ElementsChange): Json | undefined {
  if (sub !== undefined) return isJsonObject(element) ? changePart(element, sub, { attribute, change }) : element;
  const { op, value } = change;
  if (op === 'remove' || value === undefined) return undefined;
  if (!isJsonObject(element) || !isJsonObject(value)) return value;
  if (op === 'add') return mergeParts(element, value, { attribute, op });
  const described = makeMissing ? describedBy(filter, attribute) : undefined;
  const replaced = inOrder({ ...described, ...value }, attribute);
  keepImmutable(element, replaced, attribute);
  return replaced;
}

function keepImmutable(before: JsonObject, after: JsonObject, attribute: Attribute): void {
  for (const sub of attribute.subAttributes ?? []) {
    const isChanged = before[sub.name] !== undefined && !sameJson(before[sub.name], after[sub.name]);
    if (sub.mutability === 'immutable' && isChanged) {
      throw new ScimError('mutability', `${attribute.name}.${sub.name} is immutable`);
    }
  }
}

function withoutRepeated(elements: readonly Json[], { attribute, sub }: ElementsChange): readonly Json[] {
  if (sub !== undefined) return elements;
  const { key } = elementIdentity(attribute);
  const seen = new Set<string>();
  return elements.filter((element) => {
    const isNew = !seen.has(key(element));
    seen.add(key(element));
    return isNew;
  });
}

function makesPrimary({ sub, change }: ElementsChange): boolean {
  if (change.op === 'remove' || change.value === undefined) return false;
  return sub === undefined ? isPrimary(change.value) : sub.name === 'primary' && change.value === true;
}

/** Neither `add` nor `replace` takes elements away, so the position of the one that matched is still its own. */
function withOnePrimary(
  elements: readonly Json[],
  position: number,
  { change, hits }: { readonly change: ElementsChange; readonly hits: number },
): readonly Json[] {
  if (hits === 1) return demoteOthers(elements, position);
  const { name } = change.attribute;
  throw new ScimError('invalidValue', `${name} has one primary value at most, and ${hits} match the path`);
}

function changeNone(before: readonly Json[], change: ElementsChange): readonly Json[] {
  const { attribute, sub, makeMissing } = change;
  const { op, value } = change.change;
  if (op === 'remove' || value === undefined) {
    // Taking a member away twice is success (RFC 7644 §3.5.2.2): directories repeat removals.
    if (makeMissing || isRelation(attribute)) return before;
    throw noTarget(attribute);
  }
  const described = makeMissing && !isRelation(attribute) ? describedBy(change.filter, attribute) : undefined;
  if (described === undefined) throw noTarget(attribute);
  change.note?.('createOnFilterMiss');
  const element = sub === undefined ? value : { [sub.name]: value };
  return addElements(
    before,
    [isJsonObject(element) ? inOrder({ ...described, ...element }, attribute) : element],
    attribute,
  );
}

function noTarget(attribute: Attribute): ScimError {
  return new ScimError('noTarget', `no value of ${attribute.name} matches the path`);
}

/**
 * The parts an element must have to match: those of one equality, or of several joined by `and`.
 *
 * @returns `undefined` when the filter says anything else, so that nothing can be made from it
 */
function describedBy(filter: Filter | undefined, attribute: Attribute): JsonObject | undefined {
  if (filter === undefined) return {};
  const parts = filter.kind === 'and' ? filter.filters : [filter];
  const described: Record<string, Json> = {};
  for (const part of parts) {
    if (part.kind !== 'compare' || part.operator !== 'eq' || part.value === null) return undefined;
    const sub = attribute.subAttributes?.find(({ name }) => name === part.path.name);
    if (sub === undefined) return undefined;
    described[sub.name] = part.value;
  }
  return described;
}

function inOrder(element: JsonObject, attribute: Attribute): JsonObject {
  const ordered: Record<string, Json> = {};
  for (const { name } of attribute.subAttributes ?? []) {
    const value = element[name];
    if (value !== undefined) ordered[name] = value;
  }
  return ordered;
}
