import type { JsonObject } from '@lockstep/scim';
import type { LogRecord } from '../log/log-record.ts';
import type { JobLife, JobStatistics } from './job-life.ts';
import type { LogStore } from './log-store.ts';
import type { StagedRemoval, StagedStore } from './staged-removal.ts';

export type ObjectType = 'user' | 'group';

/** Source object <-> account in the app. */
export interface Link {
  readonly sourceId: string;
  readonly objectType: ObjectType;
  readonly targetId: string;
  /** The account as last sent to or read from the app; updates are differences from it. */
  readonly view: JsonObject;
  /** `released`: disabled after unassignment and no longer managed (rule D4); a return to scope takes it up again. */
  readonly state: 'managed' | 'released';
}

export type IntentAction = 'create' | 'update' | 'disable' | 'delete';

/** Written before a request that changes the app; closed by its outcome. An open one after a crash is probed. */
export interface Intent {
  readonly id: string;
  readonly objectType: ObjectType;
  readonly sourceId: string;
  readonly action: IntentAction;
  /** Absent for creates. */
  readonly targetId?: string;
  readonly atMs: number;
}

/** A reference that could not be resolved because the referenced object has no account yet. */
export interface PendingReference {
  readonly objectType: ObjectType;
  readonly sourceId: string;
  /** Target attribute, such as `manager` or `members`. */
  readonly attribute: string;
  readonly referencedId: string;
}

/** A stored failure that is tried again. */
export interface Escrow {
  readonly objectType: ObjectType;
  readonly sourceId: string;
  readonly failures: number;
  readonly firstFailedMs: number;
  readonly nextAttemptMs: number;
  readonly errorCode: string;
  readonly message: string;
}

/** What became of one object: everything here is stored in one transaction. */
export interface Outcome {
  readonly objectType: ObjectType;
  readonly sourceId: string;
  readonly intentId?: string;
  /** A link to store, `null` to drop it, absent to leave it. */
  readonly link?: Link | null;
  /**
   * The account was there before. Whoever else it was linked to gives it up, and the groups it is in by way of them are
   * compared anew.
   */
  readonly takesOver?: { readonly atMs: number };
  /** The account was gone from the app: groups are told of the object's next account anew. */
  readonly isReplaced?: boolean;
  /** An escrow to store, `null` to clear it, absent to leave it. */
  readonly escrow?: Escrow | null;
  /** The same for failures of references and memberships, which are kept apart (rule ERR-4). */
  readonly referenceEscrow?: Escrow | null;
  /** Replaces the object's pending references. */
  readonly pending?: readonly PendingReference[];
  /** References of other objects that wait again, since they point to an account that is gone. */
  readonly alsoPending?: readonly PendingReference[];
  /** Removals the guard holds; one of the same id is replaced. */
  readonly staged?: readonly StagedRemoval[];
  /** Ids of staged removals that are carried out or no longer true. */
  readonly unstaged?: readonly string[];
  readonly log?: LogRecord;
}

/** Members of a group that the app was told of; kept as rows. */
export interface MembershipOutcome {
  readonly groupId: string;
  readonly addedUserIds: readonly string[];
  readonly removedUserIds: readonly string[];
}

export type CyclePhase = 'users' | 'groups' | 'leavers' | 'references';

/** How far an initial cycle has come. */
export interface CyclePass {
  readonly phase: CyclePhase;
  /** Last object of the page that was finished. */
  readonly after?: string;
  /** Feed position at the start: what changes later is handled after the pass. */
  readonly head: number;
  readonly cycleId: string;
  /** The job had links before: some of them may be of people who have left the scope. */
  readonly hasLinks: boolean;
  /** The words of the failure threshold that the pass reached; the stored failures were thrown away then (rule LIFE-4). */
  readonly prunedBecause?: string;
}

/** Where a job stands. Survives crashes; moved only after the outcomes of a page are stored. */
export interface JobState {
  readonly jobId: string;
  readonly kind: 'initial' | 'incremental';
  /** Feed position up to which everything has been handled. */
  readonly watermark: number;
  /** Initial cycle only: where the pass through the directory stands. */
  readonly pass?: CyclePass;
  readonly lastCycle?: CycleSummary;
  readonly statistics?: JobStatistics;
}

/** What stands in the way of a job, for the judgement over quarantine. */
export interface FailureCounts {
  /** Objects that fail now; those the app only asked to slow down for are not among them. */
  readonly failures: number;
  /** References and memberships that fail now. */
  readonly referenceFailures: number;
  /** Linked objects that do not fail. */
  readonly successes: number;
}

export interface CycleSummary {
  readonly cycleId: string;
  readonly kind: 'initial' | 'incremental';
  readonly startedMs: number;
  readonly endedMs: number;
  readonly state: 'succeeded' | 'entryLevelErrors' | 'failed' | 'stopped';
  readonly counts: CycleCounts;
  /** Why the cycle failed, when it did. */
  readonly error?: { readonly code: string; readonly message: string };
}

