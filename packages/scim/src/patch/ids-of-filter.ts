import type { Filter } from '../filter/filter.ts';

/**
 * The ids a filter over elements names, when it does nothing else: `value eq "a"`, or an `or` of such comparisons.
 *
 * @returns the ids in order, or `undefined` when the filter asks for anything more
 */
export function idsOfFilter(filter: Filter): readonly string[] | undefined {
  if (filter.kind === 'or') {
    const ids = filter.filters.map(idOfComparison);
    return ids.every((id) => id !== undefined) ? ids : undefined;
  }
  const id = idOfComparison(filter);
  return id === undefined ? undefined : [id];
}

function idOfComparison(filter: Filter): string | undefined {
  if (filter.kind !== 'compare' || filter.operator !== 'eq' || typeof filter.value !== 'string') return undefined;
  const { urn, name, sub } = filter.path;
  return urn === undefined && sub === undefined && name.toLowerCase() === 'value' ? filter.value : undefined;
}
