import type { JobState } from '../ports/engine-store.ts';
import { CycleError } from './cycle-error.ts';
import type { CyclePorts } from './cycle-ports.ts';

/** How a cycle came to its end. */
export type CycleEnd =
  | { readonly kind: 'finished' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly error: CycleError };

/** Holds a job's lease while a cycle runs, renewing it with every position that is saved. */
export interface LeaseKeeper {
  /** False when another holder has it. */
  take(): Promise<boolean>;
  /** Renews the lease when a good part of it has passed, as after a process stood still. @throws {CycleError} `LeaseLost` */
  keep(): Promise<void>;
  /** @throws {CycleError} `LeaseLost` when a newer holder has the job */
  save(state: JobState): Promise<void>;
  release(): Promise<void>;
  /** Number of the lease as it was taken; writes of a holder with an older one are refused. */
  fence(): number | undefined;
}

/** Longer than any page takes; after a crash the job is free again this late, unless the same holder comes back. */
const LEASE_MS = 120_000;
const RENEW_AFTER_MS = 30_000;

export function createLeaseKeeper(jobId: string, ports: Pick<CyclePorts, 'store' | 'clock' | 'holder'>): LeaseKeeper {
  const { store, clock, holder } = ports;
  let fence: number | undefined;
  let renewedMs = 0;
  const take = async (): Promise<boolean> => {
    const nowMs = clock.nowMs();
    const taken = await store.acquireLease(jobId, holder, { nowMs, untilMs: nowMs + LEASE_MS });
    // A rise of the fence means that somebody else had the job in between.
    const isSame = taken !== undefined && (fence === undefined || taken === fence);
    if (isSame) fence = taken;
    renewedMs = nowMs;
    return isSame;
  };
  let renewing: Promise<boolean> | undefined;
  /** Many writes ask at once; one of them asks the store. */
  const renew = (): Promise<boolean> => {
    renewing ??= take().finally(() => {
      renewing = undefined;
    });
    return renewing;
  };
  const lost = (): CycleError => new CycleError('LeaseLost', 'another process has taken over the job');
  return {
    take,
    keep: async () => {
      if (clock.nowMs() - renewedMs < RENEW_AFTER_MS) return;
      if (!(await renew())) throw lost();
    },
    save: async (state) => {
      if ((await take()) && fence !== undefined && (await store.saveState(state, fence))) return;
      throw lost();
    },
    fence: () => fence,
    release: () => store.releaseLease(jobId, holder),
  };
}
