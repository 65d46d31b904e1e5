import type { Problem } from 'lockstep/admin-api/answers';

/** The server refused a request, or could not be reached (`status` 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** What to do about it. */
  readonly hint: string | undefined;
  /** Every fault with its place in what was sent. */
  readonly issues: readonly { readonly place: string; readonly message: string }[];

  constructor(status: number, problem: Problem['error'] | UnreachableProblem, cause?: unknown) {
    super(problem.message, { cause });
    this.name = 'ApiError';
    this.status = status;
    this.code = problem.code;
    this.hint = problem.hint;
    this.issues = problem.issues ?? [];
  }
}

interface UnreachableProblem {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly issues?: Problem['error']['issues'];
}

/** What of a failed request is shown, whatever was thrown. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const message = error instanceof Error ? error.message : 'something failed in the page itself';
  return new ApiError(0, { code: 'internal', message }, error);
}
