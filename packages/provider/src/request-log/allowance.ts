/** Bounds how many of something are told of, by key. */
export interface Allowance {
  take(key: string, nowMs: number): boolean;
}

interface Bucket {
  left: number;
  filledMs: number;
}

const AT_ONCE = 30;
const EVERY_MS = 10_000;
const KEYS_MAX = 10_000;

/** Thirty at once, then one every ten seconds. */
export function createAllowance(): Allowance {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (key: string, nowMs: number): Bucket => {
    const known = buckets.get(key);
    if (known !== undefined) return known;
    if (buckets.size >= KEYS_MAX) buckets.clear();
    const made = { left: AT_ONCE, filledMs: nowMs };
    buckets.set(key, made);
    return made;
  };
  return {
    take: (key, nowMs) => {
      const bucket = bucketOf(key, nowMs);
      const gained = Math.floor((nowMs - bucket.filledMs) / EVERY_MS);
      if (gained > 0) {
        bucket.left = Math.min(AT_ONCE, bucket.left + gained);
        bucket.filledMs = nowMs;
      }
      if (bucket.left === 0) return false;
      bucket.left -= 1;
      return true;
    },
  };
}
