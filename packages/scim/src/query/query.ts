/** How results are ordered (RFC 7644 §3.4.2.3). */
export type SortOrder = 'ascending' | 'descending';

/** A query as URL and `/.search` body both give it (RFC 7644 §3.4.2 and §3.4.3; RFC 9865 for `cursor`). */
export interface Query {
  /** The text of the filter, not parsed yet; empty when the parameter was there without a value. */
  readonly filter?: string;
  /** First result, counted from 1. */
  readonly startIndex: number;
  /** How many results at most; 0 asks for the total alone. */
  readonly count: number;
  /** Present when results are asked for by cursor; empty for the first page. */
  readonly cursor?: string;
  readonly sortBy?: string;
  readonly sortOrder: SortOrder;
  /** Paths of the attributes to return, as written. */
  readonly attributes?: readonly string[];
  /** Paths of the attributes to leave out, as written. */
  readonly excludedAttributes?: readonly string[];
}

/** How many results a page holds. */
export interface PageLimits {
  /** When the client names no count. */
  readonly countDefault: number;
  /** Whatever the client asks for. */
  readonly countMax: number;
}
