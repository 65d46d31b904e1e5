import ipaddr from 'ipaddr.js';

/**
 * Where a request came from: the socket's address, or, while that is a trusted proxy, the last address of
 * `X-Forwarded-For` that is none.
 */
export function clientAddress(
  socket: string | undefined,
  forwarded: string | undefined,
  trustedProxies: readonly string[],
): string {
  const chain = [...(forwarded ?? '').split(',').map((one) => one.trim()), socket ?? ''].filter((one) => one !== '');
  let client = socket ?? 'unknown';
  for (const address of chain.toReversed()) {
    if (!ipaddr.isValid(address)) break;
    client = ipaddr.process(address).toString();
    if (!isTrusted(client, trustedProxies)) break;
  }
  return client;
}

function isTrusted(address: string, ranges: readonly string[]): boolean {
  const parsed = ipaddr.process(address);
  return ranges.some((range) => {
    if (!ipaddr.isValidCIDR(range)) return ipaddr.isValid(range) && ipaddr.process(range).toString() === address;
    const [network, bits] = ipaddr.parseCIDR(range);
    return network.kind() === parsed.kind() && parsed.match(network, bits);
  });
}
