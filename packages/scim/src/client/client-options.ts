import type { JsonObject } from '../json.ts';
import type { PatchOperation } from '../patch/patch-operation.ts';
import type { PatchShape } from '../patch/print-patch.ts';
import type { AdaptivePace } from './adaptive-pace.ts';
import type { Fetch, FetchRequest, TransportFailure } from './fetch.ts';
import type { RetryPolicy } from './retry-policy.ts';
import type { FeatureOverrides, TargetFeatures } from './target-features.ts';

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
  /** Adapts to what the target takes; clients of one target share it. Absent = nothing is held back. */
  readonly adaptivePace?: AdaptivePace;
  /**
   * Awaited before each attempt of a request that writes, when every wait is behind it: whether the sender still may. What it
   * throws ends the call as it is, and nothing is sent.
   */
  readonly beforeWrite?: () => Promise<void>;
  /** Told of each attempt; must not throw. */
  readonly onExchange?: (exchange: Exchange) => void;
  /** The shape operations take on the wire; default `rfc`. */
  readonly patchShape?: PatchShape;
  /** Makes the bodies; goes before `patchShape`. Absent = resources are sent as they are. */
  readonly wire?: WireShape;
  /**
   * How `update` changes a resource. `auto`: PATCH, unless the target says in its ServiceProviderConfig, or by refusing one,
   * that it has none. Default `patch`.
   */
  readonly updateMethod?: UpdateMethod;
  /** What is known better than the target's ServiceProviderConfig tells. */
  readonly features?: FeatureOverrides;
  /** Where what the target can do is remembered; clients of one target share it. Absent = each client learns for itself. */
  readonly learnt?: LearntTarget;
}

/** What clients have found out about a target. Starts empty. */
export interface LearntTarget {
  features?: Promise<TargetFeatures>;
  updateMethod?: 'patch' | 'put';
}

export type UpdateMethod = 'patch' | 'put' | 'auto';

/** Makes the bodies of requests that write. `endpoint` is `/Users` or `/Groups`. */
export interface WireShape {
  createBody(endpoint: string, resource: JsonObject): JsonObject;
  patchBody(endpoint: string, operations: readonly PatchOperation[]): JsonObject;
  replaceBody(endpoint: string, resource: JsonObject): JsonObject;
}

export type ScimClientOptions = ClientSettings & ClientCredentials;
