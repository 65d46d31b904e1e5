import { TargetError } from '@lockstep/scim/client';

/** Why a whole cycle ended early. Entra's quarantine reasons go by these. */
export type CycleErrorCode =
  | 'InvalidCredentials'
  | 'ServiceIncompatible'
  | 'TargetUnreachable'
  | 'LeaseLost'
  | 'InternalError';

/** The cycle cannot go on; nothing is lost, and the next one starts where this one stood. */
export class CycleError extends Error {
  override readonly name = 'CycleError';
  readonly code: CycleErrorCode;

  constructor(code: CycleErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** Another process, or another cycle of this one, has the job. */
export class JobBusyError extends Error {
  override readonly name = 'JobBusyError';

  constructor(jobId: string) {
    super(`a cycle of job ${jobId} is running already`);
  }
}

/**
 * The failure of a whole job that a refusal stands for, if it does: credentials that do not work and addresses that are
 * no SCIM endpoint would fail for every object alike (rule Q-1).
 */
export function jobFailure(error: unknown): CycleError | undefined {
  if (error instanceof CycleError) return error;
  if (!(error instanceof TargetError)) return undefined;
  if (error.status === 401) return new CycleError('InvalidCredentials', error.message, error);
  if (error.category === 'notScim' && !error.ambiguous)
    return new CycleError('ServiceIncompatible', error.message, error);
  return undefined;
}
