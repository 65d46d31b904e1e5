import type { AddressRule } from './address-rule.ts';
import type { ScimRequest } from './exchange.ts';

/** Where a request really came from, seen through the proxies that are trusted. */
export interface ClientView {
  readonly address: string;
  /** Scheme and authority the client used. */
  readonly origin: string;
}

/**
 * Reads `X-Forwarded-For`, `-Proto` and `-Host` only when the peer is a trusted proxy. The client is the last
 * forwarded address that is not a trusted proxy itself: what stands before it anybody could have written.
 */
export function clientView(request: ScimRequest, isTrusted: AddressRule | undefined): ClientView {
  if (isTrusted === undefined || !isTrusted(request.remoteAddress)) {
    return { address: request.remoteAddress, origin: request.origin };
  }
  const hops = listOf(request.header('x-forwarded-for'));
  const address = hops.findLast((hop) => !isTrusted(hop)) ?? hops[0] ?? request.remoteAddress;
  const [scheme = '', authority = ''] = request.origin.split('://');
  const proto = listOf(request.header('x-forwarded-proto')).at(-1);
  const host = listOf(request.header('x-forwarded-host')).at(-1);
  const isKnownScheme = proto === 'http' || proto === 'https';
  const isPlainHost = host !== undefined && /^[\w.\-:[\]]{1,255}$/.test(host);
  return { address, origin: `${isKnownScheme ? proto : scheme}://${isPlainHost ? host : authority}` };
}

function listOf(header: string | undefined): readonly string[] {
  if (header === undefined) return [];
  return header
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '');
}
