/** The headers that tell where a request was made. */
export interface RequestSource {
  header(name: string): string | undefined;
  /** Origins this server is reached by. */
  readonly origins: readonly string[];
}

/**
 * Whether a browser says that a page of this very server made the request: `Sec-Fetch-Site: same-origin` (W3C Fetch
 * Metadata), or from older browsers an `Origin` that is ours. Neither header, no trust.
 */
export function isSameOrigin({ header, origins }: RequestSource): boolean {
  const site = header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = header('origin');
  return origin !== undefined && origins.includes(origin);
}

/** Whether a body is declared to be JSON, which no form of another site can send without asking. */
export function isJsonType(contentType: string | undefined): boolean {
  return /^application\/(json|[\w.-]+\+json)\s*(;|$)/i.test(contentType ?? '');
}

/** Origins a server is reached by: its public address, and what the request itself was sent to. */
export function ownOrigins(publicUrl: string, host: string | undefined): readonly string[] {
  const origin = URL.parse(publicUrl)?.origin;
  const own = origin === undefined ? [] : [origin];
  if (host === undefined) return own;
  const scheme = origin?.startsWith('https:') === true ? 'https' : 'http';
  return [...own, `${scheme}://${host}`];
}
