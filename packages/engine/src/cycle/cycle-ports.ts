import type { Exchange, ScimClient } from '@lockstep/scim/client';
import type { Clock, Random } from '../ports/clock.ts';
import type { Directory } from '../ports/directory.ts';
import type { CycleCounts, CycleSummary, EngineStore } from '../ports/engine-store.ts';
import type { JobLife } from '../ports/job-life.ts';

/** Everything a cycle needs from outside. */
export interface CyclePorts {
  readonly store: EngineStore;
  readonly directory: Directory;
  readonly client: ScimClient;
  /**
   * The same client, telling a listener of its exchanges: the log keeps those of changes and failures. `beforeWrite` is
   * awaited before each request that writes, when no wait is left: whoever lost the job sends nothing more.
   */
  readonly tracedClient?: (listener: (exchange: Exchange) => void, beforeWrite?: () => Promise<void>) => ScimClient;
  readonly clock: Clock;
  readonly random: Random;
  /** Name of this process in leases; another one with the same name counts as the same. */
  readonly holder: string;
  /** Asked between objects: true ends the cycle in good order, to be resumed later. */
  isStopping(): boolean;
  onEvent?(event: CycleEvent): void;
  /** Default domain of the directory for `DefaultDomain()`. */
  readonly defaultDomain?: string;
  /** Objects in work at the same time. Default 128. */
  readonly concurrency?: number;
  /** Objects read, planned and journaled together. Default 512. */
  readonly pageSize?: number;
}

/** What a cycle tells while it runs. */
export type CycleEvent =
  | {
      readonly kind: 'started';
      readonly jobId: string;
      readonly cycleId: string;
      readonly cycle: 'initial' | 'incremental';
    }
  | {
      readonly kind: 'progress';
      readonly jobId: string;
      readonly cycleId: string;
      /** Objects handled so far, of about `total`. */
      readonly done: number;
      readonly total: number;
      readonly counts: CycleCounts;
    }
  /** The guard held removals of this cycle; they wait for a word. */
  | {
      readonly kind: 'removalsHeld';
      readonly jobId: string;
      readonly cycleId: string;
      readonly count: number;
      readonly text: string;
    }
  /** The end of a cycle changed the state of the job, or why it is in quarantine. */
  | {
      readonly kind: 'lifeChanged';
      readonly jobId: string;
      /** The cycle that did it. */
      readonly cycleId?: string;
      readonly before: JobLife;
      readonly after: JobLife;
    }
  | { readonly kind: 'finished'; readonly jobId: string; readonly cycleId: string; readonly summary: CycleSummary };
