import { CycleError, ExpressionError, UnknownSubjectError } from '@lockstep/engine';
import { ScimError } from '@lockstep/scim';
import { TargetError } from '@lockstep/scim/client';
import { z } from 'zod';
import { type Issue, LockstepError, type LockstepErrorCode, lockstepErrors } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';

/** Body of every answer that is no success. */
export interface Problem {
  readonly error: {
    readonly code: LockstepErrorCode;
    /** One sentence for a person. */
    readonly message: string;
    /** What to do about it. */
    readonly hint?: string;
    /** Every fault with its place, when there are several. */
    readonly issues?: readonly Issue[];
  };
}

/** The codes as the API's description lists them. */
const codes = Object.keys(lockstepErrors) as [LockstepErrorCode, ...LockstepErrorCode[]]; // the keys of the record

/** The form of a problem, for the API's description and for clients. */
export const problemSchema: z.ZodType<Problem> = z.object({
  error: z.object({
    code: z.enum(codes),
    message: z.string(),
    hint: optionalKey(z.string()),
    issues: optionalKey(z.array(z.object({ place: z.string(), message: z.string() }))),
  }),
});

/** Turns whatever was thrown into a refusal; what is nobody's fault outside becomes `internal` and keeps its details. */
export function asLockstepError(error: unknown): LockstepError {
  if (error instanceof LockstepError) return error;
  if (error instanceof ScimError) return new LockstepError(codeOfScim(error), error.message, { cause: error });
  if (error instanceof UnknownSubjectError) return new LockstepError('notFound', error.message, { cause: error });
  if (error instanceof ExpressionError) return new LockstepError('invalidValue', error.message, { cause: error });
  if (error instanceof TargetError || error instanceof CycleError) {
    return new LockstepError('unreachable', error.message, { cause: error });
  }
  return new LockstepError('internal', 'the request failed inside the server; it is logged there', { cause: error });
}

function codeOfScim(error: ScimError): LockstepErrorCode {
  if (error.code === 'uniqueness') return 'conflict';
  if (error.code === 'notFound') return 'notFound';
  if (error.code === 'payloadTooLarge') return 'tooLarge';
  return error.status >= 500 ? 'internal' : 'invalidValue';
}

/** The status and body that a refusal is answered with. */
export function problemAnswer(error: LockstepError): { readonly status: number; readonly body: Problem } {
  const { code, message, hint, issues } = error;
  const body = {
    error: {
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(issues.length === 0 ? {} : { issues }),
    },
  };
  return { status: lockstepErrors[code].status, body };
}
