import type { Say } from '../phrases/phrase.ts';
import type { DesignPhrase } from './phrases.ts';

/** A span of time in one unit, such as `3 min`; `ms` may be of either sign. */
export function spanText(ms: number, say: Say<DesignPhrase>): string {
  const seconds = Math.round(Math.abs(ms) / 1_000);
  if (seconds < 60) return say('seconds', { n: seconds });
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return say('minutes', { n: minutes });
  const hours = Math.round(minutes / 60);
  return hours < 48 ? say('hours', { n: hours }) : say('days', { n: Math.round(hours / 24) });
}

/** A moment as seen from now: `3 min ago`, `in 2 h`. */
export function distanceText(atMs: number, nowMs: number, say: Say<DesignPhrase>): string {
  const ms = atMs - nowMs;
  if (Math.abs(ms) < 1_000) return say('justNow');
  const span = spanText(ms, say);
  return ms < 0 ? say('ago', { span }) : say('inSpan', { span });
}
