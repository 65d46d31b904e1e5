import { ScimError } from '../error.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { AttributePath } from '../path/path.ts';
import type { Attribute, ResourceType } from '../schema/attribute.ts';
import { commonAttributes } from '../schema/common-attributes.ts';
import { findNamed } from '../schema/find-attribute.ts';
import { applyPatch } from './apply-patch.ts';
import { elementsOf } from './change-value.ts';
import { diffElements, sameElements } from './diff-elements.ts';
import type { PatchOperation } from './patch-operation.ts';
import { sameJson } from './same-json.ts';

/** One attribute and where a resource holds it. */
interface Place {
  readonly attribute: Attribute;
  readonly path: AttributePath;
}

/**
 * Finds the operations that turn one resource into another: applying them to `before` gives `after`, as far as a
 * client may write it. Both are in canonical form. `add` where there was no value, `replace` where there was one, one
 * part at a time for complex values, and of a list only the elements that differ:
 * `emails[type eq "work"].value`, `members[value eq "…"]`. The order of elements does not count.
 */
export function diffResources(before: JsonObject, after: JsonObject, type: ResourceType): readonly PatchOperation[] {
  return placesOf(type).flatMap((place) => diffPlace(before, after, { place, type }));
}

function placesOf(type: ResourceType): readonly Place[] {
  const core = [...commonAttributes, ...type.schema.attributes].map(
    (attribute): Place => ({ attribute, path: { name: attribute.name } }),
  );
  const extensions = type.extensions.flatMap(({ schema }) =>
    schema.attributes.map((attribute): Place => ({ attribute, path: { urn: schema.id, name: attribute.name } })),
  );
  return [...core, ...extensions].filter(({ attribute }) => attribute.mutability !== 'readOnly');
}

interface PlaceOf {
  readonly place: Place;
  readonly type: ResourceType;
}

function diffPlace(before: JsonObject, after: JsonObject, { place, type }: PlaceOf): readonly PatchOperation[] {
  const { attribute } = place;
  const old = valueIn(before, place);
  const wanted = valueIn(after, place);
  if (sameValue(old, wanted, attribute)) return [];
  const path = { attribute: place.path };
  if (wanted === undefined) return [{ op: 'remove', path }];
  const operations: readonly PatchOperation[] =
    old === undefined ? [{ op: 'add', path, value: wanted }] : diffValues(old, wanted, place);
  // Some differences, such as two elements that cannot be told apart, have no small operations.
  const leadsThere = sameValue(valueAfter(before, operations, { place, type }), wanted, attribute);
  return leadsThere ? operations : replaceWhole(wanted, place);
}

function diffValues(old: Json, wanted: Json, { attribute, path }: Place): readonly PatchOperation[] {
  if (attribute.multiValued) return diffElements(elementsOf(old), elementsOf(wanted), { attribute, path });
  const isReference = findNamed(attribute.subAttributes ?? [], 'value') !== undefined;
  if (isReference || !isJsonObject(old) || !isJsonObject(wanted)) {
    return [{ op: 'replace', path: { attribute: path }, value: wanted }];
  }
  return (attribute.subAttributes ?? []).flatMap((sub): readonly PatchOperation[] => {
    const value = wanted[sub.name];
    if (sameJson(old[sub.name], value)) return [];
    const partPath = { attribute: { ...path, sub: sub.name } };
    if (value === undefined) return [{ op: 'remove', path: partPath }];
    return [{ op: old[sub.name] === undefined ? 'add' : 'replace', path: partPath, value }];
  });
}

/** Replacing a single complex value keeps the parts that are not named (RFC 7644 §3.5.2.3), so it is removed first. */
function replaceWhole(wanted: Json, { attribute, path }: Place): readonly PatchOperation[] {
  const where = { attribute: path };
  if (attribute.multiValued || attribute.subAttributes === undefined) {
    return [{ op: 'replace', path: where, value: wanted }];
  }
  return [
    { op: 'remove', path: where },
    { op: 'add', path: where, value: wanted },
  ];
}

function valueAfter(
  before: JsonObject,
  operations: readonly PatchOperation[],
  { place, type }: PlaceOf,
): Json | undefined {
  try {
    return valueIn(applyPatch(before, operations, type, { makeMissing: false }).resource, place);
  } catch (error) {
    if (error instanceof ScimError) return undefined;
    throw error;
  }
}

/** What a client may write of a value; an empty list is no value. */
function valueIn(resource: JsonObject, { attribute, path }: Place): Json | undefined {
  const holder = path.urn === undefined ? resource : resource[path.urn];
  const value = isJsonObject(holder) ? holder[path.name] : undefined;
  if (value === undefined || value === null) return undefined;
  if (!attribute.multiValued) return writable(value, attribute);
  const elements = elementsOf(value).flatMap((element) => writable(element, attribute) ?? []);
  return elements.length === 0 ? undefined : elements;
}

function writable(value: Json, attribute: Attribute): Json | undefined {
  const hidden = (attribute.subAttributes ?? []).filter(({ mutability }) => mutability === 'readOnly');
  if (hidden.length === 0 || !isJsonObject(value)) return value;
  const parts = Object.entries(value).filter(([name]) => !hidden.some((sub) => sub.name === name));
  return parts.length === 0 ? undefined : Object.fromEntries(parts);
}

function sameValue(left: Json | undefined, right: Json | undefined, attribute: Attribute): boolean {
  if (!attribute.multiValued || left === undefined || right === undefined) return sameJson(left, right);
  return sameElements(elementsOf(left), elementsOf(right), attribute);
}
