import type { ObservedExchange } from '@lockstep/provider/ports';
import type { Database } from '../database/database.ts';
import { appendRequests, findRequest, listRequests, pruneRequests, requestStanding } from './request-operations.ts';

/** A request of a SCIM client that is kept. Rows are added and, when they are old or many, dropped; nothing changes one. */
export interface StoredRequest extends Omit<ObservedExchange, 'tenantId' | 'isAtDoor' | 'deviations'> {
  /** Rises by one with each request of the tenant that is kept. */
  readonly number: number;
  /** Names of deviations, perhaps of a newer version. */
  readonly deviations: readonly string[];
}

/** What is to be kept of a tenant's requests. */
export interface RequestBatch {
  readonly exchanges: readonly Omit<ObservedExchange, 'tenantId' | 'isAtDoor'>[];
  /** Further ones that are only counted: there have been enough of their kind, or there was no room for them. */
  readonly dropped: number;
  /** How many the tenant keeps; the oldest beyond that go. */
  readonly keep: number;
}

/** What to look for in a tenant. Newest first. */
export interface RequestQuery {
  readonly tenantId: string;
  /** First digit of the status. */
  readonly statusClass?: number;
  /** Only those with a deviation. */
  readonly isDeviating?: boolean;
  /** Only those with the deviation of this name. */
  readonly deviation?: string;
  /** Part of method and path, without regard to case. */
  readonly search?: string;
  /** Not before, and before. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Only those with a lower number: the page behind this one. */
  readonly before?: number;
  readonly limit: number;
}

/** How the log of a tenant stands. */
export interface RequestStanding {
  readonly kept: number;
  /** Requests that were only counted, ever. */
  readonly dropped: number;
}

/** Requests of SCIM clients, by tenant. */
export interface RequestStore {
  /** Nothing is kept of a tenant that does not exist. */
  append(tenantId: string, batch: RequestBatch): Promise<void>;
  list(query: RequestQuery): Promise<readonly StoredRequest[]>;
  /** `undefined` when the tenant has none of that number, or it was dropped. */
  find(tenantId: string, number: number): Promise<StoredRequest | undefined>;
  standing(tenantId: string): Promise<RequestStanding>;
  /** Drops requests from before a time, the oldest first, at most `limit`. Gives how many went. */
  prune(beforeMs: number, limit: number): Promise<number>;
}

/** Requests over a database. */
export function createRequestStore({ read, write }: Database): RequestStore {
  return {
    append: (tenantId, batch) => write(() => appendRequests(tenantId, batch)),
    list: (query) => read(() => listRequests(query)),
    find: (tenantId, number) => read(() => findRequest(tenantId, number)),
    standing: (tenantId) => read(() => requestStanding(tenantId)),
    prune: (beforeMs, limit) => write(() => pruneRequests(beforeMs, limit)),
  };
}
