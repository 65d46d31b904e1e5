import { createPrivateKey } from 'node:crypto';
import type { Fetch } from '@lockstep/scim/client';
import { importPKCS8 } from 'jose';
import * as client from 'openid-client';
import { isLoopback, type OidcSettings, SignInRefused, type Vouched } from './connection.ts';

/** A sign-in under way: what has to be kept on the server until the browser comes back. */
export interface OidcPending {
  readonly nonce: string;
  readonly codeVerifier: string;
}

export interface OidcConnection {
  readonly settings: OidcSettings;
  /** Client secret, or the private key in PKCS #8 PEM. */
  readonly secret: string;
  readonly redirectUri: string;
  readonly fetch: Fetch;
}

const TIMEOUT_MS = 10_000;
const CLOCK_SKEW_SECONDS = 60;
/** What Entra signs ID tokens with; a token that names another algorithm is refused, `none` and HMAC with it. */
const ID_TOKEN_ALG = 'RS256';

/** The address at the directory that a browser is sent to (code flow with PKCE, RFC 7636, `response_mode=query`). */
export async function beginOidc(
  connection: OidcConnection,
  state: string,
): Promise<{ readonly url: string; readonly pending: OidcPending }> {
  const config = await configure(connection);
  const codeVerifier = client.randomPKCECodeVerifier();
  const nonce = client.randomNonce();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: connection.redirectUri,
    scope: 'openid profile email',
    response_type: 'code',
    response_mode: 'query',
    code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
  return { url: url.href, pending: { nonce, codeVerifier } };
}

/**
 * Exchanges the code and checks the ID token: signature, algorithm, issuer, audience, time, nonce (OpenID Connect Core
 * §3.1.3.7), then that it is of the one directory tenant.
 *
 * @throws {SignInRefused}
 */
export async function finishOidc(
  connection: OidcConnection,
  answer: { readonly query: string; readonly state: string; readonly pending: OidcPending },
): Promise<Vouched> {
  const { pending, state } = answer;
  try {
    const config = await configure(connection);
    const url = new URL(`${connection.redirectUri}${answer.query}`);
    const tokens = await client.authorizationCodeGrant(config, url, {
      pkceCodeVerifier: pending.codeVerifier,
      expectedNonce: pending.nonce,
      expectedState: state,
      idTokenExpected: true,
    });
    return vouchedBy(tokens.claims(), connection.settings);
  } catch (error) {
    if (error instanceof SignInRefused) throw error;
    throw new SignInRefused(reasonOf(error), { cause: error });
  }
}

async function configure(connection: OidcConnection): Promise<client.Configuration> {
  const { settings, secret } = connection;
  const issuer = new URL(settings.issuer);
  // An ID token that comes straight from the directory need not be verified by the standard; it is all the same.
  const execute = [client.enableNonRepudiationChecks];
  if (issuer.protocol === 'http:' && isLoopback(issuer.hostname)) execute.push(client.allowInsecureRequests);
  const metadata = { id_token_signed_response_alg: ID_TOKEN_ALG, [client.clockTolerance]: CLOCK_SKEW_SECONDS };
  const authentication =
    settings.clientAuth === 'secret' ? client.ClientSecretPost(secret) : await certificateAuth(settings, secret);
  try {
    return await client.discovery(issuer, settings.clientId, metadata, authentication, {
      execute,
      timeout: TIMEOUT_MS / 1_000,
      [client.customFetch]: (url, options) => send(connection.fetch, url, options),
    });
  } catch (error) {
    throw new SignInRefused(`the directory's description cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}

async function certificateAuth(settings: OidcSettings, pem: string): Promise<client.ClientAuth> {
  const key = await importPKCS8(createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem' }).toString(), 'RS256');
  const { certificateThumbprint } = settings;
  return client.PrivateKeyJwt(key, {
    [client.modifyAssertion]: (header) => {
      if (certificateThumbprint !== undefined) header['x5t#S256'] = certificateThumbprint;
    },
  });
}

/** Through the house's way out, so that the rule about addresses holds here too. Redirects are not followed. */
async function send(fetch: Fetch, url: string, options: client.CustomFetchOptions): Promise<Response> {
  const { method } = options;
  if (method !== 'GET' && method !== 'POST') throw new Error(`${method} is not expected of an OpenID client`);
  const body = options.body === undefined || options.body === null ? undefined : String(options.body);
  const answer = await fetch({
    method,
    url,
    headers: options.headers,
    ...(body === undefined ? {} : { body }),
    timeoutMs: TIMEOUT_MS,
  });
  const hasBody = answer.status !== 204 && answer.status !== 304;
  const told = ['content-type', 'www-authenticate', 'location'].flatMap((name) => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value] as [string, string]];
  });
  return new Response(hasBody ? answer.text : null, { status: answer.status, headers: told });
}

function vouchedBy(claims: client.IDToken | undefined, settings: OidcSettings): Vouched {
  if (claims === undefined) throw new SignInRefused('the directory sent no ID token');
  const { directoryTenantId: expectedTid } = settings;
  if (expectedTid !== undefined && claims['tid'] !== expectedTid) {
    throw new SignInRefused('the ID token is of another directory tenant (tid)');
  }
  const objectId = expectedTid === undefined ? claims.sub : claims['oid'];
  if (typeof objectId !== 'string' || objectId === '') throw new SignInRefused('the ID token names nobody (oid)');
  const email = claims['email'];
  const isVerified = settings.linksByEmail && isTrue(claims['email_verified'] ?? claims['xms_edov']);
  return {
    subject: JSON.stringify([claims.iss, expectedTid ?? null, objectId]),
    objectId,
    roles: textsOf(claims['roles']),
    ...nameOf(claims),
    ...(isVerified && typeof email === 'string' ? { verifiedEmail: email } : {}),
  };
}

function nameOf(claims: client.IDToken): { readonly name?: string } {
  const name = [claims['name'], claims['preferred_username'], claims['email']].find((one) => typeof one === 'string');
  return typeof name === 'string' ? { name } : {};
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === 1 || value === '1';
}

function textsOf(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((one) => typeof one === 'string');
}

/** The library's words for why, without the token. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  const { cause } = error;
  const claim = isClaimCause(cause) ? `: ${cause.claim}` : '';
  const inner = claim === '' && cause instanceof Error ? `: ${cause.message}` : '';
  return `${error.message}${code}${claim}${inner}`;
}

function isClaimCause(cause: unknown): cause is { readonly claim: string } {
  return typeof cause === 'object' && cause !== null && 'claim' in cause && typeof cause.claim === 'string';
}

/** Reads what was kept; `undefined` when it is not of this form. */
export function readPending(detail: unknown): OidcPending | undefined {
  if (typeof detail !== 'object' || detail === null) return undefined;
  const [nonce, codeVerifier] = ['nonce' in detail && detail.nonce, 'codeVerifier' in detail && detail.codeVerifier];
  return typeof nonce === 'string' && typeof codeVerifier === 'string' ? { nonce, codeVerifier } : undefined;
}
