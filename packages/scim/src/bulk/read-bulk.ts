import { type Acceptance, acceptDeviation } from '../dialect/accept-deviation.ts';
import { ScimError } from '../error.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts';

/** URN of a bulk request (RFC 7644 §3.7). */
export const BULK_REQUEST_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
/** URN of the answer to one. */
export const BULK_RESPONSE_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';

/** Methods an operation of a bulk request may have. */
export type BulkMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One operation of a bulk request. */
export interface BulkOperation {
  readonly method: BulkMethod;
  /** Below the base address, as sent: `/Users`, `/Users/2819c223`. */
  readonly path: string;
  /** Name by which other operations refer to what this one creates. */
  readonly bulkId?: string;
  /** Version the resource has to have, as `If-Match` takes it. */
  readonly version?: string;
  readonly data?: Json;
}

/** An operation that cannot be carried out, with what could be read of it. */
export interface BrokenOperation {
  readonly method: string | undefined;
  readonly bulkId: string | undefined;
  readonly error: ScimError;
}

/** An entry of `Operations`, in the order of the request. */
export type BulkEntry =
  | { readonly kind: 'operation'; readonly operation: BulkOperation }
  | { readonly kind: 'broken'; readonly broken: BrokenOperation };

export interface BulkRequest {
  readonly entries: readonly BulkEntry[];
  /** After how many failures to stop; absent = never. */
  readonly failOnErrors?: number;
}

/** How to read a bulk request. */
export interface ReadBulkOptions extends Acceptance {
  /** The most operations a request may hold. */
  readonly operationsMax: number;
}

/**
 * Reads the body of a `POST /Bulk` (RFC 7644 §3.7). What is wrong with the request as a whole is thrown; what is wrong
 * with one operation is that operation's own failure, so the others can go on.
 *
 * @throws {ScimError} `invalidSyntax` for a body that is no bulk request, `invalidValue` for `failOnErrors` that is no
 *   whole number above 0 and for a `bulkId` given twice, `payloadTooLarge` for more than `operationsMax` operations
 */
export function readBulkRequest(body: unknown, options: ReadBulkOptions): BulkRequest {
  if (!isJsonObject(body)) throw new ScimError('invalidSyntax', 'the body has to be a JSON object');
  checkSchemas(memberOf(body, 'schemas'), options);
  const given = memberOf(body, 'Operations');
  if (!isJsonArray(given) || given.length === 0) {
    throw new ScimError('invalidSyntax', 'Operations has to be a list of one or more operations');
  }
  const { operationsMax } = options;
  if (given.length > operationsMax) {
    throw new ScimError(
      'payloadTooLarge',
      `a bulk request may hold ${operationsMax} operations at most (maxOperations)`,
    );
  }
  const failOnErrors = readFailOnErrors(memberOf(body, 'failOnErrors'));
  const entries = given.map((one) => readEntry(one, options));
  refuseSameBulkIds(entries);
  return failOnErrors === undefined ? { entries } : { entries, failOnErrors };
}

function checkSchemas(value: Json | undefined, options: ReadBulkOptions): void {
  const urns = isJsonArray(value) ? value : [];
  const wanted = BULK_REQUEST_SCHEMA.toLowerCase();
  if (urns.some((urn) => typeof urn === 'string' && urn.toLowerCase() === wanted)) return;
  if (acceptDeviation(options, 'missingSchemas')) return;
  throw new ScimError('invalidSyntax', `schemas has to list ${BULK_REQUEST_SCHEMA}`);
}

function readFailOnErrors(value: Json | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw new ScimError('invalidValue', 'failOnErrors has to be a whole number above 0');
}

function readEntry(value: Json, options: ReadBulkOptions): BulkEntry {
  const given = isJsonObject(value) ? value : {};
  const method = textMember(given, 'method');
  const bulkId = textMember(given, 'bulkId');
  try {
    if (!isJsonObject(value)) throw new ScimError('invalidSyntax', 'an operation has to be a JSON object');
    return { kind: 'operation', operation: readOperation(given, options) };
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    return { kind: 'broken', broken: { method, bulkId, error } };
  }
}

function readOperation(given: JsonObject, options: ReadBulkOptions): BulkOperation {
  const method = readMethod(textMember(given, 'method'), options);
  const path = textMember(given, 'path');
  if (path === undefined || path === '') throw new ScimError('invalidSyntax', 'an operation needs a path');
  const bulkId = textMember(given, 'bulkId');
  if (method === 'POST' && (bulkId === undefined || bulkId === '')) {
    throw new ScimError('invalidSyntax', 'an operation with the method POST needs a bulkId');
  }
  const version = textMember(given, 'version');
  const data = memberOf(given, 'data');
  if (method !== 'DELETE' && data === undefined) {
    throw new ScimError('invalidSyntax', `an operation with the method ${method} needs data`);
  }
  return {
    method,
    path,
    ...(bulkId === undefined ? {} : { bulkId }),
    ...(version === undefined ? {} : { version }),
    ...(data === undefined ? {} : { data }),
  };
}

const methods: ReadonlyMap<string, BulkMethod> = new Map(
  (['POST', 'PUT', 'PATCH', 'DELETE'] as const).map((method) => [method, method]),
);

function readMethod(text: string | undefined, options: ReadBulkOptions): BulkMethod {
  const exact = methods.get(text ?? '');
  if (exact !== undefined) return exact;
  const method = methods.get(text?.toUpperCase() ?? '');
  if (method !== undefined && acceptDeviation(options, 'operationInAnyCase')) return method;
  throw new ScimError('invalidSyntax', 'the method of an operation has to be POST, PUT, PATCH or DELETE');
}

function refuseSameBulkIds(entries: readonly BulkEntry[]): void {
  const seen = new Set<string>();
  for (const entry of entries) {
    const bulkId = entry.kind === 'operation' ? entry.operation.bulkId : undefined;
    if (bulkId === undefined) continue;
    if (seen.has(bulkId)) {
      throw new ScimError('invalidValue', `the bulkId ${JSON.stringify(bulkId.slice(0, 100))} is given twice`);
    }
    seen.add(bulkId);
  }
}

function textMember(given: JsonObject, name: string): string | undefined {
  const value = memberOf(given, name);
  return typeof value === 'string' ? value : undefined;
}

/** A member by its name without regard to case. */
function memberOf(given: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(given, name)) return given[name];
  const lower = name.toLowerCase();
  return Object.entries(given).find(([key]) => key.toLowerCase() === lower)?.[1];
}
