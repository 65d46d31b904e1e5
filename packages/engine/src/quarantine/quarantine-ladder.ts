import type { Quarantine } from '../ports/job-life.ts';
import type { QuarantineCause } from './judge-failures.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Waits before the attempts of a series: 6, 12, 24 hours and then a day each (Entra: "Quarantine status"). */
const LADDER_MS: readonly number[] = [6 * HOUR_MS, 12 * HOUR_MS, DAY_MS];
/** A job that long in quarantine is disabled. */
export const QUARANTINE_DAYS_MAX = 28;

/** The quarantine after one more evaluation that left the job in it; `undefined` before = it begins. */
export function nextQuarantine(before: Quarantine | undefined, cause: QuarantineCause, nowMs: number): Quarantine {
  const seriesCount = (before?.seriesCount ?? 0) + 1;
  return {
    ...cause,
    currentBeganMs: nowMs,
    nextAttemptMs: nowMs + (LADDER_MS[seriesCount - 1] ?? DAY_MS),
    seriesBeganMs: before?.seriesBeganMs ?? nowMs,
    seriesCount,
  };
}

/** Whether a job has been in quarantine for so long that it is given up. */
export function isQuarantineOver(quarantine: Quarantine, nowMs: number): boolean {
  return nowMs - quarantine.seriesBeganMs >= QUARANTINE_DAYS_MAX * DAY_MS;
}
