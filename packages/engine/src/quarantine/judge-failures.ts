import type { FailureCounts } from '../ports/engine-store.ts';
import type { QuarantineReason } from '../ports/job-life.ts';

/** When failures put a job into quarantine. */
export interface QuarantineLimits {
  /** Fewer failures are not judged by share. Default 5,000. */
  readonly failuresMin?: number;
  /** Most failures, in percent of all objects. Default 40. */
  readonly failedPercentMax?: number;
  /** Most failures, references not among them. Default 40,000. */
  readonly failuresMax?: number;
  /** Most failures, references among them. Default 60,000. */
  readonly totalFailuresMax?: number;
}

/** The published numbers (Entra: "Application provisioning in quarantine status"). */
export const quarantineDefaults: Required<QuarantineLimits> = {
  failuresMin: 5_000,
  failedPercentMax: 40,
  failuresMax: 40_000,
  totalFailuresMax: 60_000,
};

/** A reason for quarantine, with the numbers in one sentence. */
export interface QuarantineCause {
  readonly reason: QuarantineReason;
  readonly message: string;
}

/** Judges the failures of a job by number and share (rule Q-2). Every limit is passed by more, not by as many. */
export function judgeFailures(counts: FailureCounts, given: QuarantineLimits = {}): QuarantineCause | undefined {
  const limits = { ...quarantineDefaults, ...given };
  const { failures, referenceFailures, successes } = counts;
  const total = failures + referenceFailures;
  if (total > limits.totalFailuresMax) {
    const message = `${total} failures, references among them, are more than ${limits.totalFailuresMax}.`;
    return { reason: 'EncounteredTotalEscrowThreshold', message };
  }
  if (failures > limits.failuresMax) {
    return {
      reason: 'EncounteredBaseEscrowThreshold',
      message: `${failures} failures are more than ${limits.failuresMax}.`,
    };
  }
  const events = failures + successes;
  if (failures < limits.failuresMin || failures * 100 <= limits.failedPercentMax * events) return undefined;
  const percent = Math.round((failures * 100) / events);
  const message = `${failures} of ${events} objects fail (${percent} %), more than ${limits.failedPercentMax} %.`;
  return { reason: 'EncounteredEscrowProportionThreshold', message };
}
