import type { CycleCounts, CycleSummary } from './engine-store.ts';

/** Words of Microsoft Graph's synchronizationStatusCode, and `Disabled` of synchronizationScheduleState. */
export type LifeState = 'NotConfigured' | 'NotRun' | 'Active' | 'Paused' | 'Quarantine' | 'Disabled';

/** Words of Microsoft Graph's quarantineReason. */
export type QuarantineReason =
  | 'EncounteredBaseEscrowThreshold'
  | 'EncounteredTotalEscrowThreshold'
  | 'EncounteredEscrowProportionThreshold'
  | 'EncounteredQuarantineException'
  | 'TooManyDeletes';

/** Why a job runs at reduced frequency, and until when (Microsoft Graph: synchronizationQuarantine). */
export interface Quarantine {
  readonly reason: QuarantineReason;
  /** One sentence for a person, with the app's own words where there are any. */
  readonly message: string;
  /** When the reason in force was found last. */
  readonly currentBeganMs: number;
  /** Not before this does the schedule run a cycle. */
  readonly nextAttemptMs: number;
  /** When the series of re-evaluations that left the job in quarantine began. */
  readonly seriesBeganMs: number;
  /** How often the job was found in this state in a row, the first time included. */
  readonly seriesCount: number;
}

/** What an administrator and the cycles have made of a job. Whether it has credentials is known elsewhere. */
export interface JobLife {
  readonly state: Exclude<LifeState, 'NotConfigured'>;
  /** An initial cycle has come to its end once. */
  readonly hasRun: boolean;
  /** Present in quarantine, and kept for the eye when a quarantine ended in `Disabled`. */
  readonly quarantine?: Quarantine;
  /** Why the job stands still by itself, in one sentence. */
  readonly because?: string;
}

/** Statistics of a job since its first cycle. */
export interface JobStatistics {
  /** Failed cycles since the last one that came to its end. */
  readonly successiveFailures: number;
  /** The failure threshold was reached during the initial cycle, so that its stored failures were thrown away (LIFE-4). */
  readonly escrowsPruned: boolean;
  /** When no work was left for the first and for the last time. */
  readonly steadyFirstMs?: number;
  readonly steadyLastMs?: number;
  readonly lastSuccess?: CycleSummary;
  /** The last cycle that came to its end and changed something in the app. */
  readonly lastSuccessWithExports?: CycleSummary;
  readonly cycles: number;
  /** What all cycles together did. */
  readonly totals: CycleCounts;
}
