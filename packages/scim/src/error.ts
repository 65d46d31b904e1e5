import type { JsonObject } from './json.ts';

/** Detail error keywords: RFC 7644 §3.12 table 9, and RFC 9865 §2.1 for the last three. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount';

/** Refusals that HTTP names by status alone. */
export type HttpRefusal =
  | 'badRequest'
  | 'unauthorized'
  | 'forbidden'
  | 'notFound'
  | 'methodNotAllowed'
  | 'notAcceptable'
  | 'requestTimeout'
  | 'conflict'
  | 'preconditionFailed'
  | 'payloadTooLarge'
  | 'unsupportedMediaType'
  | 'tooManyRequests'
  | 'internal'
  | 'notImplemented'
  | 'unavailable';

export type ScimErrorCode = ScimType | HttpRefusal;

interface ErrorRow {
  readonly status: number;
  readonly scimType?: ScimType;
}

/** One row per code: the status it answers with, and the `scimType` keyword where the RFC defines one. */
export const scimErrors: Readonly<Record<ScimErrorCode, ErrorRow>> = {
  invalidFilter: { status: 400, scimType: 'invalidFilter' },
  tooMany: { status: 400, scimType: 'tooMany' },
  uniqueness: { status: 409, scimType: 'uniqueness' },
  mutability: { status: 400, scimType: 'mutability' },
  invalidSyntax: { status: 400, scimType: 'invalidSyntax' },
  invalidPath: { status: 400, scimType: 'invalidPath' },
  noTarget: { status: 400, scimType: 'noTarget' },
  invalidValue: { status: 400, scimType: 'invalidValue' },
  invalidVers: { status: 400, scimType: 'invalidVers' },
  sensitive: { status: 403, scimType: 'sensitive' },
  invalidCursor: { status: 400, scimType: 'invalidCursor' },
  expiredCursor: { status: 400, scimType: 'expiredCursor' },
  invalidCount: { status: 400, scimType: 'invalidCount' },
  badRequest: { status: 400 },
  unauthorized: { status: 401 },
  forbidden: { status: 403 },
  notFound: { status: 404 },
  methodNotAllowed: { status: 405 },
  notAcceptable: { status: 406 },
  requestTimeout: { status: 408 },
  conflict: { status: 409 },
  preconditionFailed: { status: 412 },
  payloadTooLarge: { status: 413 },
  unsupportedMediaType: { status: 415 },
  tooManyRequests: { status: 429 },
  internal: { status: 500 },
  notImplemented: { status: 501 },
  unavailable: { status: 503 },
};

export interface ScimErrorOptions {
  /** What went wrong inside; logged, never sent. */
  readonly cause?: unknown;
  /** A private note for the operator; logged, never sent. */
  readonly hint?: string;
  /** Headers the answer must carry, such as `Retry-After` or `Allow`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal in SCIM's words. `message` is public: it goes into `detail` and must hold no secret. */
export class ScimError extends Error {
  override readonly name = 'ScimError';
  readonly code: ScimErrorCode;
  readonly hint: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ScimErrorCode, message: string, options: ScimErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.headers = options.headers ?? {};
  }

  get status(): number {
    return scimErrors[this.code].status;
  }

  get scimType(): ScimType | undefined {
    return scimErrors[this.code].scimType;
  }
}

/** URN of an error answer (RFC 7644 §3.12). */
export const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** The body of an error answer (RFC 7644 §3.12): `status` is text there, not a number. */
export function errorBody(error: ScimError): JsonObject {
  const body = { schemas: [ERROR_SCHEMA], status: String(error.status), detail: error.message };
  return error.scimType === undefined ? body : { ...body, scimType: error.scimType };
}
