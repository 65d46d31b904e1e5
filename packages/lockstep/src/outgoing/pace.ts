import type { Clock } from '@lockstep/engine/ports';

/**
 * Spaces requests evenly: at most `requestsPerSecond`, with no burst, so that the limit of an app is not overrun in any
 * second. Turns are given out in the order they are asked for, by the clock rather than by waits, so lateness does not add up.
 */
export function createPace(requestsPerSecond: number, clock: Clock): () => Promise<void> {
  const stepMs = 1_000 / requestsPerSecond;
  let nextMs = 0;
  return async () => {
    const nowMs = clock.nowMs();
    const turnMs = Math.max(nowMs, nextMs);
    nextMs = turnMs + stepMs;
    if (turnMs > nowMs) await clock.wait(turnMs - nowMs);
  };
}
