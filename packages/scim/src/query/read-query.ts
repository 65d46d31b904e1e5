import { ScimError } from '../error.ts';
import { splitAttributeList } from './attribute-list.ts';
import { readPaging } from './paging.ts';
import type { PageLimits, Query, SortOrder } from './query.ts';

/** The parameters of a query as they came, by their canonical names. */
export interface GivenQuery {
  readonly filter?: string | undefined;
  readonly startIndex?: unknown;
  readonly count?: unknown;
  readonly cursor?: string | undefined;
  readonly sortBy?: string | undefined;
  readonly sortOrder?: string | undefined;
  readonly attributes?: readonly string[] | undefined;
  readonly excludedAttributes?: readonly string[] | undefined;
}

/**
 * Reads a query from the parameters of a URL, decoded already (a `URLSearchParams` is such a list). Names match
 * without regard to case; of a name given twice the first counts; names that are not SCIM's are ignored.
 *
 * @throws {ScimError} `invalidValue`, naming the parameter that does not fit
 */
export function readQuery(parameters: Iterable<readonly [string, string]>, limits: PageLimits): Query {
  const given = new Map<string, string>();
  for (const [name, value] of parameters) {
    const key = name.toLowerCase();
    if (!given.has(key)) given.set(key, value);
  }
  return buildQuery(
    {
      filter: given.get('filter'),
      startIndex: given.get('startindex'),
      count: given.get('count'),
      cursor: given.get('cursor'),
      sortBy: given.get('sortby'),
      sortOrder: given.get('sortorder'),
      attributes: listOf(given.get('attributes')),
      excludedAttributes: listOf(given.get('excludedattributes')),
    },
    limits,
  );
}

/** Builds a query from parameters in their raw form. @throws {ScimError} as `readQuery` does */
export function buildQuery(given: GivenQuery, limits: PageLimits): Query {
  const { filter, cursor, sortBy, attributes, excludedAttributes } = given;
  return {
    ...(filter === undefined ? {} : { filter }),
    ...readPaging(given, limits),
    ...(cursor === undefined ? {} : { cursor }),
    ...(sortBy === undefined || sortBy === '' ? {} : { sortBy }),
    sortOrder: readSortOrder(given.sortOrder),
    ...(isEmpty(attributes) ? {} : { attributes }),
    ...(isEmpty(excludedAttributes) ? {} : { excludedAttributes }),
  };
}

function listOf(text: string | undefined): readonly string[] | undefined {
  return text === undefined ? undefined : splitAttributeList(text);
}

function isEmpty(list: readonly string[] | undefined): list is undefined {
  return list === undefined || list.length === 0;
}

function readSortOrder(text: string | undefined): SortOrder {
  const order = text?.toLowerCase() ?? '';
  if (order === '' || order === 'ascending') return 'ascending';
  if (order === 'descending') return 'descending';
  throw new ScimError('invalidValue', 'sortOrder has to be ascending or descending');
}
