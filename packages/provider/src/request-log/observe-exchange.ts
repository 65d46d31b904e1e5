import type { ScimError } from '@lockstep/scim';
import type { ObservedExchange, RequestLogMode } from '../ports/observed-exchange.ts';
import type { Tenant } from '../ports/tenant-store.ts';
import type { ScimRequest } from '../request/exchange.ts';
import { createAllowance } from './allowance.ts';
import { bodyForm } from './body-form.ts';
import { maskDetail } from './mask-detail.ts';
import { maskPath } from './mask-path.ts';
import type { Sighting } from './sighting.ts';

/** How a request ended. */
export interface Ending {
  readonly status: number;
  /** The refusal it ended with. */
  readonly refusal?: ScimError;
}

export interface ObserverOptions {
  /** Milliseconds since 1970. */
  nowMs(): number;
  /** For tenants that say nothing. */
  readonly mode: RequestLogMode;
  /** Told of each exchange that is wanted. */
  tell(exchange: ObservedExchange): void;
  /** Told of the tenant of one that is wanted, where there have been enough of its kind. */
  leaveOut(tenantId: string): void;
  /** Told of what went wrong with observing; the client gets its answer all the same. */
  fail(error: unknown, request: ScimRequest): void;
}

const USER_AGENT_MAX = 200;

/** What a tenant's setting makes of a request: to be told, to be told while there are few of its kind, or nothing. */
type Interest = 'each' | 'some' | 'none';

/**
 * Tells of requests as far as their tenant wants it. What nobody wants costs a look at the setting. An old client departs
 * from the RFCs with each of its requests: where those went well, thirty in a row are told and one every ten seconds.
 */
export function createObserver(
  options: ObserverOptions,
): (sighting: Sighting, request: ScimRequest, ending: Ending) => void {
  const [strangers, alike] = [createAllowance(), createAllowance()];
  /** Who holds no token of the tenant must not push out what its clients did. */
  const isToldAtDoor = (sighting: Sighting, ending: Ending): boolean => {
    if (tenantAtDoor(sighting, ending) === undefined) return false;
    return sighting.refusedToken !== undefined || strangers.take('', sighting.startedMs);
  };
  const isToldOfTenant = ({ id, settings }: Tenant, sighting: Sighting, ending: Ending): boolean => {
    const interest = interestOf(settings.requestLog ?? options.mode, sighting, ending);
    if (interest !== 'some') return interest === 'each';
    if (alike.take(id, sighting.startedMs)) return true;
    options.leaveOut(id);
    return false;
  };
  const observe = (sighting: Sighting, request: ScimRequest, ending: Ending): void => {
    const { grant } = sighting;
    const isTold =
      grant === undefined ? isToldAtDoor(sighting, ending) : isToldOfTenant(grant.tenant, sighting, ending);
    if (isTold) options.tell(toExchange(sighting, request, ending, options.nowMs()));
  };
  return (sighting, request, ending) => {
    try {
      observe(sighting, request, ending);
    } catch (error) {
      options.fail(error, request);
    }
  };
}

function interestOf(mode: RequestLogMode, sighting: Sighting, { status }: Ending): Interest {
  if (mode !== 'problems') return mode === 'all' ? 'each' : 'none';
  if (status >= 400 || sighting.failures !== undefined) return 'each';
  return sighting.deviations === undefined ? 'none' : 'some';
}

/** The tenant of a request whose token was refused: that of the token, or the one in the path. */
function tenantAtDoor({ refusedToken, route }: Sighting, { refusal }: Ending): string | undefined {
  if (refusal?.status !== 401) return undefined;
  return refusedToken?.tenantId ?? route?.tenantId;
}

function toExchange(sighting: Sighting, request: ScimRequest, ending: Ending, nowMs: number): ObservedExchange {
  const { grant, route, startedMs, address = request.remoteAddress } = sighting;
  const token = grant?.token ?? sighting.refusedToken;
  const { status, refusal } = ending;
  const detail = refusal?.message ?? sighting.failures;
  const userAgent = request.header('user-agent');
  return {
    tenantId: grant?.tenant.id ?? tenantAtDoor(sighting, ending) ?? '',
    atMs: startedMs,
    // A clock that was set back has measured nothing.
    durationMs: Math.max(0, nowMs - startedMs),
    method: request.method.slice(0, 20),
    path: route === undefined ? '/' : maskPath(route.segments, route.query),
    status,
    scimType: refusal?.scimType ?? null,
    detail: detail === undefined ? null : maskDetail(detail),
    tokenId: token?.id ?? null,
    tokenLabel: token?.label ?? null,
    userAgent: userAgent === undefined ? null : userAgent.slice(0, USER_AGENT_MAX),
    address,
    deviations: [...new Set(sighting.deviations)],
    form: sighting.body === undefined ? null : bodyForm(sighting.body),
    isAtDoor: grant === undefined,
  };
}
