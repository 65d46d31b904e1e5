import type { AttributePath } from './path.ts';

/** Writes an attribute path as RFC 7644 §3.10 has it. `parseAttributePath` reads it back to the same value. */
export function printAttributePath(path: AttributePath): string {
  const name = path.urn === undefined ? path.name : `${path.urn}:${path.name}`;
  return path.sub === undefined ? name : `${name}.${path.sub}`;
}
