import { type NoteDeviation, ScimError } from '@lockstep/scim';
import type { ScimRequest } from './exchange.ts';

const ACCEPTED: ReadonlySet<string> = new Set(['application/scim+json', 'application/json', 'application/*', '*/*']);
const CONTENT: ReadonlySet<string> = new Set(['application/scim+json', 'application/json']);

/**
 * Checks `Accept` (RFC 7644 §3.8). Absent means everything.
 *
 * @throws {ScimError} `notAcceptable` when the client wants neither SCIM nor plain JSON
 */
export function checkAccept(request: ScimRequest): void {
  const accept = request.header('accept');
  if (accept === undefined || accept === '' || ACCEPTED.has(accept)) return;
  const wanted = accept.split(',').map(mediaTypeOf);
  if (wanted.some((type) => ACCEPTED.has(type))) return;
  throw new ScimError('notAcceptable', 'answers are application/scim+json; ask for that or application/json in Accept');
}

/**
 * Checks `Content-Type` of a request with a body. Absent is taken as SCIM, and noted.
 *
 * @throws {ScimError} `unsupportedMediaType`
 */
export function checkContentType(request: ScimRequest, note: NoteDeviation): void {
  const type = request.header('content-type');
  if (type === undefined || type === '') {
    note('missingContentType');
    return;
  }
  if (CONTENT.has(type) || CONTENT.has(mediaTypeOf(type))) return;
  throw new ScimError('unsupportedMediaType', 'send the body as application/scim+json');
}

/** The type without parameters, in lower case. */
function mediaTypeOf(text: string): string {
  const end = text.indexOf(';');
  return (end < 0 ? text : text.slice(0, end)).trim().toLowerCase();
}
