/** Limits on what a cycle may take away. A limit that is absent is off. */
export interface GuardLimits {
  /** Most removals of one cycle. */
  readonly maxRemovals?: number;
  /** Most removals of one cycle, in percent of the managed accounts. */
  readonly maxRemovalsPercent?: number;
  /** Most members that one cycle takes out of groups. Off by default. */
  readonly maxMembershipRemovals?: number;
  /** Most people whose sign-in name or mail one cycle changes. Off by default. */
  readonly maxIdentityChanges?: number;
  /** Most people whose account gets another role in one cycle. Off by default. */
  readonly maxRoleRaises?: number;
  /** How long a held removal waits for a word before it counts as rejected. Default 14 days. */
  readonly expiresAfterDays?: number;
}

/** What a cycle would take away or hand out, by kind. */
export interface RemovalCounts {
  /** Accounts that would be disabled or deleted, groups among them. */
  readonly removals: number;
  readonly membershipRemovals: number;
  readonly identityChanges: number;
  readonly roleRaises: number;
}

/** A limit of the guard. */
export type GuardLimit =
  | 'maxRemovals'
  | 'maxRemovalsPercent'
  | 'maxMembershipRemovals'
  | 'maxIdentityChanges'
  | 'maxRoleRaises';

/** Whether the removals of a cycle may be sent. */
export type GuardVerdict =
  | { readonly do: 'proceed' }
  | {
      readonly do: 'hold';
      readonly limit: GuardLimit;
      readonly removals: number;
      readonly allowed: number;
      /** One sentence for a person. */
      readonly text: string;
    };

/**
 * Judges the removals of a whole cycle: deletes, disables and groups. A count equal to the limit still passes; of a
 * percentage the whole accounts count, but never less than one, so that a small app can lose somebody.
 *
 * @param managed accounts the job manages before the cycle
 */
export function judgeRemovals(removals: number, managed: number, limits: GuardLimits): GuardVerdict {
  const { maxRemovals, maxRemovalsPercent } = limits;
  if (maxRemovals !== undefined && removals > maxRemovals) {
    const text = `${removals} accounts would be disabled or deleted; at most ${maxRemovals} are allowed in one cycle.`;
    return { do: 'hold', limit: 'maxRemovals', removals, allowed: maxRemovals, text };
  }
  if (maxRemovalsPercent === undefined) return { do: 'proceed' };
  const allowed = maxRemovalsPercent <= 0 ? 0 : Math.max(1, Math.floor((managed * maxRemovalsPercent) / 100));
  if (removals <= allowed) return { do: 'proceed' };
  const text = `${removals} of ${managed} accounts would be disabled or deleted; at most ${maxRemovalsPercent} % (${allowed}) are allowed in one cycle.`;
  return { do: 'hold', limit: 'maxRemovalsPercent', removals, allowed, text };
}

const COUNTED = {
  membershipRemovals: { limit: 'maxMembershipRemovals', words: 'members would be taken out of groups' },
  identityChanges: { limit: 'maxIdentityChanges', words: 'people would get another sign-in name or mail' },
  roleRaises: { limit: 'maxRoleRaises', words: 'people would get another role' },
} as const;

/** Judges one of the further kinds, each against its own limit. A limit that is absent holds nothing. */
export function judgeCount(kind: keyof typeof COUNTED, count: number, limits: GuardLimits): GuardVerdict {
  const { limit, words } = COUNTED[kind];
  const allowed = limits[limit];
  if (allowed === undefined || count <= allowed) return { do: 'proceed' };
  const text = `${count} ${words}; at most ${allowed} are allowed in one cycle.`;
  return { do: 'hold', limit, removals: count, allowed, text };
}
