/** Any JSON value, read-only. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object. Only names that come from a schema are ever written to one, never names a client chose. */
export interface JsonObject {
  readonly [name: string]: Json;
}

/** Whether a value is a JSON object: not null, not an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is a JSON array (narrows read-only arrays, which `Array.isArray` does not). */
export function isJsonArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}
