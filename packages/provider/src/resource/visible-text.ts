import { isJsonArray } from '@lockstep/scim';
import type { TypeShape } from '../tenant/tenant-shape.ts';
import { readObject } from './read-object.ts';

/** Lists of `schemas` remembered per type. */
const HEADS_MAX = 1_000;

/** Beginnings of texts, up to the end of `schemas`, that list only what the type has. */
const known: WeakMap<TypeShape, Set<string>> = new WeakMap();

/**
 * A stored text without the values of extensions that are not declared any more. They stay stored, since a declaration
 * that comes back shows them again. Texts without such values, which is nearly all, are not parsed.
 */
export function visibleText(text: string, shape: TypeShape): string {
  const end = text.indexOf('],"id":');
  if (end < 0 || !text.startsWith('{"schemas":[')) return text;
  const head = text.slice(0, end);
  const heads = headsOf(shape);
  if (heads.has(head)) return text;
  const resource = readObject(text);
  const { schemas } = resource;
  const hidden = isJsonArray(schemas) ? schemas.filter((id) => !isServed(id, shape)) : [];
  if (hidden.length > 0) {
    const kept = Object.entries(resource).filter(([name]) => !hidden.includes(name));
    const listed = isJsonArray(schemas) ? schemas.filter((id) => !hidden.includes(id)) : [];
    return JSON.stringify({ ...Object.fromEntries(kept), schemas: listed });
  }
  if (heads.size < HEADS_MAX) heads.add(head);
  return text;
}

function headsOf(shape: TypeShape): Set<string> {
  const heads = known.get(shape) ?? new Set();
  known.set(shape, heads);
  return heads;
}

/** Whether resources of the type may have the schema; URNs match without regard to case. */
export function isServed(id: unknown, { type }: TypeShape): boolean {
  if (typeof id !== 'string') return false;
  const wanted = id.toLowerCase();
  return [type, ...type.extensions].some(({ schema }) => schema.id.toLowerCase() === wanted);
}
