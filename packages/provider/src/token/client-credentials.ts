import { ScimError } from '@lockstep/scim';
import type { StoredClient } from '../ports/client-store.ts';
import type { Tenant, TenantStore, TokenScope } from '../ports/tenant-store.ts';
import { compileAddressRule } from '../request/address-rule.ts';
import type { ScimRequest, ScimResponse } from '../request/exchange.ts';
import type { Route } from '../request/route.ts';
import { OauthError, oauthAnswer } from './oauth-error.ts';
import { sameText } from './same-text.ts';
import { newToken } from './token-text.ts';

export interface ClientCredentialsOptions {
  readonly tenants: TenantStore;
  hashText(text: string): string;
  randomBytes(count: number): Uint8Array;
  /** Asked once the tenant is known; throws when it has to wait. */
  takeTurn(tenant: Tenant, nowMs: number): void;
}

export interface TokenRequest {
  readonly request: ScimRequest;
  readonly route: Route;
  /** Address of the client, seen through trusted proxies. */
  readonly address: string;
  readonly nowMs: number;
}

/** How long an access token opens its tenant. */
export const ACCESS_TOKEN_SECONDS = 3_600;

const BODY_BYTES_MAX = 8_192;
const FORM = 'application/x-www-form-urlencoded';

/** Whether a path below a tenant's base address is its token endpoint. */
export function isTokenEndpoint(segments: readonly string[]): boolean {
  return segments.length === 2 && segments[0] === 'oauth' && segments[1] === 'token';
}

/**
 * `POST {base}/oauth/token`: the client credentials grant (RFC 6749 §4.4), with the client in `Authorization: Basic` or in
 * the form. Refusals that belong to the grant are answered in the form of RFC 6749 §5.2.
 *
 * @throws {ScimError} for what is refused before there is a grant to speak of: method, media type, address, rate
 */
export async function answerTokenRequest(
  asked: TokenRequest,
  options: ClientCredentialsOptions,
): Promise<ScimResponse> {
  if (asked.request.method !== 'POST') {
    throw new ScimError('methodNotAllowed', 'ask for an access token with POST', { headers: { allow: 'POST' } });
  }
  const type = asked.request.header('content-type') ?? '';
  if (type.split(';', 1)[0]?.trim().toLowerCase() !== FORM) {
    throw new ScimError('unsupportedMediaType', `send the request as ${FORM}`);
  }
  try {
    return await grant(asked, options);
  } catch (error) {
    if (error instanceof OauthError) return oauthAnswer(error);
    throw error;
  }
}

async function grant(asked: TokenRequest, options: ClientCredentialsOptions): Promise<ScimResponse> {
  const { nowMs } = asked;
  const form = readForm(await asked.request.body(BODY_BYTES_MAX));
  const client = await authenticateClient(asked, form, options);
  const kind = form.get('grant_type');
  if (kind === undefined) throw new OauthError('invalid_request', 'grant_type is missing');
  if (kind !== 'client_credentials') {
    throw new OauthError('unsupported_grant_type', 'only client_credentials is supported');
  }
  const scopes = readScope(form.get('scope'), client);
  const { id, text } = newToken(options.randomBytes);
  const endsMs = Math.min(nowMs + ACCESS_TOKEN_SECONDS * 1_000, client.expiresMs ?? Number.POSITIVE_INFINITY);
  const isKept = await options.tenants.addAccessToken({
    id,
    tenantId: client.tenantId,
    clientId: client.id,
    hash: options.hashText(text),
    label: client.label,
    scopes,
    createdMs: nowMs,
    expiresMs: endsMs,
  });
  if (!isKept) throw wrongClient(asked);
  return oauthAnswer({
    access_token: text,
    token_type: 'Bearer',
    expires_in: Math.floor((endsMs - nowMs) / 1_000),
    scope: scopes.join(' '),
  });
}

