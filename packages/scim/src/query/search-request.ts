import { type Acceptance, acceptDeviation } from '../dialect/accept-deviation.ts';
import { ScimError } from '../error.ts';
import { isJsonArray, isJsonObject, type Json } from '../json.ts';
import { splitAttributeList } from './attribute-list.ts';
import type { PageLimits, Query } from './query.ts';
import { buildQuery } from './read-query.ts';

/** URN of the body of a query by POST (RFC 7644 §3.4.3). */
export const SEARCH_REQUEST_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

/** How to read a search request. */
export interface SearchRequestOptions extends Acceptance {
  readonly limits: PageLimits;
}

/**
 * Reads the body of a `POST …/.search` (RFC 7644 §3.4.3) into the same query that a URL gives. Names match without
 * regard to case.
 *
 * @throws {ScimError} `invalidSyntax` for a body that is no object or does not list the schema of a search request,
 *   unless the dialect accepts that; `invalidValue` naming the member that does not fit
 */
export function readSearchRequest(body: unknown, options: SearchRequestOptions): Query {
  if (!isJsonObject(body)) throw new ScimError('invalidSyntax', 'the body has to be a JSON object');
  const given = new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]));
  checkSchema(given.get('schemas'), options);
  return buildQuery(
    {
      filter: readText(given, 'filter'),
      startIndex: given.get('startindex'),
      count: given.get('count'),
      cursor: readText(given, 'cursor'),
      sortBy: readText(given, 'sortBy'),
      sortOrder: readText(given, 'sortOrder'),
      attributes: readNames(given, 'attributes'),
      excludedAttributes: readNames(given, 'excludedAttributes'),
    },
    options.limits,
  );
}

function checkSchema(value: Json | undefined, options: SearchRequestOptions): void {
  const urns = isJsonArray(value) ? value : [];
  const isListed = urns.some(
    (urn) => typeof urn === 'string' && urn.toLowerCase() === SEARCH_REQUEST_SCHEMA.toLowerCase(),
  );
  if (isListed || acceptDeviation(options, 'missingSchemas')) return;
  throw new ScimError('invalidSyntax', `schemas has to list ${SEARCH_REQUEST_SCHEMA}`);
}

function readText(given: ReadonlyMap<string, Json>, name: string): string | undefined {
  const value = given.get(name.toLowerCase());
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new ScimError('invalidValue', `${name} has to be a string`);
  return value;
}

/** A list of names; the text form of the URL parameter is understood too. */
function readNames(given: ReadonlyMap<string, Json>, name: string): readonly string[] | undefined {
  const value = given.get(name.toLowerCase());
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return splitAttributeList(value);
  if (!isJsonArray(value)) throw new ScimError('invalidValue', `${name} has to be a list of strings`);
  return value.map((path) => {
    if (typeof path !== 'string') throw new ScimError('invalidValue', `${name} has to hold strings only`);
    return path;
  });
}
