import type { AppProfile } from '@lockstep/gallery';
import { conjuncts, type ResolvedFilter, ScimError } from '@lockstep/scim';
import type { TypeShape } from '../tenant/tenant-shape.ts';
import { refuse } from './refuse.ts';

const ALWAYS: ReadonlySet<string> = new Set(['id', 'externalId', 'meta', 'schemas']);

/**
 * Refuses a filter on an attribute the app does not filter by. An administrator who picked it as matching attribute
 * should hear that at once rather than get an empty list.
 *
 * @throws {ScimError} `invalidFilter` naming the attribute and those that can be filtered by
 */
export function checkFilterable(filter: ResolvedFilter, shape: TypeShape, profile: AppProfile): void {
  const { filterable } = shape;
  if (filterable === 'all') return;
  for (const name of namesIn(filter)) {
    if (ALWAYS.has(name) || [...filterable].some((path) => isOf(path, name))) continue;
    const list = [...filterable].join(', ');
    const own = new ScimError('invalidFilter', `${profile.title} cannot filter by ${name}; it can by ${list}`);
    throw refuse(profile, 'notFilterable', own);
  }
}

function isOf(path: string, name: string): boolean {
  return path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`) || path.endsWith(`:${name}`);
}

/** Attribute names a filter looks at; unknown ones match nothing and need no right. */
function namesIn(filter: ResolvedFilter): readonly string[] {
  switch (filter.kind) {
    case 'and':
      return conjuncts(filter).flatMap((part) => (part.kind === 'and' ? [] : namesIn(part)));
    case 'or':
      return filter.filters.flatMap(namesIn);
    case 'not':
      return namesIn(filter.filter);
    case 'unknown':
      return [];
    default:
      return [filter.found.attribute.name];
  }
}
