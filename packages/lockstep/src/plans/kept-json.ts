import { isJsonObject, type JsonObject } from '@lockstep/scim';

/** A value as the JSON it is; interfaces without an index signature are not seen as JSON by the compiler. */
export function keptJson(value: object): JsonObject {
  const read: unknown = JSON.parse(JSON.stringify(value));
  return isJsonObject(read) ? read : {};
}

/** Adds up counts by name. */
export function addCounts(
  counts: Record<string, number>,
  more: Readonly<Record<string, number>>,
): Record<string, number> {
  for (const [name, count] of Object.entries(more)) counts[name] = (counts[name] ?? 0) + count;
  return counts;
}
