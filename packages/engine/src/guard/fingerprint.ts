import type { JsonObject } from '@lockstep/scim';

/** What of a source object a rejection holds for. */
export interface FingerprintOf {
  readonly attributes: JsonObject;
  readonly isAssigned: boolean;
  readonly deleted: string;
}

/** A short text that changes with the object: two FNV-1a hashes of 32 bits. No secret, and no proof against forgery. */
export function fingerprintOf(object: FingerprintOf): string {
  const { attributes, isAssigned, deleted } = object;
  const text = JSON.stringify([attributes, isAssigned, deleted]);
  return `${fnv(text, 0x811c9dc5)}${fnv(text, 0x050c5d1f)}`;
}

function fnv(text: string, start: number): string {
  let hash = start;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
