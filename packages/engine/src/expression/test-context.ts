import type { EvaluationContext } from './step.ts';

/** A context for tests: a fixed time, and chance that repeats itself from run to run. */
export function testContext(more: Partial<EvaluationContext> = {}): EvaluationContext {
  let state = 7;
  const random = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const randomGuid = (): string => {
    const digits = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  };
  return { nowMs: Date.UTC(2024, 4, 6, 12), random, randomGuid, ...more };
}
