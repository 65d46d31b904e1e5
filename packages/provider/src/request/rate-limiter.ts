import { ScimError } from '@lockstep/scim';
import type { RateLimit, Tenant } from '../ports/tenant-store.ts';

/** Counts the requests of tenants that have a limit. */
export interface RateLimiter {
  /** @throws {ScimError} `tooManyRequests` with `Retry-After` in whole seconds, when the tenant has to wait */
  take(tenant: Tenant, nowMs: number): void;
}

interface Bucket {
  tokens: number;
  filledMs: number;
}

const BUCKETS_MAX = 100_000;

/** A token bucket per tenant, in memory. A tenant without a limit costs one look at its settings. */
export function createRateLimiter(): RateLimiter {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (id: string, limit: RateLimit, nowMs: number): Bucket => {
    const known = buckets.get(id);
    if (known !== undefined) return known;
    if (buckets.size >= BUCKETS_MAX) buckets.clear();
    const made = { tokens: limit.burst, filledMs: nowMs };
    buckets.set(id, made);
    return made;
  };
  return {
    take: ({ id, settings }, nowMs) => {
      const limit = settings.rateLimit;
      if (limit === undefined) return;
      const bucket = bucketOf(id, limit, nowMs);
      // A clock that was set back fills nothing and takes nothing away.
      const passedSeconds = Math.max(0, nowMs - bucket.filledMs) / 1_000;
      bucket.tokens = Math.min(limit.burst, bucket.tokens + passedSeconds * limit.requestsPerSecond);
      bucket.filledMs = nowMs;
      if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return;
      }
      const waitSeconds = Math.max(1, Math.ceil((1 - bucket.tokens) / limit.requestsPerSecond));
      throw new ScimError('tooManyRequests', `too many requests; try again in ${waitSeconds} s`, {
        headers: { 'retry-after': String(waitSeconds) },
      });
    },
  };
}

/** @throws {ScimError} `invalidValue` for a limit that would answer nothing or is no number */
export function checkRateLimit(limit: RateLimit): void {
  const { requestsPerSecond, burst } = limit;
  if (!(requestsPerSecond > 0 && requestsPerSecond <= 1_000_000)) {
    throw new ScimError('invalidValue', 'rateLimit.requestsPerSecond: above 0 and at most 1,000,000');
  }
  if (!(Number.isInteger(burst) && burst >= 1 && burst <= 1_000_000)) {
    throw new ScimError('invalidValue', 'rateLimit.burst: a whole number from 1 to 1,000,000');
  }
}
