import type { AttributePath, Filter, ResolvedFilter } from '@lockstep/scim';
import { parseFilter, resolveFilter } from '@lockstep/scim';
import { type DirectoryType, directoryResourceType, RECYCLE_BIN } from './directory-schema.ts';

/**
 * Reads a filter in SCIM's words over Entra's names, such as `department eq "Sales" and jobTitle pr`.
 *
 * @param text `undefined` or empty = everybody
 * @throws {ScimError} `invalidFilter`
 */
export function readDirectoryFilter(
  type: DirectoryType,
  text: string | undefined,
  options: { readonly withDeleted: boolean },
): { readonly type: ReturnType<typeof directoryResourceType>; readonly filter: ResolvedFilter | undefined } {
  const given = text === undefined || text.trim() === '' ? undefined : toStoredNames(parseFilter(text));
  const parts = [...(given === undefined ? [] : [given]), ...(options.withDeleted ? [] : [OUTSIDE_RECYCLE_BIN])];
  const resourceType = directoryResourceType(type, given === undefined ? [] : [...namesIn(given)]);
  const [first, second] = parts;
  if (first === undefined) return { type: resourceType, filter: undefined };
  const whole: Filter = second === undefined ? first : { kind: 'and', filters: parts };
  return { type: resourceType, filter: resolveFilter(whole, resourceType) };
}

const OUTSIDE_RECYCLE_BIN: Filter = {
  kind: 'not',
  filter: { kind: 'compare', path: { name: RECYCLE_BIN }, operator: 'eq', value: 'yes' },
};

/** The store knows `objectId` as `id`. */
function toStoredNames(filter: Filter): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { kind: filter.kind, filters: filter.filters.map(toStoredNames) };
    case 'not':
      return { kind: 'not', filter: toStoredNames(filter.filter) };
    default:
      return { ...filter, path: toStoredPath(filter.path) };
  }
}

function toStoredPath(path: AttributePath): AttributePath {
  return path.name.toLowerCase() === 'objectid' ? { ...path, name: 'id' } : path;
}

function namesIn(filter: Filter): ReadonlySet<string> {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return new Set(filter.filters.flatMap((one) => [...namesIn(one)]));
    case 'not':
      return namesIn(filter.filter);
    default:
      return new Set([filter.path.name]);
  }
}
