import type { AppProfile } from '@lockstep/gallery';
import { type Dialect, lenientDialect, ScimError, strictDialect } from '@lockstep/scim';
import { dispatch } from './dispatch.ts';
import type { AppHooks } from './embed/app-hooks.ts';
import { hookedRealms } from './embed/hooked-realms.ts';
import { createKeyedQueue } from './embed/keyed-queue.ts';
import type { ObservedExchange, RequestLogMode } from './ports/observed-exchange.ts';
import type { RealmStore } from './ports/realm-store.ts';
import type { StoredToken, Tenant, TenantStore } from './ports/tenant-store.ts';
import { compileAddressRule } from './request/address-rule.ts';
import { errorAnswer } from './request/answer.ts';
import type { Call, Limits } from './request/call.ts';
import { clientView } from './request/client-address.ts';
import { createDeviationCounter, type DeviationCounter } from './request/deviation-counter.ts';
import type { ScimRequest, ScimResponse } from './request/exchange.ts';
import { checkAccept } from './request/media-type.ts';
import { createRateLimiter } from './request/rate-limiter.ts';
import { findRoute, orderProfiles, type Route } from './request/route.ts';
import { createObserver } from './request-log/observe-exchange.ts';
import type { Sighting } from './request-log/sighting.ts';
import { readObject } from './resource/read-object.ts';
import { refuse } from './resource/refuse.ts';
import { isAdministrator } from './role/administrators.ts';
import { createShapeCache } from './tenant/shape-cache.ts';
import { createTenantAdmin, type TenantAdmin } from './tenant/tenant-admin.ts';
import type { TenantShape } from './tenant/tenant-shape.ts';
import { createAuthenticator, type Grant } from './token/authenticate.ts';
import { answerTokenRequest, isTokenEndpoint } from './token/client-credentials.ts';

export interface ProviderOptions {
  readonly profiles: readonly AppProfile[];
  readonly realms: RealmStore;
  readonly tenants: TenantStore;
  /** Milliseconds since 1970. */
  nowMs(): number;
  /** A random GUID in lower case. */
  newId(): string;
  /** Bytes from a cryptographic source. */
  randomBytes(count: number): Uint8Array;
  /** Lower-case hex SHA-256 of a text. */
  hashText(text: string): string;
  /** CIDR ranges of proxies whose `X-Forwarded-*` headers are believed. Default: none. */
  readonly trustedProxies?: readonly string[];
  /** What differs from the default limits. */
  readonly limits?: Partial<Limits>;
  /** Told of requests with their answers, as far as their tenant wants them kept. Called while the client waits. */
  onExchange?(exchange: ObservedExchange): void;
  /** Told of the tenant of a request that is not told of, because there have been enough of its kind. */
  onExchangeLeftOut?(tenantId: string): void;
  /** Which requests of tenants without a setting of their own are told of. Default `problems`. */
  readonly requestLog?: RequestLogMode;
  /** What the app does in its own tables, inside the request. */
  readonly hooks?: AppHooks;
  /** Told of failures that are nobody's fault outside; the client only sees a 500. */
  onFailure?(error: unknown, request: ScimRequest): void;
}

/** A SCIM service provider for any number of tenants of any number of apps. */
export interface Provider {
  /** Whether a request target belongs to one of the profiles. */
  serves(target: string): boolean;
  /** Answers one request. Never rejects: whatever goes wrong becomes a SCIM error. */
  handle(request: ScimRequest): Promise<ScimResponse>;
  readonly admin: TenantAdmin;
  /** Writes the counters of deviations that are still in memory. */
  flush(): Promise<void>;
}

/** 1 MiB of body, pages of 100 by default and 1,000 at most, 8,192 characters of filter, 1,000 operations of a PATCH or bulk request. */
export const defaultLimits: Limits = {
  bodyBytesMax: 1_048_576,
  pageSizeMax: 1_000,
  pageSizeDefault: 100,
  filterLengthMax: 8_192,
  patchOperationsMax: 1_000,
  bulkOperationsMax: 1_000,
};

const REMEMBER_TOKENS_MS = 5_000;
/** Holder of tokens that are good as long as an account administrates its tenant. */
const ACCOUNT_HOLDER = 'account:';

