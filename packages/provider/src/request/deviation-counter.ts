import type { NoteDeviation } from '@lockstep/scim';
import type { TenantStore } from '../ports/tenant-store.ts';

/** Counts the deviations clients make, per token, in memory until they are written. */
export interface DeviationCounter {
  noteFor(tokenId: string): NoteDeviation;
  /** Adds what has been counted to the store, as of now. */
  flush(nowMs: number): Promise<void>;
}

export function createDeviationCounter(tenants: TenantStore): DeviationCounter {
  let counted = new Map<string, Map<string, number>>();
  const countsOf = (tokenId: string): Map<string, number> => {
    const known = counted.get(tokenId);
    if (known !== undefined) return known;
    const made = new Map<string, number>();
    counted.set(tokenId, made);
    return made;
  };
  return {
    noteFor: (tokenId) => (rule) => {
      const counts = countsOf(tokenId);
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
    },
    flush: async (nowMs) => {
      const batch = counted;
      counted = new Map();
      for (const [tokenId, counts] of batch) await tenants.countDeviations(tokenId, counts, nowMs);
    },
  };
}
