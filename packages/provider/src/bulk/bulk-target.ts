import { type BulkOperation, referredBulkId, ScimError } from '@lockstep/scim';
import type { Call } from '../request/call.ts';
import { resourceShape, unknownEndpoint } from '../resource/dispatch-resource.ts';
import { locationOf } from '../resource/render-resource.ts';
import type { TypeShape } from '../tenant/tenant-shape.ts';

/** What the path of a bulk operation names. */
export interface BulkTarget {
  readonly shape: TypeShape;
  /** Absent for a create. */
  readonly id: string | undefined;
  readonly query: URLSearchParams;
  /** Address of the resource; absent for a create. */
  readonly location: string | undefined;
}

/**
 * Finds what the path of an operation names. A segment may be a reference to what another operation creates.
 *
 * @param idOf the id behind a bulkId
 * @throws {ScimError} `notFound`, `methodNotAllowed`, `badRequest`, and whatever `idOf` throws
 */
export function locateTarget(call: Call, operation: BulkOperation, idOf: (bulkId: string) => string): BulkTarget {
  const { path } = operation;
  const mark = path.indexOf('?');
  const [first = '', second, third] = (mark < 0 ? path : path.slice(0, mark))
    .split('/')
    .filter((segment) => segment !== '')
    .map(decode);
  if (third !== undefined) throw unknownEndpoint();
  const shape = resourceShape(call, first);
  if (second === '.search') throw new ScimError('invalidValue', 'a bulk request changes resources; it does not search');
  const bulkId = second === undefined ? undefined : referredBulkId(second);
  const id = bulkId === undefined ? second : idOf(bulkId);
  const query = new URLSearchParams(mark < 0 ? '' : path.slice(mark + 1));
  const location = id === undefined ? undefined : locationOf(call.base, shape.type.endpoint, id);
  return { shape, id, query, location };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    throw new ScimError('badRequest', 'the path holds percent-encoding that is broken', { cause: error });
  }
}
