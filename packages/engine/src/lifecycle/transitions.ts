import type { LifeState } from '../ports/job-life.ts';

/** What can happen to a job. */
export type LifeEvent =
  | 'credentialsSaved'
  | 'start'
  | 'pause'
  | 'disable'
  | 'restart'
  /** A cycle came to its end and nothing speaks against the next one. */
  | 'cycleEnded'
  /** A cycle failed as a whole for a reason that may pass by itself. */
  | 'cycleFailed'
  | 'quarantineTripped'
  /** The failure threshold was reached during the initial cycle (rule LIFE-4). */
  | 'initialThresholdReached'
  /** Four weeks in quarantine are over. */
  | 'quarantineExpired';

/** What a transition does beside changing the state. */
export type LifeEffect =
  /** Quarantine and its series are forgotten. */
  | 'liftQuarantine'
  /** The schedule goes on from the saved watermark; nothing is read again. */
  | 'resume'
  /** A cycle that is running still runs to its end; no further one begins by itself. */
  | 'finishRunning'
  /** The next cycle is an initial one. */
  | 'clearWatermark'
  | 'clearEscrows'
  /** The series counts one more, and the next attempt is a step further up the ladder. */
  | 'backOff'
  /** Whoever is to be told is told. */
  | 'notify';

/** Where an event leads. `running` = `NotRun` or `Active`, by whether an initial cycle has ever ended. */
export type Transition =
  | { readonly to: LifeState | 'running'; readonly effects: readonly LifeEffect[] }
  /** The event cannot happen, or changes nothing. */
  | { readonly to: 'same'; readonly effects: readonly [] };

const SAME: Transition = { to: 'same', effects: [] };

function go(to: LifeState | 'running', ...effects: readonly LifeEffect[]): Transition {
  return { to, effects };
}

const RESTART = go('running', 'liftQuarantine', 'clearWatermark', 'clearEscrows');
const PAUSE = go('Paused', 'finishRunning');
const DISABLE = go('Disabled', 'finishRunning');
const TRIP = go('Quarantine', 'backOff', 'notify');
const PRUNE = go('Paused', 'clearEscrows', 'notify');

/**
 * What happens to a job, whatever happens (Entra: "How provisioning works", Microsoft Graph: synchronizationStatus). A cell
 * that is missing does not compile. SPEC.md shows the same table.
 */
export const transitions: Readonly<Record<LifeState, Readonly<Record<LifeEvent, Transition>>>> = {
  NotConfigured: {
    credentialsSaved: go('running'),
    start: SAME,
    pause: PAUSE,
    disable: DISABLE,
    restart: SAME,
    cycleEnded: SAME,
    cycleFailed: SAME,
    quarantineTripped: SAME,
    initialThresholdReached: SAME,
    quarantineExpired: SAME,
  },
  NotRun: {
    credentialsSaved: SAME,
    start: go('running', 'resume'),
    pause: PAUSE,
    disable: DISABLE,
    restart: RESTART,
    cycleEnded: go('Active'),
    cycleFailed: SAME,
    quarantineTripped: TRIP,
    initialThresholdReached: PRUNE,
    quarantineExpired: SAME,
  },
  Active: {
    credentialsSaved: SAME,
    start: go('running', 'resume'),
    pause: PAUSE,
    disable: DISABLE,
    restart: RESTART,
    cycleEnded: SAME,
    cycleFailed: SAME,
    quarantineTripped: TRIP,
    initialThresholdReached: PRUNE,
    quarantineExpired: SAME,
  },
  Paused: {
    credentialsSaved: SAME,
    start: go('running', 'resume', 'liftQuarantine'),
    pause: SAME,
    disable: DISABLE,
    restart: RESTART,
    // A cycle that was running when the job was paused, or one that was asked for by hand: it stays paused.
    cycleEnded: SAME,
    cycleFailed: SAME,
    quarantineTripped: SAME,
    initialThresholdReached: SAME,
    quarantineExpired: SAME,
  },
  Quarantine: {
    credentialsSaved: SAME,
    start: go('running', 'resume', 'liftQuarantine'),
    pause: PAUSE,
    disable: DISABLE,
    restart: RESTART,
    cycleEnded: go('running', 'liftQuarantine', 'notify'),
    cycleFailed: go('Quarantine', 'backOff'),
    quarantineTripped: TRIP,
    initialThresholdReached: PRUNE,
    quarantineExpired: go('Disabled', 'notify'),
  },
  Disabled: {
    credentialsSaved: SAME,
    start: go('running', 'resume', 'liftQuarantine'),
    pause: SAME,
    disable: SAME,
    restart: RESTART,
    cycleEnded: SAME,
    cycleFailed: SAME,
    quarantineTripped: SAME,
    initialThresholdReached: SAME,
    quarantineExpired: SAME,
  },
};
