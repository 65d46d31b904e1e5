import { foldText, isJsonArray, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';
import type { IndexedValue, ResourceKeys } from '../ports/realm-store.ts';
import type { TypeShape, UniquePath } from '../tenant/tenant-shape.ts';
import { valuesAt } from './values-at.ts';

/** What the store indexes of a resource in canonical form. */
export function resourceKeys(resource: JsonObject, shape: TypeShape): ResourceKeys {
  const { uniqueName } = shape.indexed;
  const externalId = textOf(resource['externalId']);
  return {
    uniqueName: uniqueName === null ? null : folded(textOf(resource[uniqueName])),
    externalId,
    isExternalIdUnique: shape.isExternalIdUnique,
    display: textOf(resource['displayName']) ?? textOf(resource['userName']),
    values: [...shape.indexed.values.flatMap((path) => indexedAt(resource, path)), ...uniqueValues(resource, shape)],
    isActive: resource['active'] !== false,
  };
}

function indexedAt(resource: JsonObject, path: string): readonly IndexedValue[] {
  const [name = '', sub] = path.split('.');
  const value = resource[name];
  const elements: readonly Json[] = isJsonArray(value) ? value : value === undefined ? [] : [value];
  const texts = elements.map((element) => textOf(isJsonObject(element) && sub !== undefined ? element[sub] : element));
  const distinct = new Set(texts.filter((text) => text !== null).map(foldText));
  return [...distinct].map((value) => ({ path, value, isUnique: false }));
}

function uniqueValues(resource: JsonObject, shape: TypeShape): readonly IndexedValue[] {
  return shape.uniquePaths.flatMap((unique: UniquePath) => {
    const distinct = new Set(valuesAt(resource, unique.path, shape.fullType).map(foldText));
    return [...distinct].map((value) => ({ path: unique.text, value, isUnique: true }));
  });
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function folded(text: string | null): string | null {
  return text === null ? null : foldText(text);
}
