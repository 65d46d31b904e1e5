import ipaddr from 'ipaddr.js';
import { LockstepError } from '../lockstep-error.ts';

type Range = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Decides where the engine may connect to. */
export interface OutgoingRule {
  /**
   * Why an address must not be connected to; `undefined` when it may.
   * @param host the name in the address of the app, or the address itself
   * @param address the IP address that would be connected to
   */
  refusal(host: string, address: string): string | undefined;
}

/** Link-local addresses and the metadata services of cloud machines: no setting opens these. */
const ALWAYS_REFUSED: readonly Range[] = [
  '169.254.0.0/16',
  'fe80::/10',
  '100.100.100.200/32',
  '192.0.0.192/32',
  '168.63.129.16/32',
  'fd00:ec2::254/128',
  'fd20:ce::254/128',
].map((text) => ipaddr.parseCIDR(text));

const ALWAYS_REFUSED_HOSTS: ReadonlySet<string> = new Set([
  'metadata.google.internal',
  'metadata.goog',
  'metadata',
  'instance-data',
  'instance-data.ec2.internal',
]);

/**
 * Reads the setting `outgoing`: `open` (private and loopback targets allowed), `public`, or a list of CIDR ranges and
 * host names (`*.example.com` = every name below).
 *
 * @throws {LockstepError} `badSetting` naming the entry that cannot be read
 */
export function readOutgoingRule(setting: string): OutgoingRule {
  const allows = readAllowed(setting);
  return {
    refusal: (host, address) => {
      const name = host.toLowerCase().replace(/\.$/, '');
      if (ALWAYS_REFUSED_HOSTS.has(name)) return `${host} is a metadata service, which is never called`;
      const parsed = readAddress(address);
      if (parsed === undefined) return `${address} is no address`;
      if (isIn(parsed, ALWAYS_REFUSED)) return `${address} is link-local or a metadata service, which is never called`;
      return allows(name, parsed) ? undefined : `the setting outgoing = ${setting} does not allow ${address}`;
    },
  };
}

function readAllowed(setting: string): (host: string, address: ipaddr.IPv4 | ipaddr.IPv6) => boolean {
  const text = setting.trim();
  if (text === 'open') return () => true;
  if (text === 'public') return (_host, address) => address.range() === 'unicast';
  const entries = text.split(',').map((entry) => entry.trim().toLowerCase());
  const ranges: Range[] = [];
  const hosts: string[] = [];
  for (const entry of entries.filter((one) => one !== '')) {
    const range = readRange(entry);
    if (range !== undefined) ranges.push(range);
    else hosts.push(readHost(entry));
  }
  return (host, address) => isIn(address, ranges) || hosts.some((pattern) => fits(host, pattern));
}

function fits(host: string, pattern: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
}

function readHost(entry: string): string {
  if (/^(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(entry)) return entry;
  throw new LockstepError(
    'badSetting',
    `outgoing: ${JSON.stringify(entry)} is neither a CIDR range such as 10.0.0.0/8 nor a host name`,
  );
}

function readRange(entry: string): Range | undefined {
  const isRange = ipaddr.IPv4.isValidCIDRFourPartDecimal(entry) || ipaddr.IPv6.isValidCIDR(entry);
  if (isRange) return ipaddr.parseCIDR(entry);
  const address = readAddress(entry);
  if (address === undefined) return undefined;
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** An IPv4 address in IPv6 clothing counts as the IPv4 address, translated ones (NAT64, 6to4) too. */
function readAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const bare = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  // The short and octal forms of IPv4 that `inet_aton` knows are no addresses here: a resolver gives the four-part form.
  if (!ipaddr.IPv4.isValidFourPartDecimal(bare) && !ipaddr.IPv6.isValid(bare)) return undefined;
  const address = ipaddr.process(bare);
  if (address instanceof ipaddr.IPv6 && address.range() === 'rfc6052') {
    return new ipaddr.IPv4(address.toByteArray().slice(12));
  }
  if (address instanceof ipaddr.IPv6 && address.range() === '6to4') {
    return new ipaddr.IPv4(address.toByteArray().slice(2, 6));
  }
  return address;
}

function isIn(address: ipaddr.IPv4 | ipaddr.IPv6, ranges: readonly Range[]): boolean {
  return ranges.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));
}
