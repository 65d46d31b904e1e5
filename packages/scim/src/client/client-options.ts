import type { PatchShape } from '../patch/print-patch.ts';
import type { Fetch, FetchRequest, TransportFailure } from './fetch.ts';
import type { RetryPolicy } from './retry-policy.ts';

/** Time as the client needs it. */
export interface ClientClock {
  nowMs(): number;
  wait(ms: number): Promise<void>;
}

/** One attempt on the wire, for traces and counts. Bodies are as sent: redact before storing them. */
export interface Exchange {
  readonly method: FetchRequest['method'];
  /** Path and query below the base address. */
  readonly path: string;
  /** From 1. */
  readonly attempt: number;
  /** Absent when no answer came; then `failure` tells why. */
  readonly status?: number;
  readonly failure?: TransportFailure;
  readonly durationMs: number;
  readonly requestBody?: string;
  readonly responseText?: string;
}

/** The long-lived token of the app, or a function that gives the whole `Authorization` header before each attempt. */
export type ClientCredentials =
  | { readonly token: string; readonly authorization?: never }
  | { readonly token?: never; readonly authorization: () => Promise<string> };

export interface ClientSettings {
  /** The tenant URL as typed, see `readTargetAddress`. */
  readonly baseUrl: string;
  readonly fetch: Fetch;
  readonly clock: ClientClock;
  /** Uniform in [0, 1): spreads waits. */
  readonly random: () => number;
  /** Members left out come from `defaultRetryPolicy`. */
  readonly retry?: Partial<RetryPolicy>;
  /** Deadline of one attempt; default 60,000. */
  readonly requestTimeoutMs?: number;
  /** Awaited before each attempt: the rate limiter of the app. */
  readonly pace?: () => Promise<void>;
  /** Told of each attempt; must not throw. */
  readonly onExchange?: (exchange: Exchange) => void;
  /** The shape operations take on the wire; default `rfc`. */
  readonly patchShape?: PatchShape;
}

export type ScimClientOptions = ClientSettings & ClientCredentials;
