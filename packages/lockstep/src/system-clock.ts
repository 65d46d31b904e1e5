import { randomUUID } from 'node:crypto';
import type { Clock, Random } from '@lockstep/engine/ports';

/** The machine's clock. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** The machine's randomness; ids come from a cryptographic source. */
export const systemRandom: Random = {
  fraction: () => Math.random(),
  guid: () => randomUUID(),
};
