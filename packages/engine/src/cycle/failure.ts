import { type TargetCategory, TargetError } from '@lockstep/scim/client';
import { jobFailure } from './cycle-error.ts';

/** Why an object could not be handled, as log and escrow keep it. */
export interface Failure {
  /** Entra's error code. */
  readonly code: string;
  /** One sentence for a person. */
  readonly text: string;
  readonly recommendedAction?: string;
  /** Whether the next cycle may try again at once. */
  readonly retry: 'next-cycle' | 'ladder';
  /** How long the app asked to be left alone. */
  readonly waitMs?: number;
}

interface FailureRow {
  readonly code: string;
  readonly recommendedAction: string;
}

/** Entra's codes by kind of refusal ("How to analyze the provisioning logs"). */
const rowsByCategory: Readonly<Record<TargetCategory, FailureRow>> = {
  credentials: { code: 'InsufficientRights', recommendedAction: 'Check which rights the token has in the app.' },
  notFound: {
    code: 'InvalidAnchor',
    recommendedAction:
      'The account is gone from the app. Pause the app and break the link (`lockstep link break`), so that it is matched again, or set afterVanished to recreate.',
  },
  conflict: {
    code: 'EntryConflict',
    recommendedAction: 'Correct the value that is taken, or match by an attribute that finds the existing account.',
  },
  throttled: {
    code: 'TooManyRequests',
    recommendedAction: 'Nothing; the next cycle tries again. Lower requestsPerSecond if it goes on.',
  },
  validation: { code: 'BadResponse', recommendedAction: 'Correct the value or the mapping the app refuses.' },
  unsupported: { code: 'MethodNotAllowed', recommendedAction: 'Switch off the action that the app does not offer.' },
  server: {
    code: 'InternalServerError',
    recommendedAction: 'Nothing; the next cycle tries again. Ask the vendor if it goes on.',
  },
  timeout: { code: 'Timeout', recommendedAction: 'Nothing; the next cycle tries again.' },
  connection: { code: 'WebExceptionProtocolError', recommendedAction: 'Check that the app can be reached from here.' },
  severalEntries: {
    code: 'MultipleEntriesInResponse',
    recommendedAction: 'Tell the vendor: a read by id has to answer with that one object.',
  },
  notScim: { code: 'ServiceIncompatible', recommendedAction: 'Check the tenant URL: the answer is not SCIM.' },
};

/** Turns whatever was thrown into a failure of one object. */
export function failureOf(error: unknown): Failure {
  if (error instanceof TargetError) {
    // What stands for the whole job says nothing about this object.
    const isOfJob = jobFailure(error) !== undefined;
    const retry = error.retry === 'later' || error.ambiguous || isOfJob ? 'next-cycle' : 'ladder';
    const wait = error.retryAfterMs === undefined ? {} : { waitMs: error.retryAfterMs };
    return { ...rowsByCategory[error.category], text: error.message, retry, ...wait };
  }
  const text = error instanceof Error ? error.message : String(error);
  return { code: 'InternalError', text, retry: 'next-cycle' };
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const LADDER_MS: readonly number[] = [6 * HOUR_MS, 12 * HOUR_MS, DAY_MS];
const FIRST_WAIT_MS = 40 * MINUTE_MS;
/** 40 minutes doubled so often are more than a day. */
const DOUBLINGS_MAX = 6;
/** A failure that old is given up (Entra: "Quarantine status"). */
export const ESCROW_AGE_MAX_MS: number = 28 * DAY_MS;

/**
 * When a failed object is tried again (rule ERR-2). What may pass by itself: in the next cycle, then 40, 80, 160 minutes
 * and so on after each failure, a day at most. Everything else: 6, 12, 24 hours after the failure and every 24 hours from
 * then on. A change of the object or of the mapping brings it back at once, whatever the ladder says.
 *
 * @param failures how often it failed so far, this time included
 */
export function nextAttemptMs(failure: Failure, failures: number, nowMs: number): number {
  if (failure.retry === 'ladder') return nowMs + (LADDER_MS[failures - 1] ?? DAY_MS);
  if (failure.waitMs !== undefined) return nowMs + Math.min(DAY_MS, failure.waitMs);
  if (failures <= 1) return nowMs;
  return nowMs + Math.min(DAY_MS, FIRST_WAIT_MS * 2 ** Math.min(DOUBLINGS_MAX, failures - 2));
}
