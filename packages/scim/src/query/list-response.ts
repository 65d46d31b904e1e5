import type { Json, JsonObject } from '../json.ts';

/** URN of the answer to a query (RFC 7644 §3.4.2). */
export const LIST_RESPONSE_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** What is told about a page of results besides the results. */
export interface Page {
  /** How many resources match in all. */
  readonly totalResults: number;
  /** First result of the page, counted from 1; absent when paging by cursor. */
  readonly startIndex?: number;
  /** Where the next page starts; absent on the last page and when paging by index (RFC 9865 §2). */
  readonly nextCursor?: string;
  /** Where the page before starts; never on the first page. */
  readonly previousCursor?: string;
}

/** The answer to a query (RFC 7644 §3.4.2, RFC 9865 §2). `itemsPerPage` is the number of resources given. */
export function listResponse(page: Page, resources: readonly JsonObject[]): JsonObject {
  return { ...headOf(page, resources.length), Resources: resources };
}

/** The same answer as JSON text, around resources that are JSON text already. */
export function listResponseText(page: Page, resources: readonly string[]): string {
  const head = JSON.stringify(headOf(page, resources.length));
  return `${head.slice(0, -1)},"Resources":[${resources.join(',')}]}`;
}

function headOf(page: Page, itemsPerPage: number): JsonObject {
  const head: Record<string, Json> = { schemas: [LIST_RESPONSE_SCHEMA], totalResults: page.totalResults, itemsPerPage };
  if (page.startIndex !== undefined) head['startIndex'] = page.startIndex;
  if (page.nextCursor !== undefined) head['nextCursor'] = page.nextCursor;
  if (page.previousCursor !== undefined) head['previousCursor'] = page.previousCursor;
  return head;
}
