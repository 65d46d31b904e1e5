import { ScimError } from '@lockstep/scim';
import type { StoredToken, Tenant, TenantStore } from '../ports/tenant-store.ts';
import { type AddressRule, compileAddressRule } from '../request/address-rule.ts';
import { sameText } from './same-text.ts';
import { tokenIdOf } from './token-text.ts';

/** A token that holds, with its tenant and the tenant's address rule worked out. */
export interface Grant {
  readonly token: StoredToken;
  readonly tenant: Tenant;
  /** Absent = every address may call. */
  readonly addressRule: AddressRule | undefined;
}

export interface Authenticator {
  /**
   * @param authorization the `Authorization` header
   * @param onRefused told of a token that is ours and holds no more
   * @throws {ScimError} `unauthorized` when there is no bearer token, or it is unknown, revoked or expired
   */
  authenticate(
    authorization: string | undefined,
    nowMs: number,
    onRefused?: (token: StoredToken) => void,
  ): Promise<Grant>;
  /** Forgets what is remembered of a tenant's tokens, so that a change counts at once. */
  forget(): void;
}

export interface AuthenticatorOptions {
  readonly tenants: TenantStore;
  /** Lower-case hex SHA-256 of a text. */
  hashText(text: string): string;
  /** Whether whom the token was made for still may have it. */
  isHeld(tenant: Tenant, token: StoredToken): Promise<boolean>;
  /** How long a grant may be remembered; the bound on how late a revocation on another node counts. */
  readonly rememberMs: number;
}

interface Asked {
  readonly nowMs: number;
  readonly onRefused: ((token: StoredToken) => void) | undefined;
}

interface Remembered {
  readonly grant: Grant;
  readonly untilMs: number;
  usedMs: number;
}

const REMEMBERED_MAX = 10_000;
const TOUCH_EVERY_MS = 60_000;
/** What the holder of a source's tokens begins with. */
export const SOURCE_HOLDER = 'source:';
const BEARER = /^bearer +(\S+) *$/i;

/** Checks bearer tokens (RFC 6750). Tokens are compared and remembered by hash only. */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { tenants, hashText, rememberMs } = options;
  const remembered = new Map<string, Remembered>();

  const find = async (text: string, hash: string): Promise<StoredToken> => {
    const tokenId = tokenIdOf(text);
    const token = tokenId === undefined ? undefined : await tenants.findToken(tokenId);
    if (token === undefined || !sameText(token.hash, hash)) throw unknown();
    return token;
  };

  const look = async (text: string, hash: string, asked: Asked): Promise<Grant> => {
    const { nowMs, onRefused } = asked;
    const token = await find(text, hash);
    const tenant = await tenants.findTenant(token.tenantId);
    if (tenant === undefined) throw unknown();
    const isHeld = token.revokedMs === null && (await options.isHeld(tenant, token));
    if (!isHeld) onRefused?.(token);
    if (token.revokedMs !== null) throw refused('the token was revoked');
    if (!isHeld) throw refused('the token was made for somebody who has no rights any more');
    const grant = { token, tenant, addressRule: ruleOf(tenant, token) };
    if (remembered.size >= REMEMBERED_MAX) remembered.clear();
    remembered.set(hash, { grant, untilMs: nowMs + rememberMs, usedMs: token.lastUsedMs ?? 0 });
    return grant;
  };

  return {
    authenticate: async (authorization, nowMs, onRefused) => {
      const text = authorization === undefined ? undefined : BEARER.exec(authorization)?.[1];
      if (text === undefined) throw refused('a bearer token is needed: Authorization: Bearer ...');
      const hash = hashText(text);
      const known = remembered.get(hash);
      const grant =
        known !== undefined && known.untilMs > nowMs ? known.grant : await look(text, hash, { nowMs, onRefused });
      const { expiresMs } = grant.token;
      if (expiresMs !== null && expiresMs <= nowMs) {
        onRefused?.(grant.token);
        throw refused('the token has expired');
      }
      const entry = remembered.get(hash);
      if (entry !== undefined && nowMs - entry.usedMs >= TOUCH_EVERY_MS) {
        entry.usedMs = nowMs;
        await tenants.touchToken(grant.token.id, nowMs);
      }
      return grant;
    },
    forget: () => remembered.clear(),
  };
}

/** The tenant's ranges, and beside them those of the source a token was made for; a source that is gone takes its tokens along. */
function ruleOf(tenant: Tenant, { holder }: StoredToken): AddressRule | undefined {
  const isOfSource = holder?.startsWith(SOURCE_HOLDER) === true;
  const source = tenant.settings.sources?.find((one) => `${SOURCE_HOLDER}${one.id}` === holder);
  if (isOfSource && source === undefined) throw refused('the token was revoked');
  const lists = [tenant.allowedAddresses, source?.allowedAddresses ?? []].filter((ranges) => ranges.length > 0);
  const rules = lists.map(compileAddressRule);
  return rules.length === 0 ? undefined : (address) => rules.every((rule) => rule(address));
}

function unknown(): ScimError {
  return refused('the token is unknown');
}

function refused(message: string): ScimError {
  return new ScimError('unauthorized', message, { headers: { 'www-authenticate': 'Bearer realm="scim"' } });
}
