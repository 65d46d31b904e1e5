import { ScimError } from '../error.ts';

/** The two switches an administrator may add to a tenant URL (Entra docs, "SCIM 2.0 protocol compliance"). */
export type AddressFlag = 'aadOptscim062020' | 'AzureAdScimPatch2017';

const FLAGS: readonly AddressFlag[] = ['aadOptscim062020', 'AzureAdScimPatch2017'];

/** A tenant URL taken apart. */
export interface TargetAddress {
  /** Scheme, host and path, with no slash at the end. */
  readonly base: string;
  /** Query parameters that are no flags, as written, without the question mark; sent with every request. */
  readonly query: string;
  /** Flags found. They choose the job's dialect and never reach the wire. */
  readonly flags: readonly AddressFlag[];
}

/**
 * Reads a tenant URL as an administrator typed it: blanks around it, slashes at its end, a fragment, flags in the
 * query.
 *
 * @throws {ScimError} `invalidValue` when it is no http or https URL, or holds a user name
 */
export function readTargetAddress(text: string): TargetAddress {
  const [address = ''] = text.trim().split('#', 1);
  const questionMark = address.indexOf('?');
  const path = questionMark < 0 ? address : address.slice(0, questionMark);
  const scheme = /^https?:\/\//i.exec(path);
  const host = scheme === null ? '' : (path.slice(scheme[0].length).split('/', 1)[0] ?? '');
  if (host === '' || /[\s@\\]/.test(host)) {
    throw new ScimError('invalidValue', 'the tenant URL must start with https:// or http:// and a host name');
  }
  const parameters = questionMark < 0 ? [] : address.slice(questionMark + 1).split('&');
  const flagOf = (parameter: string): AddressFlag | undefined =>
    FLAGS.find((flag) => flag.toLowerCase() === (parameter.split('=', 1)[0] ?? '').toLowerCase());
  return {
    base: withoutTrailingSlashes(path),
    query: parameters.filter((parameter) => parameter !== '' && flagOf(parameter) === undefined).join('&'),
    flags: parameters.flatMap((parameter) => flagOf(parameter) ?? []),
  };
}

/** Where a request goes. */
export interface RequestTarget {
  /** `/Users`, with or without its slash. */
  readonly endpoint: string;
  readonly id?: string;
  /** Values are encoded here; `undefined` ones are left out. */
  readonly parameters?: Readonly<Record<string, string | number | undefined>>;
}

/** Path, query included, of a request below the base address. */
export function requestPath(address: TargetAddress, target: RequestTarget): string {
  const endpoint = target.endpoint.startsWith('/') ? target.endpoint : `/${target.endpoint}`;
  const id = target.id === undefined ? '' : `/${encodeId(target.id)}`;
  const query = Object.entries(target.parameters ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(String(value).toWellFormed())}`],
  );
  if (address.query !== '') query.push(address.query);
  return `${withoutTrailingSlashes(endpoint)}${id}${query.length === 0 ? '' : `?${query.join('&')}`}`;
}

/**
 * An id as one path segment. `.` and `..` cannot be written in a URL at all, not even encoded (WHATWG URL, "double-dot
 * URL path segment"): a request for them would reach another resource.
 */
function encodeId(id: string): string {
  if (id === '' || id === '.' || id === '..') throw new ScimError('invalidValue', `"${id}" cannot be an id in a URL`);
  return encodeURIComponent(id.toWellFormed());
}

function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') end--;
  return path.slice(0, end);
}
