import type { Json, JsonObject } from '@lockstep/scim';
import type { MappedResource } from './map-object.ts';
import { matchesElement } from './read-target.ts';
import type { TargetPath } from './target-path.ts';

interface Draft {
  [name: string]: Json | Draft | Draft[];
}

/**
 * The SCIM resource of a create: all mapped values with defaults and create-only ones, without references. `schemas` names
 * the core schema and the extensions that are really there (RFC 7643 §3).
 */
export function buildResource(mapped: MappedResource): JsonObject {
  const schemas = [mapped.mapping.type.schema.id];
  const draft: Draft = { schemas };
  for (const { row, value } of mapped.values) {
    const { path } = row;
    if (path.container !== undefined && !schemas.includes(path.container)) schemas.push(path.container);
    place(path.container === undefined ? draft : memberOf(draft, path.container), path, value);
  }
  return finished(draft);
}

function place(holder: Draft, path: TargetPath, value: Json): void {
  if (path.element !== undefined) placeInElement(holder, path, path.element, value);
  else if (path.sub !== undefined) memberOf(holder, path.name)[path.sub] = value;
  else if (!isEmptyList(value)) holder[path.name] = value;
}

function isEmptyList(value: Json): boolean {
  return Array.isArray(value) && value.length === 0;
}

function memberOf(holder: Draft, name: string): Draft {
  const present = holder[name];
  if (isDraft(present)) return present;
  const created: Draft = {};
  holder[name] = created;
  return created;
}

function isDraft(value: Draft[string] | undefined): value is Draft {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function placeInElement(holder: Draft, path: TargetPath, element: JsonObject, value: Json): void {
  const present = holder[path.name];
  const list: Draft[] = Array.isArray(present) ? present.filter(isDraft) : [];
  let target = list.find((one) => matchesElement(finished(one), element));
  if (target === undefined) {
    target = { ...element, ...path.elementExtra };
    list.push(target);
  }
  target[path.sub ?? 'value'] = value;
  holder[path.name] = list;
}

/** A draft nobody writes to any more is plain JSON: it holds nothing but JSON values and drafts of the same kind. */
function finished(draft: Draft): JsonObject {
  return draft as JsonObject;
}
