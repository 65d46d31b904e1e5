import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts';

const PREFIX = 'bulkId:';

/** Deeper than any place of a resource or PATCH body where a reference could stand. What is deeper is left as it is. */
const DEPTH_MAX = 16;

/** The bulkId a text refers to (RFC 7644 §3.7.2); `undefined` for every other value. */
export function referredBulkId(value: Json): string | undefined {
  return typeof value === 'string' && value.startsWith(PREFIX) ? value.slice(PREFIX.length) : undefined;
}

/** The bulkIds a value refers to, each once, in the order they come. */
export function bulkIdsIn(value: Json): readonly string[] {
  const found = new Set<string>();
  collect(value, found, 0);
  return [...found];
}

function collect(value: Json, found: Set<string>, depth: number): void {
  const bulkId = referredBulkId(value);
  if (bulkId !== undefined) found.add(bulkId);
  if (depth >= DEPTH_MAX || typeof value !== 'object' || value === null) return;
  for (const part of isJsonArray(value) ? value : Object.values(value)) collect(part, found, depth + 1);
}

/**
 * The value with an id in place of each reference.
 *
 * @param idOf the id of what an operation created; may throw for one that created nothing
 */
export function resolveBulkIds(value: Json, idOf: (bulkId: string) => string): Json {
  return resolve(value, idOf, 0);
}

function resolve(value: Json, idOf: (bulkId: string) => string, depth: number): Json {
  const bulkId = referredBulkId(value);
  if (bulkId !== undefined) return idOf(bulkId);
  if (depth >= DEPTH_MAX || typeof value !== 'object' || value === null) return value;
  if (isJsonArray(value)) return value.map((part) => resolve(part, idOf, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, resolve(part, idOf, depth + 1)]));
}

/** A resource in two parts: what can be created at once, and what has to be added when the rest exists. */
export interface SplitResource {
  readonly now: JsonObject;
  /** In the shape of a resource without `schemas`: the value of a path-less `add`. Absent when nothing waits. */
  readonly later?: JsonObject;
}

/**
 * Takes out of a resource what refers to operations that cannot have run yet: elements of lists, whole single values,
 * and the same within extensions.
 *
 * @param isLate whether what a bulkId stands for does not exist yet
 */
export function splitLateReferences(resource: JsonObject, isLate: (bulkId: string) => boolean): SplitResource {
  const now: [string, Json][] = [];
  const later: [string, Json][] = [];
  for (const [name, value] of Object.entries(resource)) {
    const split = splitMember(name, value, isLate);
    if (split.now !== undefined) now.push([name, split.now]);
    if (split.later !== undefined) later.push([name, split.later]);
  }
  const rest = Object.fromEntries(now);
  return later.length === 0 ? { now: rest } : { now: rest, later: Object.fromEntries(later) };
}

interface SplitValue {
  readonly now?: Json;
  readonly later?: Json;
}

function splitMember(name: string, value: Json, isLate: (bulkId: string) => boolean): SplitValue {
  const waits = (part: Json): boolean => bulkIdsIn(part).some(isLate);
  if (!waits(value)) return { now: value };
  if (isJsonArray(value)) {
    const ready = value.filter((element) => !waits(element));
    return { ...(ready.length === 0 ? {} : { now: ready }), later: value.filter(waits) };
  }
  // A member named by a URN is an extension, and the attributes within it are judged one by one.
  if (name.includes(':') && isJsonObject(value)) {
    const { now, later } = splitLateReferences(value, isLate);
    return { ...(Object.keys(now).length === 0 ? {} : { now }), ...(later === undefined ? {} : { later }) };
  }
  return { later: value };
}
