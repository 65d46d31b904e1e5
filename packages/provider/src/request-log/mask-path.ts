import { isGuid, MASK } from './mask.ts';
import { maskFilter } from './mask-filter.ts';

const LENGTH_MAX = 1_000;
const PARAMETER = /^[\w.-]{1,64}$/;
const PLAIN_SEGMENT = /^[\w.$-]{1,64}$/;
/** Endpoints whose ids are names of the protocol. */
const OF_PROTOCOL: ReadonlySet<string> = new Set(['schemas', 'resourcetypes']);
/** Parameters whose values are names and numbers (RFC 7644 §3.4.2), and the flags of Entra jobs; in lower case. */
const SHOWN: ReadonlySet<string> = new Set([
  'startindex',
  'count',
  'sortby',
  'sortorder',
  'aadoptscim062020',
  'azureadscimpatch2017',
]);
/** Parameters that may hold a filter. */
const FILTERED: ReadonlySet<string> = new Set(['filter']);
const LISTS: ReadonlySet<string> = new Set(['attributes', 'excludedattributes']);

/**
 * The path and query of a request for a reader: decoded, with whatever may name a person masked.
 *
 * @param segments below the tenant's base address, decoded
 */
export function maskPath(segments: readonly string[], query: URLSearchParams): string {
  const [first = '', ...rest] = segments;
  const endpoint = PLAIN_SEGMENT.test(first) || first === '' ? first : MASK;
  const isOfProtocol = OF_PROTOCOL.has(first.toLowerCase());
  const shown = [endpoint, ...rest.map((segment) => maskSegment(segment, isOfProtocol))].join('/');
  const parameters = Array.from(query, ([name, value]) => maskParameter(name, value));
  const text = `/${shown}${parameters.length === 0 ? '' : `?${parameters.join('&')}`}`;
  return text.length <= LENGTH_MAX ? text : `${text.slice(0, LENGTH_MAX - 3)}...`;
}

function maskSegment(segment: string, isOfProtocol: boolean): string {
  if (isGuid(segment) || segment === '.search') return segment;
  return isOfProtocol && /^[\w.:-]{1,200}$/.test(segment) ? segment : MASK;
}

function maskParameter(name: string, value: string): string {
  const known = name.toLowerCase();
  if (!PARAMETER.test(name)) return MASK;
  if (FILTERED.has(known)) return `${name}=${maskFilter(value)}`;
  if (LISTS.has(known)) return `${name}=${maskAttributeList(value)}`;
  if (SHOWN.has(known)) return value === '' ? name : `${name}=${PLAIN_SEGMENT.test(value) ? value : MASK}`;
  return value === '' ? name : `${name}=${MASK}`;
}

function maskAttributeList(value: string): string {
  return value
    .split(',')
    .map((path) => maskPatchPath(path.trim()))
    .join(',');
}

/** The path of an attribute with the values of its filter masked, or the address of a bulk operation. */
export function maskPatchPath(path: string): string {
  const isAddress = path.startsWith('/');
  if (isAddress) return maskPath(path.slice(1).split('/'), new URLSearchParams());
  return path
    .split(/(\[[^\]]*\]?)/)
    .map((part) => (part.startsWith('[') ? maskFilter(part) : /^[\w.:$-]{0,200}$/.test(part) ? part : MASK))
    .join('');
}
