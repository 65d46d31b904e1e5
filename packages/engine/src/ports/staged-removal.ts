import type { ObjectType } from './engine-store.ts';

/** What kind of loss the guard holds. */
export type RemovalKind = 'disable' | 'delete' | 'membership' | 'identity' | 'roleRaise';

export type StagedState = 'pending' | 'approved' | 'rejected';

/** A removal the guard held, waiting for a person's word. */
export interface StagedRemoval {
  readonly id: string;
  readonly objectType: ObjectType;
  /** The person or group; for a membership the group. */
  readonly sourceId: string;
  readonly displayName: string;
  readonly kind: RemovalKind;
  /** Membership only: the member that would be taken out. */
  readonly memberId?: string;
  /** Why it would be sent: the scope's words. */
  readonly reason: string;
  readonly changes: readonly {
    readonly attribute: string;
    readonly oldValue: string | null;
    readonly newValue: string | null;
  }[];
  readonly stagedMs: number;
  /** Then it counts as rejected. */
  readonly expiresMs: number;
  readonly state: StagedState;
  /** Of the source object when it was staged: a rejected removal is kept back until this changes. */
  readonly fingerprint: string;
  readonly cycleId: string;
}

/** How many removals of a job wait, by state. */
export type StagedCounts = Readonly<Record<StagedState, number>>;

/** Removals that the guard holds. */
export interface StagedStore {
  /** In the order of their ids. */
  staged(
    jobId: string,
    query: {
      readonly state?: StagedState;
      readonly expiredMs?: number;
      readonly after?: string;
      readonly limit: number;
    },
  ): Promise<readonly StagedRemoval[]>;
  stagedOf(jobId: string, objectType: ObjectType, sourceIds: readonly string[]): Promise<readonly StagedRemoval[]>;
  countStaged(jobId: string): Promise<StagedCounts>;
  /** Decides about those that are pending, or pending of the given ids. Gives how many there were. */
  decideStaged(
    jobId: string,
    decision: { readonly state: 'approved' | 'rejected'; readonly ids?: readonly string[] },
  ): Promise<number>;
}
