import { printFilter } from '../filter/print-filter.ts';
import type { PatchPath } from './path.ts';
import { printAttributePath } from './print-attribute-path.ts';

/** Writes the path of a PATCH operation (RFC 7644 §3.5.2 figure 7). `parsePatchPath` reads it back to the same value. */
export function printPath(path: PatchPath): string {
  const attribute = printAttributePath(path.attribute);
  const value = path.filter === undefined ? attribute : `${attribute}[${printFilter(path.filter)}]`;
  return path.sub === undefined ? value : `${value}.${path.sub}`;
}