export interface CycleCounts {
  readonly created: number;
  readonly linked: number;
  readonly updated: number;
  readonly disabled: number;
  readonly deleted: number;
  readonly skipped: number;
  readonly failed: number;
  /** Skipped objects by reason code. */
  readonly skippedBy: Readonly<Record<string, number>>;
}

/** Links, journal, escrows, log and position of jobs. All calls are scoped to one job. */
export interface EngineStore extends StagedStore, LogStore {
  /** Takes or renews the job's lease. `undefined` when another holder has it. The fence rises with each new holder. */
  acquireLease(
    jobId: string,
    holder: string,
    times: { readonly nowMs: number; readonly untilMs: number },
  ): Promise<number | undefined>;
  releaseLease(jobId: string, holder: string): Promise<void>;

  state(jobId: string): Promise<JobState>;
  /** False, and nothing stored, when a newer holder has taken the lease. */
  saveState(state: JobState, fence: number): Promise<boolean>;
  /** Stores the end of a cycle in the history, which keeps the last 200 of a job. */
  recordCycle(jobId: string, summary: CycleSummary): Promise<void>;
  /** Cycles that have ended, newest first. */
  cycles(jobId: string, limit: number): Promise<readonly CycleSummary[]>;

  life(jobId: string): Promise<JobLife>;
  /**
   * Changes a job's life in one transaction. `change` is pure: it may be called more than once.
   * @returns the life as it is now; `undefined`, and nothing stored, when a newer holder has taken the lease
   */
  changeLife(jobId: string, change: (life: JobLife) => JobLife, fence?: number): Promise<JobLife | undefined>;

  links(jobId: string, objectType: ObjectType, sourceIds: readonly string[]): Promise<ReadonlyMap<string, Link>>;
  /** Links in a fixed order, for screens, references and restarts. */
  linkPage(
    jobId: string,
    objectType: ObjectType,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<readonly Link[]>;
  countLinks(jobId: string): Promise<{ readonly users: number; readonly groups: number }>;
  /** The source object behind an account, if the job links it. */
  linkByTarget(jobId: string, objectType: ObjectType, targetId: string): Promise<Link | undefined>;
  /** People whose account, as it is kept, has a text somewhere in it; goes through all accounts of the job. */
  linksNaming(jobId: string, text: string): Promise<readonly Link[]>;

  /** False, and nothing stored, when `fence` is given and a newer holder has taken the lease. */
  recordIntents(jobId: string, intents: readonly Intent[], fence?: number): Promise<boolean>;
  /**
   * Closes intents and stores links, escrows, pending references and log records, all or none. False, and nothing stored,
   * when `fence` is given and a newer holder has taken the lease.
   */
  recordOutcomes(jobId: string, outcomes: readonly Outcome[], fence?: number): Promise<boolean>;
  /** Intents without an outcome, oldest first: what a crash left behind. */
  openIntents(jobId: string): Promise<readonly Intent[]>;

  /** Members the app is known to have; with `among`, at most 1,000 ids, only those of them. */
  sentMembers(
    jobId: string,
    groupId: string,
    page: { readonly after?: string; readonly limit: number; readonly among?: readonly string[] },
  ): Promise<readonly string[]>;
  /** Fenced like `recordOutcomes`. */
  recordMembers(jobId: string, outcome: MembershipOutcome, fence?: number): Promise<boolean>;
  /**
   * References that wait although the referenced object has an account by now, in a fixed order behind `after`; all
   * references of one object come together or not at all.
   */
  resolvableReferences(
    jobId: string,
    page: { readonly after?: { readonly objectType: ObjectType; readonly sourceId: string }; readonly limit: number },
  ): Promise<readonly PendingReference[]>;

  dueEscrows(jobId: string, nowMs: number, limit: number): Promise<readonly Escrow[]>;
  countEscrows(jobId: string): Promise<number>;
  /** Stored failures of some objects, due or not. */
  escrows(jobId: string, objectType: ObjectType, sourceIds: readonly string[]): Promise<readonly Escrow[]>;
  dueReferenceEscrows(jobId: string, nowMs: number, limit: number): Promise<readonly Escrow[]>;
  referenceEscrows(jobId: string, objectType: ObjectType, sourceIds: readonly string[]): Promise<readonly Escrow[]>;
  /** References of some objects that wait for an account, at most 1,000. */
  pendingReferences(
    jobId: string,
    objectType: ObjectType,
    sourceIds: readonly string[],
  ): Promise<readonly PendingReference[]>;
  /** References that wait for one of some objects, all of them. */
  referencesTo(jobId: string, referencedIds: readonly string[]): Promise<readonly PendingReference[]>;
  failureCounts(jobId: string): Promise<FailureCounts>;

  /** Forgets position, links, escrows or open intents of a job, as its restart asks. */
  reset(
    jobId: string,
    what: { readonly watermark: boolean; readonly links: boolean; readonly escrows: boolean },
  ): Promise<void>;
}
