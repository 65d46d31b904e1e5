const NAME = /^[A-Za-z0-9_-]+$/;

/** Cookie of the console's session. */
export const CONSOLE_COOKIE = '__Host-lockstep';

/** Cookie of a tenant's session. One browser may be signed in to several tenants. */
export function portalCookie(tenantId: string): string {
  return `__Host-lockstep-portal-${NAME.test(tenantId) ? tenantId : 'none'}`;
}

/**
 * A cookie that is sent over HTTPS only, to this host only, and that no script reads (RFC 6265bis §4.1.3.2). Browsers take
 * it from `http://localhost` too.
 *
 * @param sameSite `None` only for what has to come along with a form that another site posts
 */
export function setCookie(name: string, value: string, options: CookieOptions = {}): string {
  const age = options.maxAgeSeconds === undefined ? '' : `; Max-Age=${options.maxAgeSeconds}`;
  return `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=${options.sameSite ?? 'Lax'}${age}`;
}

export interface CookieOptions {
  /** Default `Lax`. */
  readonly sameSite?: 'Lax' | 'None';
  /** Absent = until the browser closes. */
  readonly maxAgeSeconds?: number;
}

/** Takes a cookie away. */
export function dropCookie(name: string): string {
  return setCookie(name, '', { maxAgeSeconds: 0 });
}

/** One cookie of a `Cookie` header. A name that comes twice is not believed. */
export function readCookie(header: string | null | undefined, name: string): string | undefined {
  const found = (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
  return found.length === 1 && found[0] !== '' ? found[0] : undefined;
}
