import type { StatusShape } from 'lockstep/admin-api/answers';
import type { Tone } from '../../design/Badge.tsx';
import type { AppStatePhrase } from './phrases.ts';

/** How an app stands, as one badge tells it. */
export interface AppState {
  readonly phrase: AppStatePhrase;
  readonly tone: Tone;
}

const TONES: Readonly<Record<StatusShape['code'], Tone>> = {
  NotConfigured: 'neutral',
  NotRun: 'neutral',
  Active: 'success',
  Paused: 'neutral',
  Quarantine: 'danger',
  Disabled: 'danger',
};

/** The one word for an app: what is wrong comes before what runs, and what runs before what is well. */
export function appState(
  status: Pick<StatusShape, 'code' | 'isRunning' | 'lastCycle' | 'retrying' | 'staged'>,
): AppState {
  const { code, isRunning, lastCycle, retrying, staged } = status;
  if (code === 'Quarantine' || code === 'Disabled') return { phrase: code, tone: TONES[code] };
  if (isRunning) return { phrase: 'running', tone: 'accent' };
  if (code === 'Active' && (staged.pending > 0 || retrying > 0 || lastCycle?.state === 'failed')) {
    return { phrase: 'attention', tone: 'warning' };
  }
  return { phrase: code, tone: TONES[code] };
}

/** A cycle that is due within this time is waited for as if it ran. */
const SOON_MS = 3_000;

/** Milliseconds until the status is asked for again: soon while a cycle runs or is about to, else seldom. */
export function pollAfterMs(
  statuses: readonly Pick<StatusShape, 'isRunning' | 'nextRunAt'>[],
  nowMs: number = Date.now(),
): number {
  const isAwaited = statuses.some(
    ({ isRunning, nextRunAt }) => isRunning || (nextRunAt !== undefined && Date.parse(nextRunAt) < nowMs + SOON_MS),
  );
  return isAwaited ? 1_500 : 15_000;
}
