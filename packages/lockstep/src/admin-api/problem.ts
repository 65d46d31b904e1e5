import { CycleError, ExpressionError, JobBusyError, UnknownSubjectError } from '@lockstep/engine';
import { ScimError } from '@lockstep/scim';
import { TargetError } from '@lockstep/scim/client';
import { LockstepError, type LockstepErrorCode, lockstepErrors } from '../lockstep-error.ts';
import type { Problem } from './problem-shape.ts';

/** Turns whatever was thrown into a refusal; what is nobody's fault outside becomes `internal` and keeps its details. */
export function asLockstepError(error: unknown): LockstepError {
  if (error instanceof LockstepError) return error;
  if (error instanceof ScimError) return new LockstepError(codeOfScim(error), error.message, { cause: error });
  if (error instanceof UnknownSubjectError) return new LockstepError('notFound', error.message, { cause: error });
  if (error instanceof ExpressionError) return new LockstepError('invalidValue', error.message, { cause: error });
  if (error instanceof JobBusyError) {
    return new LockstepError('busy', 'a cycle of this app is running; try again when it has ended', { cause: error });
  }
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
