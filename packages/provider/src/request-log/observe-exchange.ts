import type { ScimError } from '@lockstep/scim';
import type { ObservedExchange, RequestLogMode } from '../ports/observed-exchange.ts';
import type { ScimRequest } from '../request/exchange.ts';
import { bodyForm } from './body-form.ts';
import { maskDetail } from './mask-detail.ts';
import { maskPath } from './mask-path.ts';
import type { Sighting } from './sighting.ts';
import { createStrangerAllowance } from './stranger-allowance.ts';

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
}

const USER_AGENT_MAX = 200;

/** Tells of requests as far as their tenant wants it. What nobody wants costs a look at the setting. */
export function createObserver(
  options: ObserverOptions,
): (sighting: Sighting, request: ScimRequest, ending: Ending) => void {
  const strangers = createStrangerAllowance();
  return (sighting, request, ending) => {
    const { grant } = sighting;
    if (grant !== undefined) {
      const mode = grant.tenant.settings.requestLog ?? options.mode;
      if (isWanted(mode, sighting, ending)) options.tell(toExchange(sighting, request, ending, options.nowMs()));
      return;
    }
    if (tenantAtDoor(sighting, ending) === undefined) return;
    // Who holds no token of the tenant must not push out what its clients did.
    if (sighting.refusedToken === undefined && !strangers.take(sighting.startedMs)) return;
    options.tell(toExchange(sighting, request, ending, options.nowMs()));
  };
}

function isWanted(mode: RequestLogMode, sighting: Sighting, { status }: Ending): boolean {
  if (mode === 'problems') {
    return status >= 400 || sighting.deviations !== undefined || sighting.failures !== undefined;
  }
  return mode === 'all';
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
