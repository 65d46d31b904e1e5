import { acceptDeviation } from '../dialect/accept-deviation.ts';
import type { Dialect, NoteDeviation } from '../dialect/dialect.ts';
import { ScimError } from '../error.ts';
import { isJsonArray, isJsonObject, type JsonObject } from '../json.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { expandOperation } from './expand-operation.ts';
import { PATCH_SCHEMA, type PatchOperation } from './patch-operation.ts';
import { memberOf, readGivenOperation } from './read-given-operation.ts';

const OPERATIONS_MAX_DEFAULT = 1_000;

/** How to read a PATCH request. */
export interface ReadPatchOptions {
  readonly accepts: Dialect;
  /** Told of each deviation that was met and accepted. */
  readonly note?: NoteDeviation;
  /** The most operations one request may hold; default 1,000. */
  readonly operationsMax?: number;
}

/**
 * Reads a PATCH body (RFC 7644 §3.5.2) into operations in RFC shape, with every deviation the dialect accepts rewritten
 * on the way:
 *
 * - every operation has a path, in the spelling of the schema; operations without one, and those on a whole extension,
 *   come back as one operation per attribute
 * - values have the type of their attribute; null, `[]` and (by rule) empty text become a `remove`
 * - a `remove` has no value; one that came with values becomes a `remove` by filter for each
 *
 * Members of a path-less value that the type does not know, or that are readOnly, are ignored as in a resource
 * (RFC 7644 §3.3); named by a path they are refused.
 *
 * @returns perhaps no operation at all, when nothing that was asked for can change anything
 * @throws {ScimError} `invalidSyntax`, `invalidPath`, `invalidFilter`, `invalidValue`, `mutability`, `noTarget`, or
 *   `payloadTooLarge` for too many operations
 */
export function readPatchRequest(
  body: unknown,
  type: ResourceType,
  options: ReadPatchOptions,
): readonly PatchOperation[] {
  if (!isJsonObject(body)) throw new ScimError('invalidSyntax', 'the body has to be a JSON object');
  checkSchemas(body, options);
  const given = memberOf(body, 'Operations');
  if (!isJsonArray(given) || given.length === 0) {
    throw new ScimError('invalidSyntax', 'Operations has to be a list of one or more operations');
  }
  const operationsMax = options.operationsMax ?? OPERATIONS_MAX_DEFAULT;
  if (given.length > operationsMax) {
    throw new ScimError('payloadTooLarge', `a request may hold ${operationsMax} operations at most`);
  }
  const context = { type, options };
  return given.flatMap((operation) => expandOperation(readGivenOperation(operation, options), context));
}

function checkSchemas(body: JsonObject, options: ReadPatchOptions): void {
  const schemas = memberOf(body, 'schemas');
  if (schemas === undefined || schemas === null || (isJsonArray(schemas) && schemas.length === 0)) {
    if (acceptDeviation(options, 'missingSchemas')) return;
  } else if (isJsonArray(schemas) && schemas.some(isPatchSchema)) {
    return;
  } else if (acceptDeviation(options, 'unknownSchemas')) return;
  throw new ScimError('invalidSyntax', `schemas has to list ${PATCH_SCHEMA}`);
}

function isPatchSchema(schema: unknown): boolean {
  if (schema === PATCH_SCHEMA) return true;
  return typeof schema === 'string' && schema.toLowerCase() === PATCH_SCHEMA.toLowerCase();
}
