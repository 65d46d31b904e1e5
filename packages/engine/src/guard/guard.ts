/** Limits on what a cycle may take away. A limit that is absent is off. */
export interface GuardLimits {
  /** Most removals of one cycle. */
  readonly maxRemovals?: number;
  /** Most removals of one cycle, in percent of the managed accounts. */
  readonly maxRemovalsPercent?: number;
}

/** Whether the removals of a cycle may be sent. */
export type GuardVerdict =
  | { readonly do: 'proceed' }
  | {
      readonly do: 'hold';
      readonly limit: 'maxRemovals' | 'maxRemovalsPercent';
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
