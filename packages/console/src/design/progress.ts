/** Whole percents done, 0 to 100; 100 is kept for what is really done. */
export function percentOf(done: number, total: number): number {
  if (total <= 0) return 0;
  if (done >= total) return 100;
  return Math.min(99, Math.max(0, Math.floor((done / total) * 100)));
}

/** The step of ten to announce, given the one announced last; it moves back only when something starts anew. */
export function spokenStep(last: number, percent: number): number {
  const step = Math.floor(percent / 10) * 10;
  return percent < last ? step : Math.max(last, step);
}
