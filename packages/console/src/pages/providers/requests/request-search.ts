import type { RequestShape } from 'lockstep/admin-api/answers';
import type { Tone } from '../../../design/Badge.tsx';

/** Classes of statuses that can be filtered by. */
export const STATUS_CLASSES = ['2xx', '3xx', '4xx', '5xx'] as const;

/** Filters of the log of requests, as the address of a provider holds them. */
export interface RequestFilter {
  /** Part of method and path. */
  readonly search?: string;
  readonly status?: (typeof STATUS_CLASSES)[number];
  /** Name of a deviation; `any` = all that have one. */
  readonly deviation?: string;
  /** Instants, ISO 8601. */
  readonly from?: string;
  readonly to?: string;
}

/** The filters among everything an address of a provider may hold. */
export function requestFilterOf(search: RequestFilter): RequestFilter {
  const { search: text, status, deviation, from, to } = search;
  const given = { search: text, status, deviation, from, to };
  // Only what is there is taken, and each of it stands in the type.
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as RequestFilter;
}

/** Whether anything is filtered. */
export function isRequestFiltered(search: RequestFilter): boolean {
  return Object.keys(requestFilterOf(search)).length > 0;
}

/** Sets or, with an empty value, drops a filter; the list begins anew. */
export function withRequestFilter(
  search: RequestFilter,
  name: keyof RequestFilter,
  value: string | undefined,
): RequestFilter {
  const { [name]: _old, ...rest } = requestFilterOf(search);
  return value === undefined || value.trim() === '' ? rest : { ...rest, [name]: value };
}

/** The filters as the API takes them. */
export function requestQueryOf(filter: RequestFilter): Readonly<Record<string, string | undefined>> {
  const { deviation, ...rest } = requestFilterOf(filter);
  if (deviation === undefined) return rest;
  return deviation === 'any' ? { ...rest, deviating: 'true' } : { ...rest, deviation };
}

/** What a status means to the reader. A client that is refused is not the server's failure. */
export function statusTone(status: number): Tone {
  if (status >= 500) return 'danger';
  if (status >= 400) return 'warning';
  return status >= 300 ? 'neutral' : 'success';
}

/** Who sent a request, in as few words as name it. */
export function senderOf({
  client,
  userAgent,
  tokenLabel,
}: Pick<RequestShape, 'client' | 'userAgent' | 'tokenLabel'>): string {
  return client ?? userAgent ?? tokenLabel ?? '';
}
