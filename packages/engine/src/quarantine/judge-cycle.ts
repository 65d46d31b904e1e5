import { changeLife } from '../lifecycle/change-life.ts';
import type { CycleSummary, FailureCounts } from '../ports/engine-store.ts';
import type { JobLife } from '../ports/job-life.ts';
import { judgeFailures, type QuarantineCause, type QuarantineLimits } from './judge-failures.ts';
import { isQuarantineOver, nextQuarantine } from './quarantine-ladder.ts';

/** Everything the judgement over a cycle that ended depends on. */
export interface CycleEvidence {
  readonly summary: CycleSummary;
  readonly counts: FailureCounts;
  readonly limits: QuarantineLimits;
  /** Removals that wait for a word after the cycle. */
  readonly pendingRemovals: number;
  /** The guard's words, when it held removals in this cycle. */
  readonly guardText?: string;
  /** The words of the threshold that the failures reached while the initial cycle ran; they were thrown away then. */
  readonly prunedBecause?: string;
}

/** What a cycle that ended makes of the job. */
export interface CycleVerdict {
  readonly life: JobLife;
  /** Stored failures are to be thrown away (rule LIFE-4). */
  readonly prunesEscrows: boolean;
}

/** Codes of failed cycles that would fail for everybody alike: quarantine at once, whatever the counts (rule Q-1). */
const IMMEDIATE: ReadonlySet<string> = new Set(['InvalidCredentials', 'ServiceIncompatible']);

/** Judges a job by the end of a cycle. A cycle that was stopped, or lost its lease, says nothing. */
export function judgeCycle(life: JobLife, evidence: CycleEvidence, nowMs: number): CycleVerdict {
  const { summary } = evidence;
  const kept = { life, prunesEscrows: false };
  if (summary.state === 'stopped' || summary.error?.code === 'LeaseLost') return kept;
  if (summary.state === 'failed') return { life: afterFailure(life, summary, nowMs), prunesEscrows: false };
  const cause = judgeFailures(evidence.counts, evidence.limits);
  const reached = evidence.prunedBecause ?? cause?.message;
  if (reached !== undefined && summary.kind === 'initial') {
    const because = `The initial cycle met too many failures: ${reached} They were thrown away; start the job again when the cause is gone.`;
    return { life: changeLife(life, { event: 'initialThresholdReached', because }), prunesEscrows: true };
  }
  const found = cause ?? heldRemovals(evidence);
  if (found === undefined) return { life: changeLife(life, { event: 'cycleEnded' }), prunesEscrows: false };
  // The initial cycle has come to its end all the same.
  return { life: { ...afterTrip(life, found, nowMs), hasRun: true }, prunesEscrows: false };
}

function heldRemovals({ guardText, pendingRemovals }: CycleEvidence): QuarantineCause | undefined {
  if (guardText !== undefined) return { reason: 'TooManyDeletes', message: guardText };
  if (pendingRemovals === 0) return undefined;
  return { reason: 'TooManyDeletes', message: `${pendingRemovals} removals wait to be approved or rejected.` };
}

function afterFailure(life: JobLife, summary: CycleSummary, nowMs: number): JobLife {
  const { code = 'InternalError', message = 'the cycle failed' } = summary.error ?? {};
  if (IMMEDIATE.has(code)) {
    return afterTrip(life, { reason: 'EncounteredQuarantineException', message: `${code}: ${message}` }, nowMs);
  }
  if (life.state !== 'Quarantine' || life.quarantine === undefined) return changeLife(life, { event: 'cycleFailed' });
  const { reason, message: earlier } = life.quarantine;
  return stay(life, { reason, message: earlier }, nowMs);
}

function afterTrip(life: JobLife, cause: QuarantineCause, nowMs: number): JobLife {
  if (life.state === 'Quarantine') return stay(life, cause, nowMs);
  return changeLife(life, { event: 'quarantineTripped', quarantine: nextQuarantine(undefined, cause, nowMs) });
}

function stay(life: JobLife, cause: QuarantineCause, nowMs: number): JobLife {
  if (life.quarantine !== undefined && isQuarantineOver(life.quarantine, nowMs)) {
    const because = `The job was in quarantine for 28 days: ${cause.message}`;
    return changeLife(life, { event: 'quarantineExpired', because });
  }
  return changeLife(life, { event: 'quarantineTripped', quarantine: nextQuarantine(life.quarantine, cause, nowMs) });
}
