import type { CompiledJob } from '../job/compile-job.ts';
import type {
  CycleCounts,
  Escrow,
  Intent,
  MembershipOutcome,
  ObjectType,
  Outcome,
  PendingReference,
} from '../ports/engine-store.ts';
import type { RemovalKind } from '../ports/staged-removal.ts';
import type { AccountIndex } from './account-index.ts';
import { CycleError } from './cycle-error.ts';
import type { CyclePorts } from './cycle-ports.ts';
import type { Doubts } from './doubts.ts';
import type { Examined } from './examined.ts';

/** One running cycle: what its steps share. What changes while it runs is in what follows the identity. */
export interface CycleRun {
  readonly job: CompiledJob;
  readonly ports: CyclePorts;
  readonly cycleId: string;
  readonly kind: 'initial' | 'incremental';
  readonly tally: Tally;
  /** About how many objects there are to handle; 0 = as many as turn up. */
  total: number;
  /** Stored failures that came up again in this cycle, by `escrowKey`; those of references apart. */
  readonly escrows: Map<string, Escrow>;
  readonly referenceEscrows: Map<string, Escrow>;
  /** Writes nobody knows the end of. */
  readonly doubts: Doubts;
  /** Accounts of the app, listed when a creation met an account that no filter finds. */
  readonly accountLists: Map<ObjectType, Promise<AccountIndex | undefined>>;
  /** People handled in this cycle who refer to others, with their names. */
  readonly referrers: Map<string, string>;
  /** Removals kept back until the whole cycle is known; `undefined` when the job has no guard, or its verdict is in. */
  heldBack: HeldRemoval[] | undefined;
  /** Some removals of the job were held before: each object is looked up among them. */
  hasStaged: boolean;
  /** The guard's words, once it has held removals. */
  guardText: string | undefined;
  /** Initial cycle only: the words of the failure threshold, once it was reached and the stored failures thrown away. */
  prunedBecause: string | undefined;
  /** Why nothing may be done about an object although its plan says so; absent = the plan decides. */
  veto?: (item: Examined) => string | undefined;
  /** References that alone are written, by `referenceKey`; absent = all that can be. */
  readonly onlyReferences?: ReadonlySet<string>;
  /**
   * Called before each write: a slow app may keep one page busy for longer than the lease lasts.
   * @throws {CycleError} `LeaseLost` when another process has the job
   */
  keepLease(): Promise<void>;
  /** Stores outcomes. @throws {CycleError} `LeaseLost` when another process has the job: nothing is stored then */
  record(outcomes: readonly Outcome[]): Promise<void>;
  /** Journals intents. @throws {CycleError} `LeaseLost` */
  journal(intents: readonly Intent[]): Promise<void>;
  /** Stores what an app was told of a group's members. @throws {CycleError} `LeaseLost` */
  recordMembers(outcome: MembershipOutcome): Promise<void>;
}

/** An object, or members of a group, whose removal waits for the guard. */
export interface HeldRemoval {
  readonly kind: RemovalKind;
  readonly objectType: ObjectType;
  readonly sourceId: string;
  /** Membership only. */
  readonly memberIds?: readonly string[];
}

/** How a run writes to the store: under the fence of its lease, or beside the cycles without one. */
export function storeWrites(
  jobId: string,
  store: CyclePorts['store'],
  fenceNow: () => number | undefined,
): Pick<CycleRun, 'record' | 'journal' | 'recordMembers'> {
  const check = (isStored: boolean): void => {
    if (!isStored) throw new CycleError('LeaseLost', 'another process has taken over the job');
  };
  return {
    record: async (outcomes) => check(await store.recordOutcomes(jobId, outcomes, fenceNow())),
    journal: async (intents) => check(await store.recordIntents(jobId, intents, fenceNow())),
    recordMembers: async (outcome) => check(await store.recordMembers(jobId, outcome, fenceNow())),
  };
}

export function escrowKey(objectType: ObjectType, sourceId: string): string {
  return `${objectType} ${sourceId}`;
}

export function referenceKey(reference: Pick<PendingReference, 'sourceId' | 'attribute' | 'referencedId'>): string {
  return `${reference.sourceId} ${reference.referencedId} ${reference.attribute}`;
}

/** How an object's part of the cycle ended, for the counts. */
export type Effect = 'created' | 'linked' | 'updated' | 'disabled' | 'deleted' | 'skipped' | 'failed';

/** Counts effects and failures in a row while a cycle runs. */
export interface Tally {
  add(effect: Effect, reason?: string): void;
  counts(): CycleCounts;
  /** Objects handled so far. */
  done(): number;
  /** One more object has been dealt with. */
  step(): void;
  /** Remembers whether the app could be reached; gives how often in a row it could not. */
  reached(isReached: boolean): number;
}

export function createTally(): Tally {
  const counted = { created: 0, linked: 0, updated: 0, disabled: 0, deleted: 0, skipped: 0, failed: 0 };
  const skippedBy = new Map<string, number>();
  let done = 0;
  let unreached = 0;
  return {
    add: (effect, reason) => {
      counted[effect] += 1;
      if (effect === 'skipped' && reason !== undefined) skippedBy.set(reason, (skippedBy.get(reason) ?? 0) + 1);
    },
    counts: () => ({ ...counted, skippedBy: Object.fromEntries(skippedBy) }),
    done: () => done,
    step: () => {
      done += 1;
    },
    reached: (isReached) => {
      unreached = isReached ? 0 : unreached + 1;
      return unreached;
    },
  };
}