/** Parameters of a form; one that comes twice is refused (RFC 6749 §3.2), an empty one counts as left out. */
function readForm(body: string): ReadonlyMap<string, string> {
  const form = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(body)) {
    if (form.has(name)) throw new OauthError('invalid_request', 'a parameter must not come twice');
    if (value !== '') form.set(name, value);
  }
  return form;
}

interface Credentials {
  readonly id: string;
  readonly secret: string;
}

async function authenticateClient(
  asked: TokenRequest,
  form: ReadonlyMap<string, string>,
  options: ClientCredentialsOptions,
): Promise<StoredClient> {
  const { id, secret } = readCredentials(asked, form);
  const client = await options.tenants.findClient(id);
  // Without a client the comparison is made all the same, so that the time tells nothing about which ids there are.
  const isRight = sameText(client?.hash ?? options.hashText(id), options.hashText(secret));
  const tenant = client === undefined ? undefined : await options.tenants.findTenant(client.tenantId);
  if (client === undefined || tenant === undefined || !isRight || !isOwn(tenant, asked.route)) throw wrongClient(asked);
  const ranges = tenant.allowedAddresses;
  if (ranges.length > 0 && !compileAddressRule(ranges)(asked.address)) {
    throw new ScimError('forbidden', 'requests from this address are not allowed for this provider');
  }
  options.takeTurn(tenant, asked.nowMs);
  if (client.expiresMs !== null && client.expiresMs <= asked.nowMs) throw wrongClient(asked, 'the client has expired');
  return client;
}

function isOwn(tenant: Tenant, route: Route): boolean {
  return tenant.profile === route.profile.id && (route.tenantId === undefined || route.tenantId === tenant.id);
}

function readCredentials({ request }: TokenRequest, form: ReadonlyMap<string, string>): Credentials {
  const basic = readBasic(request.header('authorization'));
  const [id, secret] = [form.get('client_id'), form.get('client_secret')];
  if (basic === undefined) {
    if (id !== undefined && secret !== undefined) return { id, secret };
    throw new OauthError('invalid_client', 'client_id and client_secret are needed', CHALLENGE);
  }
  if (secret !== undefined)
    throw new OauthError('invalid_request', 'send the client once: in the header or in the form');
  if (id !== undefined && id !== basic.id)
    throw new OauthError('invalid_request', 'client_id is not that of the header');
  return basic;
}

const BASIC = /^basic +([A-Za-z0-9+/]+=*) *$/i;

/** The header of RFC 6749 §2.3.1: id and secret are form-encoded before they are joined. */
function readBasic(authorization: string | undefined): Credentials | undefined {
  if (authorization === undefined) return undefined;
  const encoded = BASIC.exec(authorization)?.[1];
  const wrong = new OauthError('invalid_client', 'Authorization has to be Basic with client id and secret', CHALLENGE);
  if (encoded === undefined) throw wrong;
  try {
    const text = atob(encoded);
    const colon = text.indexOf(':');
    if (colon < 0) throw wrong;
    return { id: decodePart(text.slice(0, colon)), secret: decodePart(text.slice(colon + 1)) };
  } catch (error) {
    throw error instanceof OauthError ? error : wrong;
  }
}

function decodePart(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

const CHALLENGE = { 'www-authenticate': 'Basic realm="scim"' };

function wrongClient({ request }: TokenRequest, why = 'the client is unknown or its secret is wrong'): OauthError {
  return new OauthError('invalid_client', why, request.header('authorization') === undefined ? {} : CHALLENGE);
}

/** The scopes asked for, which have to be among the client's; all of them when none is named (RFC 6749 §3.3). */
function readScope(text: string | undefined, client: StoredClient): readonly TokenScope[] {
  const names = (text ?? '').split(' ').filter((name) => name !== '');
  if (names.length === 0) return client.scopes;
  const wanted = client.scopes.filter((scope) => names.includes(scope));
  if (wanted.length === new Set(names).size) return wanted;
  throw new OauthError('invalid_scope', `the client may ask for: ${client.scopes.join(' ')}`);
}
