import type { Filter, FilterLiteral } from '../filter/filter.ts';
import { foldText } from '../fold-text.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { AttributePath } from '../path/path.ts';
import type { Attribute } from '../schema/attribute.ts';
import { elementIdentity, sortedJson } from './element-identity.ts';
import { isRelation } from './locate-target.ts';
import type { PatchOperation } from './patch-operation.ts';
import { sameJson } from './same-json.ts';

/** The list whose elements are compared. */
export interface ListPlace {
  readonly attribute: Attribute;
  readonly path: AttributePath;
}

/** An element and what it is to become. */
interface Pair {
  readonly old: Json;
  readonly wanted: Json;
}

/** Whether two lists hold the same elements in whatever order; what a member is says its id alone. */
export function sameElements(left: readonly Json[], right: readonly Json[], attribute: Attribute): boolean {
  if (left.length !== right.length) return false;
  const key = isRelation(attribute) ? elementIdentity(attribute).key : sortedJson;
  const keys = left.map(key).toSorted();
  return sameJson(keys, right.map(key).toSorted());
}

/**
 * The operations on single elements that turn one list into the other: removals, then changes of parts, then one
 * addition. Where no element stays, or one cannot be addressed, the whole list is replaced.
 */
export function diffElements(
  before: readonly Json[],
  after: readonly Json[],
  place: ListPlace,
): readonly PatchOperation[] {
  const { same, removed, added } = compareElements(before, after, place.attribute);
  const paired = pairByType(before, after, { removed, added });
  const changed = isRelation(place.attribute)
    ? []
    : [...same, ...paired].filter(({ old, wanted }) => !sameJson(old, wanted));
  const whole: readonly PatchOperation[] = [{ op: 'replace', path: { attribute: place.path }, value: after }];
  if (same.length === 0 && paired.length === 0) return whole;
  const gone = removed.filter((element) => !paired.some(({ old }) => old === element));
  const fresh = added.filter((element) => !paired.some(({ wanted }) => wanted === element));
  const operations: PatchOperation[] = [];
  for (const element of gone) {
    const filter = selector(element, before, place.attribute);
    if (filter === undefined) return whole;
    operations.push({ op: 'remove', path: { attribute: place.path, filter } });
  }
  for (const pair of changed) {
    const filter = selector(pair.old, before, place.attribute);
    if (filter === undefined) return whole;
    operations.push(...diffParts(pair, filter, place));
  }
  if (fresh.length > 0) operations.push({ op: 'add', path: { attribute: place.path }, value: fresh });
  return operations;
}

interface Comparison {
  readonly same: readonly Pair[];
  readonly removed: readonly Json[];
  readonly added: readonly Json[];
}

function compareElements(before: readonly Json[], after: readonly Json[], attribute: Attribute): Comparison {
  const { key } = elementIdentity(attribute);
  const oldByKey = new Map(before.map((element) => [key(element), element]));
  const wantedByKey = new Map(after.map((element) => [key(element), element]));
  const same: Pair[] = [];
  for (const [text, wanted] of wantedByKey) {
    const old = oldByKey.get(text);
    if (old !== undefined) same.push({ old, wanted });
  }
  return {
    same,
    removed: before.filter((element) => !wantedByKey.has(key(element))),
    added: after.filter((element) => !oldByKey.has(key(element))),
  };
}

/** An element that went and one that came are one that changed, when each is the only one of their type. */
function pairByType(
  before: readonly Json[],
  after: readonly Json[],
  { removed, added }: Pick<Comparison, 'removed' | 'added'>,
): readonly Pair[] {
  return removed.flatMap((old): readonly Pair[] => {
    const type = partOf(old, 'type');
    if (typeof type !== 'string' || !isOnly(before, 'type', type) || !isOnly(after, 'type', type)) return [];
    const wanted = added.find((element) => partOf(element, 'type') === type);
    return wanted === undefined ? [] : [{ old, wanted }];
  });
}

/** The shortest filter that selects this element and no other. */
function selector(element: Json, elements: readonly Json[], attribute: Attribute): Filter | undefined {
  const value = isJsonObject(element) ? element['value'] : element;
  const byValue = isLiteral(value) ? equality('value', value) : undefined;
  if (isRelation(attribute) || !isJsonObject(element)) return byValue;
  const { type } = element;
  if (isLiteral(type) && isOnly(elements, 'type', type)) return equality('type', type);
  if (byValue === undefined || isOnly(elements, 'value', value)) return byValue;
  return isLiteral(type) ? { kind: 'and', filters: [equality('type', type), byValue] } : undefined;
}

function equality(name: string, value: FilterLiteral): Filter {
  return { kind: 'compare', path: { name }, operator: 'eq', value };
}

function isLiteral(value: Json | undefined): value is string | number | boolean {
  return value !== undefined && value !== null && typeof value !== 'object';
}

function isOnly(elements: readonly Json[], name: string, value: Json | undefined): boolean {
  const fold = (part: Json | undefined): Json | undefined => (typeof part === 'string' ? foldText(part) : part);
  const wanted = fold(value);
  return elements.filter((element) => fold(partOf(element, name)) === wanted).length === 1;
}

function partOf(element: Json, name: string): Json | undefined {
  return isJsonObject(element) ? element[name] : undefined;
}

function diffParts({ old, wanted }: Pair, filter: Filter, { attribute, path }: ListPlace): readonly PatchOperation[] {
  const [before, after]: [JsonObject, JsonObject] = [isJsonObject(old) ? old : {}, isJsonObject(wanted) ? wanted : {}];
  return (attribute.subAttributes ?? []).flatMap((sub): readonly PatchOperation[] => {
    const value = after[sub.name];
    if (sub.mutability === 'readOnly' || sameJson(before[sub.name], value)) return [];
    const partPath = { attribute: path, filter, sub: sub.name };
    if (value === undefined) return [{ op: 'remove', path: partPath }];
    return [{ op: before[sub.name] === undefined ? 'add' : 'replace', path: partPath, value }];
  });
}
