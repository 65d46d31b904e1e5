import type { Deviation } from '@lockstep/scim';

/**
 * Which requests of a tenant are kept: none, those that were refused or departed from the RFCs, or every one.
 */
export type RequestLogMode = 'off' | 'problems' | 'all';

/**
 * One request of a tenant with its answer, as whoever observes the provider is told of it. There is no credential in it and no
 * value that a directory keeps of a person: those are masked before anybody is told.
 */
export interface ObservedExchange {
  readonly tenantId: string;
  /** Milliseconds since 1970, when the request came. */
  readonly atMs: number;
  /** Until the answer was ready to be sent; a list that is streamed goes on from there. */
  readonly durationMs: number;
  readonly method: string;
  /** Path below the tenant's base address, with its query: decoded, values masked, at most 1,000 characters. */
  readonly path: string;
  readonly status: number;
  readonly scimType: string | null;
  /** What a refused client was told, or what failed within a bulk request; values masked. */
  readonly detail: string | null;
  /** The token's id, never the token; `null` when it is unknown or there was none. */
  readonly tokenId: string | null;
  readonly tokenLabel: string | null;
  /** `User-Agent`, at most 200 characters. */
  readonly userAgent: string | null;
  /** Where the request came from, seen through trusted proxies. */
  readonly address: string;
  /** Each once, in the order they were met. */
  readonly deviations: readonly Deviation[];
  /** What the body looked like, as JSON with its values masked; `null` when none was read. At most 4,000 characters. */
  readonly form: string | null;
  /**
   * Refused before its tenant was looked at: the tenant may not exist, and whether it wants requests kept is to be asked.
   */
  readonly isAtDoor: boolean;
}
