import type { JobLife, Quarantine } from '../ports/job-life.ts';
import { type LifeEvent, transitions } from './transitions.ts';

export interface LifeChange {
  readonly event: LifeEvent;
  /** Comes with `quarantineTripped` and with `cycleFailed` in quarantine: what is in force from now on. */
  readonly quarantine?: Quarantine;
  /** Why the job stands still, for the eye. */
  readonly because?: string;
}

/** Applies an event to a job's life by the table of transitions. */
export function changeLife(life: JobLife, change: LifeChange): JobLife {
  const hasRun = life.hasRun || change.event === 'cycleEnded' || change.event === 'initialThresholdReached';
  const transition = transitions[life.state][change.event];
  if (transition.to === 'same') return hasRun === life.hasRun ? life : { ...life, hasRun };
  const state = transition.to === 'running' ? (hasRun ? 'Active' : 'NotRun') : transition.to;
  // Whether there are credentials is no part of what is stored.
  if (state === 'NotConfigured') return life;
  const isLifted = transition.effects.includes('liftQuarantine');
  const quarantine = isLifted ? undefined : (change.quarantine ?? life.quarantine);
  return {
    state,
    hasRun,
    ...(quarantine === undefined ? {} : { quarantine }),
    ...(change.because === undefined ? {} : { because: change.because }),
  };
}

/** Whether the schedule may begin cycles by itself, and not before when. */
export function scheduleOf(life: JobLife): { readonly isRunning: boolean; readonly notBeforeMs?: number } {
  if (life.state === 'Paused' || life.state === 'Disabled') return { isRunning: false };
  if (life.state !== 'Quarantine' || life.quarantine === undefined) return { isRunning: true };
  return { isRunning: true, notBeforeMs: life.quarantine.nextAttemptMs };
}
