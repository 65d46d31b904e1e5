import type { ApiKey } from '../secrets/api-key.ts';
import { CONSOLE_COOKIE, readCookie } from './cookie.ts';
import type { PeopleParts } from './open-people.ts';
import type { Principal } from './principal.ts';
import { permissionsOfRole } from './role.ts';

/** How a request says who it is from. */
export interface Identification {
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
}

const BEARER = /^bearer +(\S+) *$/i;

const ownerKey: Principal = {
  kind: 'ownerKey',
  name: 'owner key',
  role: 'owner',
  permissions: permissionsOfRole.owner,
};

/** Who a request is from; a key goes before a cookie, and a wrong key is not made good by one. */
export async function findPrincipal(
  { authorization, cookie }: Identification,
  parts: Pick<PeopleParts, 'keys' | 'sessions' | 'people'> & { readonly apiKey: ApiKey },
): Promise<Principal | undefined> {
  if (authorization !== undefined) {
    const given = BEARER.exec(authorization)?.[1];
    if (given === undefined) return undefined;
    return parts.apiKey.matches(given) ? ownerKey : parts.keys.principalOf(given);
  }
  const session = await parts.sessions.find(readCookie(cookie, CONSOLE_COOKIE));
  return session === undefined ? undefined : parts.people.principalOf(session);
}
