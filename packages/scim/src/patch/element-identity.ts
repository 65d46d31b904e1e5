import { equalsFolded, foldText } from '../fold-text.ts';
import { isJsonObject, type Json } from '../json.ts';
import type { Attribute } from '../schema/attribute.ts';
import { findNamed } from '../schema/find-attribute.ts';
import { isRelation } from './locate-target.ts';

/** Tells the elements of one multi-valued attribute apart. */
export interface ElementIdentity {
  /** Elements with equal keys are the same element. */
  key(element: Json): string;
  /** Whether another element is the same as this one: as comparing keys, without making one for each candidate. */
  matcher(element: Json): (candidate: Json) => boolean;
}

/**
 * What makes an element of a multi-valued attribute the same one: `value` and `type` together (RFC 7643 §2.4), for
 * members of a group `value` alone, and everything it holds where it has no `value`. Text compares by `caseExact`.
 */
export function elementIdentity(attribute: Attribute): ElementIdentity {
  const parts = attribute.subAttributes ?? [];
  const value = findNamed(parts, 'value');
  const type = isRelation(attribute) ? undefined : findNamed(parts, 'type');
  const caseExact = (value ?? attribute).caseExact;
  const idOf = (element: Json): Json | undefined => {
    if (!isJsonObject(element)) return element;
    return value === undefined ? undefined : element['value'];
  };
  const key = (element: Json): string => {
    const id = idOf(element);
    if (id === undefined) return `\0everything ${sortedJson(element)}`;
    const kind = type !== undefined && isJsonObject(element) ? element['type'] : undefined;
    const idKey = scalarKey(id, caseExact);
    return kind === undefined ? idKey : `${idKey}\0type ${scalarKey(kind, type?.caseExact === true)}`;
  };
  const matcher = (element: Json): ((candidate: Json) => boolean) => {
    const wanted = key(element);
    const id = idOf(element);
    if (typeof id !== 'string') return (candidate) => key(candidate) === wanted;
    const folded = caseExact ? id : foldText(id);
    return (candidate) => {
      const other = idOf(candidate);
      if (typeof other !== 'string' || !(caseExact ? other === folded : equalsFolded(other, folded))) return false;
      return type === undefined || key(candidate) === wanted;
    };
  };
  return { key, matcher };
}

function scalarKey(value: Json, caseExact: boolean): string {
  if (typeof value !== 'string') return `\0${sortedJson(value)}`;
  return caseExact ? value : foldText(value);
}

/** JSON text that does not depend on the order of members. */
export function sortedJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.keys(value).toSorted();
  return `{${members.map((name) => `${JSON.stringify(name)}:${sortedJson(value[name] ?? null)}`).join(',')}}`;
}

/** Finds elements in a list that is added to at its end. */
export interface ElementFinder {
  /** Position of the element that is the same, or `undefined`. */
  find(element: Json): number | undefined;
  /** Takes note of an element put at the end. */
  pushed(element: Json): void;
}

/** Up to so many look-ups, walking the list is cheaper than an index over it, also for 10,000 elements. */
const WALKS_MAX = 8;

/** @param lookUps how many elements will be looked up */
export function elementFinder(elements: readonly Json[], identity: ElementIdentity, lookUps: number): ElementFinder {
  const known = [...elements];
  if (lookUps <= WALKS_MAX) {
    return {
      find: (element) => {
        const position = known.findIndex(identity.matcher(element));
        return position === -1 ? undefined : position;
      },
      pushed: (element) => void known.push(element),
    };
  }
  const positions = new Map<string, number>();
  // The first of equal elements is the one to find, so the list is walked from its end.
  for (let index = known.length - 1; index >= 0; index--) positions.set(identity.key(known[index] ?? null), index);
  let length = known.length;
  return {
    find: (element) => positions.get(identity.key(element)),
    pushed: (element) => {
      positions.set(identity.key(element), length);
      length += 1;
    },
  };
}
