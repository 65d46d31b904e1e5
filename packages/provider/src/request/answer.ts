import { errorBody, type ScimError } from '@lockstep/scim';
import { SCIM_MEDIA_TYPE, type ScimResponse } from './exchange.ts';

const NO_HEADERS: Readonly<Record<string, string>> = {};

/** An answer with a body that is rendered already. */
export function textAnswer(
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = NO_HEADERS,
): ScimResponse {
  return { status, headers: { 'content-type': SCIM_MEDIA_TYPE, ...headers }, body: text };
}

/** An answer without a body: 204, 304. */
export function emptyAnswer(status: number, headers: Readonly<Record<string, string>> = NO_HEADERS): ScimResponse {
  return { status, headers };
}

/** A refusal as a SCIM error body (RFC 7644 §3.12). */
export function errorAnswer(error: ScimError): ScimResponse {
  return textAnswer(error.status, JSON.stringify(errorBody(error)), error.headers);
}
