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
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return compiled.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits));
  };
}

function readRange(text: string): Range {
  try {
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
