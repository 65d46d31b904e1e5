import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock, Random } from '@lockstep/engine/ports';

/** The machine's clock. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

const WORD_BYTES = 6;
const WORD_VALUES = 2 ** (8 * WORD_BYTES);

/** The machine's randomness, of cryptographic quality, since expressions make passwords from it. */
export const systemRandom: Random = {
  fraction: () => randomBytes(WORD_BYTES).readUIntBE(0, WORD_BYTES) / WORD_VALUES,
  guid: () => randomUUID(),
};
