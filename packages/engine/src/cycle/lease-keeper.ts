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
  /** @throws {CycleError} `LeaseLost` when a newer holder has the job */
  save(state: JobState): Promise<void>;
  release(): Promise<void>;
}

/** Longer than any page takes; after a crash the job is free again this late, unless the same holder comes back. */
const LEASE_MS = 120_000;

export function createLeaseKeeper(jobId: string, ports: Pick<CyclePorts, 'store' | 'clock' | 'holder'>): LeaseKeeper {
  const { store, clock, holder } = ports;
  let fence: number | undefined;
  const take = async (): Promise<boolean> => {
    const nowMs = clock.nowMs();
    fence = await store.acquireLease(jobId, holder, { nowMs, untilMs: nowMs + LEASE_MS });
    return fence !== undefined;
  };
  return {
    take,
    save: async (state) => {
      const isHeld = await take();
      if (isHeld && fence !== undefined && (await store.saveState(state, fence))) return;
      throw new CycleError('LeaseLost', 'another process has taken over the job');
    },
    release: () => store.releaseLease(jobId, holder),
  };
}
