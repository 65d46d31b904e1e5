import { isJsonObject, type Json } from '../json.ts';
import type { Attribute } from '../schema/attribute.ts';
import { elementFinder, elementIdentity } from './element-identity.ts';
import { sameJson } from './same-json.ts';

/**
 * Adds elements to a list (RFC 7644 §3.5.2.1). An element that is there already is not added again; what it lacked or
 * held differently beside its identity is taken over. An added element that is primary demotes the others.
 *
 * @returns `before` itself when nothing changes
 */
export function addElements(before: readonly Json[], added: readonly Json[], attribute: Attribute): readonly Json[] {
  const finder = elementFinder(before, elementIdentity(attribute), added.length);
  const after = [...before];
  let isChanged = false;
  let primaryAt: number | undefined;
  for (const element of added) {
    const position = finder.find(element) ?? after.length;
    const merged = position === after.length ? element : takeOver(after[position], element, attribute);
    if (position === after.length) finder.pushed(element);
    isChanged ||= merged !== after[position];
    after[position] = merged;
    if (isPrimary(element)) primaryAt = position;
  }
  const settled = primaryAt === undefined ? after : demoteOthers(after, primaryAt);
  return isChanged || settled !== after ? settled : before;
}

/**
 * At most one element is primary: setting it on one takes it from the others (RFC 7644 §3.5.2).
 *
 * @returns the list itself when no other element is primary
 */
export function demoteOthers(elements: readonly Json[], primaryAt: number): readonly Json[] {
  const isOther = (element: Json, index: number): boolean => index !== primaryAt && isPrimary(element);
  if (!elements.some(isOther)) return elements;
  return elements.map((element, index) =>
    isJsonObject(element) && isOther(element, index) ? { ...element, primary: false } : element,
  );
}

/** Whether an element is marked as the preferred one. */
export function isPrimary(element: Json): boolean {
  return isJsonObject(element) && element['primary'] === true;
}

/** Identity and immutable parts stay as they are stored: `Eva@x` is not a new address where case does not count. */
function takeOver(existing: Json | undefined, added: Json, attribute: Attribute): Json {
  if (!isJsonObject(existing) || !isJsonObject(added)) return existing ?? added;
  const isKept = (name: string, sub: Attribute): boolean =>
    existing[name] !== undefined && (name === 'value' || name === 'type' || sub.mutability === 'immutable');
  const news = (attribute.subAttributes ?? []).flatMap((sub): [string, Json][] => {
    const value = added[sub.name];
    if (value === undefined || isKept(sub.name, sub) || sameJson(value, existing[sub.name])) return [];
    return [[sub.name, value]];
  });
  return news.length === 0 ? existing : { ...existing, ...Object.fromEntries(news) };
}
