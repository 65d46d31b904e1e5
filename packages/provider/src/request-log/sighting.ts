import type { Deviation } from '@lockstep/scim';
import type { StoredToken } from '../ports/tenant-store.ts';
import type { Route } from '../request/route.ts';
import type { Grant } from '../token/authenticate.ts';

/** What is learnt about a request on its way, for whoever observes it. Made anew for each request, and filled as it goes. */
export interface Sighting {
  /** Milliseconds since 1970. */
  readonly startedMs: number;
  route?: Route;
  grant?: Grant;
  /** A token of the tenant that holds no more: revoked, or expired. */
  refusedToken?: StoredToken;
  address?: string;
  /** The body as it was read, before anything was made of it. */
  body?: unknown;
  deviations?: Deviation[];
  /** What failed within a bulk request that was answered as a whole. */
  failures?: string;
}