/** Makes a provider over the stores. The steps of a request are in the order of ARCHITECTURE.md. */
export function createProvider(options: ProviderOptions): Provider {
  const profiles = orderProfiles(options.profiles);
  const shapes = createShapeCache(profiles);
  const limits = { ...defaultLimits, ...options.limits };
  const isTrustedProxy = options.trustedProxies === undefined ? undefined : compileAddressRule(options.trustedProxies);
  const { tenants, hashText } = options;
  const isHeld = async (tenant: Tenant, { holder }: StoredToken): Promise<boolean> => {
    const accountId = holder?.startsWith(ACCOUNT_HOLDER) === true ? holder.slice(ACCOUNT_HOLDER.length) : undefined;
    const shape = shapes.shapeFor(tenant);
    if (accountId === undefined || shape === undefined) return true;
    const read = { type: shape.users.type.name, include: { members: false, groups: false } };
    const account = await options.realms.read(tenant.realm, accountId, read);
    if (account === undefined) return false;
    return isAdministrator(shape.profile, tenant.settings, { id: account.id, resource: readObject(account.text) });
  };
  const authenticator = createAuthenticator({ tenants, hashText, rememberMs: REMEMBER_TOKENS_MS, isHeld });
  const deviations = createDeviationCounter(tenants);
  const rates = createRateLimiter();

  const openCall = async (request: ScimRequest, route: Route, sighting: Sighting): Promise<Call> => {
    const nowMs = sighting.startedMs;
    checkAccept(request);
    const client = clientView(request, isTrustedProxy);
    sighting.address = client.address;
    const grant = await authenticate(request, route, sighting);
    if (grant.addressRule !== undefined && !grant.addressRule(client.address)) {
      throw new ScimError('forbidden', 'requests from this address are not allowed for this provider');
    }
    requireProvisioning(grant, route);
    rates.take(grant.tenant, nowMs);
    const shape = shapes.shapeFor(grant.tenant);
    if (shape === undefined) throw new ScimError('notFound', 'there is no such provider');
    return makeCall({ request, route, grant, shape, origin: client.origin, sighting });
  };

  const authenticate = async (request: ScimRequest, route: Route, sighting: Sighting): Promise<Grant> => {
    const authorization = request.header('authorization');
    try {
      const grant = await authenticator.authenticate(authorization, sighting.startedMs, (token) => {
        sighting.refusedToken = token;
      });
      sighting.grant = grant;
      if (isOwn(grant, route)) return grant;
      throw new ScimError('unauthorized', 'the token is of another tenant', {
        headers: { 'www-authenticate': 'Bearer' },
      });
    } catch (error) {
      if (!(error instanceof ScimError) || error.code !== 'unauthorized') throw error;
      throw refuse(route.profile, authorization === undefined ? 'missingToken' : 'wrongToken', error);
    }
  };

  const settingsQueue = createKeyedQueue();
  const changeSettings = (
    id: string,
    change: Parameters<Call['changeSettings']>[0],
  ): ReturnType<Call['changeSettings']> =>
    settingsQueue(id, async () => {
      const current = await tenants.findTenant(id);
      const settings = current === undefined ? undefined : change(current.settings);
      if (current === undefined || settings === undefined) return undefined;
      const shape = shapes.shapeFor({ profile: current.profile, settings });
      const tenant = await tenants.updateTenant(id, { settings });
      authenticator.forget();
      return tenant === undefined || shape === undefined ? undefined : { tenant, shape };
    });

  const queue = createKeyedQueue();
  const realmsFor = ({ tenant, token }: Grant, shape: TenantShape): RealmStore => {
    const { hooks, realms } = options;
    if (hooks === undefined) return realms;
    const context = { tenantId: tenant.id, profile: tenant.profile, tokenLabel: token.label };
    return hookedRealms({ realms, hooks, context, shape, queue });
  };

  const noteFor = ({ grant, sighting }: CallParts): Call['note'] => {
    const count = deviations.noteFor(grant.token.id);
    return (deviation) => {
      count(deviation);
      sighting.deviations ??= [];
      sighting.deviations.push(deviation);
    };
  };

  const makeCall = (parts: CallParts): Call => ({
    request: parts.request,
    tenant: parts.grant.tenant,
    token: parts.grant.token,
    shape: parts.shape,
    base: `${parts.origin}${parts.route.basePath}`,
    query: parts.route.query,
    accepts: dialects[parts.grant.tenant.dialect],
    note: noteFor(parts),
    sighting: parts.sighting,
    realms: realmsFor(parts.grant, parts.shape),
    limits,
    nowMs: parts.sighting.startedMs,
    newId: options.newId,
    changeSettings: (change) => changeSettings(parts.grant.tenant.id, change),
    asRefusal: (error) => asScimError(error, parts.request, options),
  });

  const issueAccessToken = (request: ScimRequest, route: Route): Promise<ScimResponse> => {
    const { address } = clientView(request, isTrustedProxy);
    const asked = { request, route, address, nowMs: options.nowMs() };
    const { randomBytes } = options;
    return answerTokenRequest(asked, { tenants, hashText, randomBytes, takeTurn: rates.take });
  };

  const answer = async (request: ScimRequest, sighting: Sighting): Promise<ScimResponse> => {
    const route = findRoute(request.target, profiles);
    if (route === undefined) throw new ScimError('notFound', 'there is no SCIM service at this address');
    if (isTokenEndpoint(route.segments)) return issueAccessToken(request, route);
    sighting.route = route;
    const call = await openCall(request, route, sighting);
    return dispatch(call, route);
  };

  const observe = observerOf(options);

  return {
    serves: (target) => profiles.some((profile) => isBelow(target, profile.basePath)),
    handle: async (request) => {
      const sighting: Sighting = { startedMs: options.nowMs() };
      try {
        const answered = await answer(request, sighting);
        observe?.(sighting, request, answered);
        return answered;
      } catch (error) {
        const refusal = asScimError(error, request, options);
        observe?.(sighting, request, { status: refusal.status, refusal });
        return errorAnswer(refusal);
      }
    },
    admin: createTenantAdmin({ ...pickAdmin(options), shapes, authenticator }),
    flush: () => deviations.flush(options.nowMs()),
  };
}

