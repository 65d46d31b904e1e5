/** What a server does wrong for good. */
export const quirks = [
  /** Two accounts may have the same name. */
  'takes-duplicates',
  /** Lists name every resource twice. */
  'duplicate-ids',
  'total-too-high',
  'total-too-low',
  /** Every page is the first page. */
  'repeating-pages',
  /** A resource at the end of each page is left out. */
  'skipping-pages',
  /** A group is shown with its first 100 members. */
  'members-capped',
  /** A request may name 100 members. */
  'member-batch-capped',
  'no-put',
  'no-patch',
  /** A filter is answered with everybody. */
  'filter-ignored',
  'case-exact-filter',
  /** A creation is answered with 200 and no body. */
  'create-200-empty',
  'create-204',
  'create-without-id',
  'numeric-ids',
  /** A write without `If-Match` is answered with 428. */
  'etag-required',
  'excluded-attributes-ignored',
] as const;

export type Quirk = (typeof quirks)[number];

/** What can go wrong with one request. */
export const faults = [
  'drop-before-commit',
  'drop-after-commit',
  'throttle-seconds',
  'throttle-fraction',
  'throttle-date',
  'throttle-without-time',
  'throttle-huge',
  'status-500',
  /** The request is carried out, and the answer says that it was not. */
  'status-500-after-commit',
  'status-502',
  'status-503',
  'status-503-retry-after',
  'status-504-after-commit',
  /** The request is carried out; the answer comes after any deadline. */
  'slow',
  'truncated-json',
  'html-page',
  'html-404',
  /** An answer of 100 MB. */
  'huge-answer',
  'credentials-rejected',
] as const;

export type Fault = (typeof faults)[number];

/** A request, as a plan of faults sees it. */
export interface PlannedRequest {
  /** From 1. */
  readonly number: number;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
}

/** Says which fault a request meets. */
export type FaultPlan = (request: PlannedRequest) => Fault | undefined;

/**
 * A plan that looks random and is the same for the same seed: request by number.
 *
 * @param seed a whole number
 * @param rate share of the requests that meet a fault, from 0 to 1
 */
export function seededFaults(seed: number, rate: number, among: readonly Fault[] = faults): FaultPlan {
  return ({ number }) => {
    if (fraction(seed, number * 2) >= rate) return undefined;
    return among[Math.floor(fraction(seed, number * 2 + 1) * among.length)];
  };
}

/** A number in [0, 1) that depends on nothing but its arguments (a mixing function in the manner of MurmurHash3). */
export function fraction(seed: number, at: number): number {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(at + 1, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}
