import { type LookupAddress, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { OutgoingRule } from './outgoing-rule.ts';

/** The address rules of this installation forbid the target. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
}

/**
 * Resolves a name to the addresses that may be connected to; an error when there are none. A name that resolves differently a
 * moment later gains nothing, since these very addresses are connected to.
 */
export function guardedLookup(rule: OutgoingRule): LookupFunction {
  return (hostname, wanted, callback) => {
    lookup(hostname, { ...wanted, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, []);
        return;
      }
      const allowed = addresses.filter(({ address }) => rule.refusal(hostname, address) === undefined);
      const [first] = allowed;
      if (first === undefined) {
        callback(refused(rule, hostname, addresses), []);
        return;
      }
      if (wanted.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

/** Why a host that is an address itself must not be connected to: it is not looked up, so nothing else asks. */
export function refusalOfAddress(rule: OutgoingRule, host: string): RefusedAddress | undefined {
  const refusal = isIP(host) === 0 ? undefined : rule.refusal(host, host);
  return refusal === undefined ? undefined : new RefusedAddress(refusal);
}

function refused(rule: OutgoingRule, hostname: string, addresses: readonly LookupAddress[]): Error {
  const [first] = addresses;
  const why = first === undefined ? 'it has no address' : rule.refusal(hostname, first.address);
  return new RefusedAddress(`${hostname}: ${why ?? 'refused'}`);
}
