import type { FetchRequest, TransportFailure } from './fetch.ts';
import { readRetryAfter } from './retry-after.ts';

/** How often and how long the client tries again by itself before it hands a failure up. */
export interface RetryPolicy {
  /** Attempts per request in all, the first one included; at least 1. */
  readonly attemptsMax: number;
  /** The longest single wait. A target that asks for more gets its wish: the client gives up and tells how long. */
  readonly waitMaxMs: number;
  /** Upper bound of the first wait when the target names none; doubles with every attempt. */
  readonly waitBaseMs: number;
}

/** 4 attempts, waits up to 60 s, starting at half a second. */
export const defaultRetryPolicy: RetryPolicy = { attemptsMax: 4, waitMaxMs: 60_000, waitBaseMs: 500 };

/** How one attempt failed. */
export type AttemptFailure =
  | {
      readonly kind: 'answer';
      readonly method: FetchRequest['method'];
      readonly status: number;
      readonly retryAfter: string | null;
    }
  | {
      readonly kind: 'transport';
      readonly method: FetchRequest['method'];
      readonly failure: TransportFailure;
      readonly sent: 'no' | 'maybe';
    };

export type NextAttempt =
  | { readonly do: 'give-up' /** What the target asked for, where it asked. */; readonly retryAfterMs?: number }
  | { readonly do: 'wait'; readonly ms: number };

/** What the decision depends on besides failure and policy. */
export interface AttemptMoment {
  /** Number of the attempt that failed, from 1. */
  readonly attempt: number;
  readonly nowMs: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** Sending these twice does what sending them once does (RFC 9110 §9.2.2). */
const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'PUT', 'DELETE']);
const PASSING_STATUSES: ReadonlySet<number> = new Set([408, 500, 502, 503, 504]);

/**
 * Decides what follows a failed attempt. POST and PATCH are sent again only after proof that they were not carried
 * out: 429, 503 with `Retry-After`, or a connection that never took the request; GET, PUT and DELETE also after
 * timeouts, lost connections and passing 5xx.
 *
 * The wait is the target's own `Retry-After`; without a readable one, or with 0, exponential with full jitter.
 */
export function nextAttempt(failure: AttemptFailure, policy: RetryPolicy, moment: AttemptMoment): NextAttempt {
  const askedMs = failure.kind === 'answer' ? readRetryAfter(failure.retryAfter, moment.nowMs) : undefined;
  const giveUp: NextAttempt = askedMs === undefined ? { do: 'give-up' } : { do: 'give-up', retryAfterMs: askedMs };
  if (moment.attempt >= policy.attemptsMax || !maySendAgain(failure, askedMs !== undefined)) return giveUp;
  if (askedMs !== undefined && askedMs > policy.waitMaxMs) return giveUp;
  return { do: 'wait', ms: askedMs || backOffMs(policy, moment) };
}

/**
 * Whether a failed attempt of a write may nevertheless have been carried out: always asked for the whole series of
 * attempts, since a later clean refusal does not undo an earlier lost answer.
 */
export function isAmbiguous(failure: AttemptFailure): boolean {
  if (failure.method === 'GET') return false;
  if (failure.kind === 'transport') return failure.sent === 'maybe';
  if (failure.status === 408) return true;
  const saysWhenToReturn = failure.status === 503 && readRetryAfter(failure.retryAfter, 0) !== undefined;
  const provesNothingDone = failure.status === 501 || saysWhenToReturn;
  return failure.status >= 500 && !provesNothingDone;
}

function maySendAgain(failure: AttemptFailure, waitWasAsked: boolean): boolean {
  const isIdempotent = IDEMPOTENT.has(failure.method);
  if (failure.kind === 'transport') {
    return failure.failure !== 'refused-address' && (isIdempotent || failure.sent === 'no');
  }
  if (failure.status === 429 || (failure.status === 503 && waitWasAsked)) return true;
  return isIdempotent && PASSING_STATUSES.has(failure.status);
}

function backOffMs(policy: RetryPolicy, moment: AttemptMoment): number {
  const ceilingMs = Math.min(policy.waitMaxMs, policy.waitBaseMs * 2 ** (moment.attempt - 1));
  return Math.round(moment.random() * ceilingMs);
}
