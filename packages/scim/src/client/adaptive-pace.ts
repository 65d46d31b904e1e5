import type { ClientClock } from './client-options.ts';

/** What an attempt told about how busy the target is. */
export type PaceSignal =
  | { readonly kind: 'answered' }
  /** 429, 503, or no answer in time. `retryAfterMs` is what the target asked for, when it did. */
  | { readonly kind: 'overloaded'; readonly retryAfterMs?: number | undefined };

/** Lets requests through as fast as a target takes them. */
export interface AdaptivePace {
  /** Resolves when the next request may go; in the order asked. Each pass has to be followed by one `settle`. */
  enter(): Promise<void>;
  settle(signal: PaceSignal): void;
  /** Requests that may be on the way at the same time, now. */
  width(): number;
  /** Requests a second that are let through, now; `Infinity` without a limit. */
  rate(): number;
}

export interface AdaptivePaceOptions {
  readonly clock: ClientClock;
  /** Most requests on the way at the same time. Default 64. */
  readonly widthMax?: number;
  /** Most requests a second, by agreement with the target. Default: none. */
  readonly rateMax?: number;
}

const WIDTH_MAX_DEFAULT = 64;
/** The width grows by one for each so long a time without a complaint. */
const WINDOW_MS = 1_000;
const WIDTH_MIN = 1;
/** After a complaint the rate stays this far below what the target was seen to take. */
const RATE_MARGIN = 0.995;
/**
 * A target that goes on complaining counts more strictly than even spacing can keep to, since requests never arrive quite as
 * evenly as they leave: each further complaint takes a tenth, down to half, and each quiet window gives a little back.
 */
const RATE_DROP = 0.9;
const RATE_FLOOR = 0.5;
const RATE_GAIN = 0.001;
/** Complaints about requests that were already on the way say nothing new. */
const DEAF_MS = 500;

/**
 * Additive increase, multiplicative decrease (the control of TCP, RFC 5681, over requests instead of packets): the width
 * halves when the target complains and grows by one per window. Under a rate limit requests are spaced evenly, with no
 * burst, and by the clock rather than by waits, so lateness does not add up.
 */
export function createAdaptivePace(options: AdaptivePaceOptions): AdaptivePace {
  const { clock, widthMax = WIDTH_MAX_DEFAULT, rateMax = Number.POSITIVE_INFINITY } = options;
  let width = widthMax;
  let under = 0;
  let rate = rateMax;
  let nextMs = 0;
  let grownMs = clock.nowMs();
  let complainedMs = Number.NEGATIVE_INFINITY;
  const queue: (() => void)[] = [];

  const admit = (): void => {
    while (under < width && queue.length > 0) {
      under += 1;
      queue.shift()?.();
    }
  };
  const grow = (nowMs: number): void => {
    const windows = Math.floor((nowMs - grownMs) / WINDOW_MS);
    if (windows <= 0) return;
    grownMs += windows * WINDOW_MS;
    width = Math.min(widthMax, width + windows);
    if (rate < rateMax * RATE_MARGIN) rate = Math.min(rateMax * RATE_MARGIN, rate + windows * rateMax * RATE_GAIN);
  };
  const shrink = (nowMs: number, retryAfterMs: number | undefined): void => {
    // What the target asked for holds for everybody.
    if (retryAfterMs !== undefined) nextMs = Math.max(nextMs, nowMs + Math.min(retryAfterMs, WAIT_MAX_MS));
    if (nowMs - complainedMs < DEAF_MS) return;
    complainedMs = nowMs;
    grownMs = nowMs;
    width = Math.max(WIDTH_MIN, Math.floor(width / 2));
    if (rate === rateMax) rate = rateMax * RATE_MARGIN;
    else rate = Math.max(rateMax * RATE_FLOOR, rate * RATE_DROP);
  };

  return {
    enter: async () => {
      if (under >= width || queue.length > 0) await new Promise<void>((resolve) => queue.push(resolve));
      else under += 1;
      const nowMs = clock.nowMs();
      const turnMs = Math.max(nowMs, nextMs);
      nextMs = turnMs + 1_000 / rate;
      if (turnMs > nowMs) await clock.wait(turnMs - nowMs);
    },
    settle: (signal) => {
      under -= 1;
      const nowMs = clock.nowMs();
      if (signal.kind === 'overloaded') shrink(nowMs, signal.retryAfterMs);
      else grow(nowMs);
      admit();
    },
    width: () => width,
    rate: () => rate,
  };
}

/** Longer wishes are the business of whoever asked: the client gives the request up and tells. */
const WAIT_MAX_MS = 60_000;