interface CallParts {
  readonly request: ScimRequest;
  readonly route: Route;
  readonly grant: Grant;
  readonly shape: TenantShape;
  readonly origin: string;
  readonly sighting: Sighting;
}

const dialects: Readonly<Record<'lenient' | 'strict', Dialect>> = { lenient: lenientDialect, strict: strictDialect };

function pickAdmin(
  options: ProviderOptions,
): Omit<Parameters<typeof createTenantAdmin>[0], 'shapes' | 'authenticator'> {
  const { tenants, realms } = options;
  return {
    tenants,
    realms,
    nowMs: () => options.nowMs(),
    newId: () => options.newId(),
    randomBytes: (count) => options.randomBytes(count),
    hashText: (text) => options.hashText(text),
  };
}

function observerOf(options: ProviderOptions): ReturnType<typeof createObserver> | undefined {
  if (options.onExchange === undefined) return undefined;
  return createObserver({
    mode: options.requestLog ?? 'problems',
    nowMs: () => options.nowMs(),
    tell: (exchange) => options.onExchange?.(exchange),
    leaveOut: (tenantId) => options.onExchangeLeftOut?.(tenantId),
    fail: (error, request) => options.onFailure?.(error, request),
  });
}

/** An app may ask for single sign-on first: until provisioning is switched on there, a right token changes and shows nothing. */
function requireProvisioning({ tenant }: Grant, { profile }: Route): void {
  if (tenant.settings.provisioning !== 'off') return;
  throw refuse(profile, 'provisioningOff', new ScimError('forbidden', 'provisioning is switched off in the app'));
}

/** A token opens its own tenant, at the address of its own app, and nothing else. */
function isOwn(grant: Grant, route: Route): boolean {
  if (grant.tenant.profile !== route.profile.id) return false;
  return route.tenantId === undefined || route.tenantId === grant.tenant.id;
}

function isBelow(target: string, basePath: string): boolean {
  const end = target.indexOf('?');
  const path = `${end < 0 ? target : target.slice(0, end)}/`.replace(/\/{2,}/g, '/');
  return path.startsWith(basePath);
}

function asScimError(error: unknown, request: ScimRequest, options: ProviderOptions): ScimError {
  if (error instanceof ScimError) return error;
  options.onFailure?.(error, request);
  return new ScimError('internal', 'the request failed inside the service; it is logged there', { cause: error });
}

export type { DeviationCounter };
