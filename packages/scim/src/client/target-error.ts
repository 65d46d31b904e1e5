/** What kind of refusal a target gave; decides retries, quarantine and the words an administrator reads. */
export type TargetCategory =
  | 'credentials'
  | 'notFound'
  | 'conflict'
  | 'throttled'
  | 'validation'
  | 'unsupported'
  | 'server'
  | 'timeout'
  | 'connection'
  | 'severalEntries'
  | 'notScim';

interface CategoryRow {
  /** Statuses that belong here by number; the rest is placed by class, see `categoryOfStatus`. */
  readonly statuses: readonly number[];
  /** Whether the same request can succeed later with nobody changing anything. */
  readonly retry: 'never' | 'later';
  /** What it means, in words for an administrator. */
  readonly says: string;
}

/** One row per category. */
export const targetCategories: Readonly<Record<TargetCategory, CategoryRow>> = {
  credentials: { statuses: [401, 403], retry: 'never', says: 'the app does not accept the credentials' },
  notFound: { statuses: [404, 410], retry: 'never', says: 'the app does not have this object' },
  conflict: { statuses: [409, 412], retry: 'never', says: 'the change is at odds with what the app holds' },
  throttled: { statuses: [429], retry: 'later', says: 'the app asks for a slower pace' },
  validation: { statuses: [400, 413, 414, 422], retry: 'never', says: 'the app does not accept the values' },
  unsupported: { statuses: [405, 406, 415, 501], retry: 'never', says: 'the app does not offer this operation' },
  server: { statuses: [500, 502, 503, 504], retry: 'later', says: 'the app failed' },
  timeout: { statuses: [408], retry: 'later', says: 'the app did not answer in time' },
  connection: { statuses: [], retry: 'later', says: 'the app could not be reached' },
  severalEntries: {
    statuses: [],
    retry: 'never',
    says: 'the app answers with a list where one object was asked for',
  },
  notScim: { statuses: [], retry: 'never', says: 'the address does not answer as a SCIM endpoint does' },
};

const categoryByStatus: ReadonlyMap<number, TargetCategory> = new Map(
  Object.entries(targetCategories).flatMap(
    ([category, row]) => row.statuses.map((status): [number, TargetCategory] => [status, category as TargetCategory]), // the keys of the record
  ),
);

/**
 * The category of an HTTP status that is no success. Statuses without a row of their own go by class: 4xx
 * `validation`, 5xx `server`, everything else (redirects above all) `notScim`.
 */
export function categoryOfStatus(status: number): TargetCategory {
  const category = categoryByStatus.get(status);
  if (category !== undefined) return category;
  if (status >= 500) return 'server';
  return status >= 400 ? 'validation' : 'notScim';
}

export interface TargetErrorFacts {
  readonly category: TargetCategory;
  /** Absent when no answer came. */
  readonly status?: number;
  /** The target's own keyword (RFC 7644 §3.12 table 9), unchecked: targets invent some. */
  readonly scimType?: string;
  /** What the target said, or what went wrong; at most 2,000 characters. */
  readonly detail: string;
  /** How long the target asked to be left alone, when it asked for more than the client was ready to wait. */
  readonly retryAfterMs?: number;
  /** See `TargetError.ambiguous`. */
  readonly ambiguous?: boolean;
  readonly cause?: unknown;
}

/** Everything a target does that is not an expected outcome of the call. `message` holds no secret of ours. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
  readonly category: TargetCategory;
  readonly status: number | undefined;
  readonly scimType: string | undefined;
  readonly detail: string;
  readonly retryAfterMs: number | undefined;
  /**
   * Whether a write may have been carried out all the same: no answer came after sending, or a 5xx or an unreadable
   * answer did. The caller has to look (probe) before it writes again. Never true for reads.
   */
  readonly ambiguous: boolean;

  constructor(facts: TargetErrorFacts) {
    super(messageOf(facts), facts.cause === undefined ? undefined : { cause: facts.cause });
    this.category = facts.category;
    this.status = facts.status;
    this.scimType = facts.scimType;
    this.detail = facts.detail;
    this.retryAfterMs = facts.retryAfterMs;
    this.ambiguous = facts.ambiguous ?? false;
  }

  /** Whether the same request can succeed later with nobody changing anything. */
  get retry(): 'never' | 'later' {
    return targetCategories[this.category].retry;
  }
}

function messageOf(facts: TargetErrorFacts): string {
  const status = facts.status === undefined ? '' : ` (${facts.status})`;
  return `${targetCategories[facts.category].says}${status}: ${facts.detail}`;
}
