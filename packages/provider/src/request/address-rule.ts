import ipaddr from 'ipaddr.js';

type Range = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Decides whether an address lies in one of the ranges. */
export type AddressRule = (address: string) => boolean;

/**
 * Compiles CIDR ranges, IPv4 and IPv6; a single address is a range of one. An IPv4 address in IPv6 clothing
 * (`::ffff:10.0.0.1`) counts as the IPv4 address. Something that is no address is in no range.
 *
 * @throws {RangeError} naming the text that is no range
 */
export function compileAddressRule(ranges: readonly string[]): AddressRule {
  const compiled = ranges.map(readRange);
  return (address) => {
    if (!isPlainAddress(address)) return false;
    const parsed = ipaddr.process(address);
    return compiled.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits));
  };
}

/** Whether a text is an address as people write them. `010.0.0.1`, `0xa.1` and `10.1` mean different ones to different readers. */
function isPlainAddress(text: string): boolean {
  return text.includes(':') ? ipaddr.IPv6.isValid(text) : ipaddr.IPv4.isValidFourPartDecimal(text);
}

function readRange(text: string): Range {
  try {
    if (!isPlainAddress(text.split('/', 1)[0] ?? '')) throw new RangeError('the address is not in its usual form');
    if (!text.includes('/')) {
      const single = ipaddr.process(text);
      return [single, single.kind() === 'ipv4' ? 32 : 128];
    }
    const [network, bits] = ipaddr.parseCIDR(text);
    if (network instanceof ipaddr.IPv6 && network.isIPv4MappedAddress() && bits >= 96) {
      return [network.toIPv4Address(), bits - 96];
    }
    return [network, bits];
  } catch (error) {
    throw new RangeError(`${JSON.stringify(text)} is no address range; write it like 10.0.0.0/8 or 2001:db8::/32`, {
      cause: error,
    });
  }
}
