/** Bounds how many requests without a token of any tenant are told of. */
export interface StrangerAllowance {
  take(nowMs: number): boolean;
}

const AT_ONCE = 20;
const EVERY_MS = 10_000;

/** Twenty at once, then one every ten seconds, over all tenants together. */
export function createStrangerAllowance(): StrangerAllowance {
  let left = AT_ONCE;
  let filledMs = 0;
  return {
    take: (nowMs) => {
      const gained = Math.floor(Math.max(0, nowMs - filledMs) / EVERY_MS);
      if (gained > 0) {
        left = Math.min(AT_ONCE, left + gained);
        filledMs = nowMs;
      }
      if (left === 0) return false;
      left -= 1;
      return true;
    },
  };
}
