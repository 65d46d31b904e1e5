import { isJsonObject, type JsonObject } from '@lockstep/scim';

/** A stored text as an object. The store holds only texts that were rendered from objects. */
export function readObject(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  return isJsonObject(value) ? value : {};
}
