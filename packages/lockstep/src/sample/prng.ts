/** A source of chance that gives the same sequence for the same seed, on every machine. */
export interface Prng {
  /** At least 0, below 1. */
  fraction(): number;
  /** A whole number from 0 to `below - 1`. */
  whole(below: number): number;
  /** True with the probability, from 0 to 1. */
  chance(probability: number): boolean;
  /** @throws {RangeError} for an empty list */
  pick<T>(list: readonly T[]): T;
  /** The items in another order; the list itself stays as it is. */
  shuffle<T>(list: readonly T[]): readonly T[];
  /** A GUID of version 4 in lower case. Not fit for secrets. */
  guid(): string;
}

const WORD = 2 ** 32;

/** Makes a generator from a seed (the 32-bit generator known as mulberry32). */
export function createPrng(seed: number): Prng {
  let state = seed >>> 0;
  const word = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const fraction = (): number => word() / WORD;
  const whole = (below: number): number => Math.floor(fraction() * below);
  const at = <T>(list: readonly T[], index: number): T => {
    const item = list[index];
    if (item === undefined) throw new RangeError('there is nothing to pick from');
    return item;
  };
  return {
    fraction,
    whole,
    chance: (probability) => fraction() < probability,
    pick: (list) => at(list, whole(list.length)),
    shuffle: (list) => {
      const keyed = list.map((item) => ({ item, key: fraction() }));
      return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item);
    },
    guid: () => toGuid([word(), word(), word(), word()].map((one) => one.toString(16).padStart(8, '0')).join('')),
  };
}

/** Version 4, variant 1 (RFC 9562 §5.4), from 32 hex digits. */
function toGuid(hex: string): string {
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4] ?? '8';
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}
