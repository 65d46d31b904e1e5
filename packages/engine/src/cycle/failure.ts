import { type TargetCategory, TargetError } from '@lockstep/scim/client';

/** Why an object could not be handled, as log and escrow keep it. */
export interface Failure {
  /** Entra's error code. */
  readonly code: string;
  /** One sentence for a person. */
  readonly text: string;
  readonly recommendedAction?: string;
  /** Whether the next cycle may try again at once. */
  readonly retry: 'next-cycle' | 'ladder';
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
    recommendedAction: 'The account is gone from the app. Break the link, so that it is matched again.',
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
  notScim: { code: 'ServiceIncompatible', recommendedAction: 'Check the tenant URL: the answer is not SCIM.' },
};

/** Turns whatever was thrown into a failure of one object. */
export function failureOf(error: unknown): Failure {
  if (error instanceof TargetError) {
    const retry = error.retry === 'later' || error.ambiguous ? 'next-cycle' : 'ladder';
    return { ...rowsByCategory[error.category], text: error.message, retry };
  }
  const text = error instanceof Error ? error.message : String(error);
  return { code: 'InternalError', text, retry: 'next-cycle' };
}

const HOUR_MS = 3_600_000;
const LADDER_MS: readonly number[] = [6 * HOUR_MS, 12 * HOUR_MS, 24 * HOUR_MS];

/**
 * When a failed object is tried again: what may pass by itself in the next cycle, everything else 6, 12, 24 hours after
 * the failure and every 24 hours from then on (Entra: "Quarantine status", retry ladder).
 */
export function nextAttemptMs(failure: Failure, failures: number, nowMs: number): number {
  if (failure.retry === 'next-cycle') return nowMs;
  return nowMs + (LADDER_MS[failures - 1] ?? 24 * HOUR_MS);
}
