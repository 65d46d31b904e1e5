/** Everything the product refuses, one word each. */
export type LockstepErrorCode =
  | 'wrongUsage'
  | 'badSetting'
  | 'badRequest'
  | 'invalidValue'
  | 'unauthorized'
  | 'forbidden'
  | 'tooManyAttempts'
  | 'notFound'
  | 'methodNotAllowed'
  | 'conflict'
  | 'outdated'
  | 'busy'
  | 'guardHeld'
  | 'tooLarge'
  | 'unreachable'
  | 'portBusy'
  | 'dataInUse'
  | 'newerSchema'
  | 'stopping'
  | 'notImplemented'
  | 'internal';

interface CodeFacts {
  /** HTTP status of the admin API. */
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 422 | 429 | 500 | 501 | 502 | 503;
  /** Exit code of the command line: 1 = it failed, 2 = wrong usage. */
  readonly exitCode: 1 | 2;
}

/** One row per code. */
export const lockstepErrors: Readonly<Record<LockstepErrorCode, CodeFacts>> = {
  wrongUsage: { status: 400, exitCode: 2 },
  badSetting: { status: 400, exitCode: 2 },
  badRequest: { status: 400, exitCode: 1 },
  invalidValue: { status: 422, exitCode: 1 },
  unauthorized: { status: 401, exitCode: 1 },
  forbidden: { status: 403, exitCode: 1 },
  tooManyAttempts: { status: 429, exitCode: 1 },
  notFound: { status: 404, exitCode: 1 },
  methodNotAllowed: { status: 405, exitCode: 1 },
  conflict: { status: 409, exitCode: 1 },
  outdated: { status: 412, exitCode: 1 },
  busy: { status: 409, exitCode: 1 },
  guardHeld: { status: 409, exitCode: 1 },
  tooLarge: { status: 413, exitCode: 1 },
  unreachable: { status: 502, exitCode: 1 },
  portBusy: { status: 500, exitCode: 1 },
  dataInUse: { status: 500, exitCode: 1 },
  newerSchema: { status: 500, exitCode: 1 },
  stopping: { status: 503, exitCode: 1 },
  notImplemented: { status: 501, exitCode: 1 },
  internal: { status: 500, exitCode: 1 },
};

export interface LockstepErrorOptions {
  /** What to do about it, in one sentence. */
  readonly hint?: string;
  /** Places in what was handed in, when there are several faults. */
  readonly issues?: readonly Issue[];
  readonly cause?: unknown;
}

/** One fault in a file or body. */
export interface Issue {
  /** Where: `line 3, column mail` or `apps[0].tenantUrl`. */
  readonly place: string;
  readonly message: string;
}

/** A refusal in the product's own words. `message` is public and holds no secret. */
export class LockstepError extends Error {
  override readonly name = 'LockstepError';
  readonly code: LockstepErrorCode;
  readonly hint: string | undefined;
  readonly issues: readonly Issue[];

  constructor(code: LockstepErrorCode, message: string, options: LockstepErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.issues = options.issues ?? [];
  }
}
