import type { CycleSummary } from '@lockstep/engine/ports';

/** When an app's cycles run. */
export interface Timetable {
  readonly appId: string;
  readonly intervalMs: number;
  readonly onChange: boolean;
  readonly isEnabled: boolean;
  /** When its last cycle ended; `undefined` = it has never run to its end. */
  readonly lastEndedMs: number | undefined;
  /** In quarantine: nothing begins by itself before this. */
  readonly notBeforeMs?: number;
  /** The directory holds changes that the job has not handled. Told where several processes share the jobs. */
  readonly isBehind?: boolean;
  /** Changes with the app's definition. Told where several processes share the jobs. */
  readonly revision?: number;
}

/**
 * Why a cycle begins by itself: its time has come; the directory changed; the app is new or was edited. Whoever asks for a
 * cycle waits for it, and needs no other reason.
 */
export type CycleReason = 'due' | 'changed' | 'edited';

/** What slots and scheduler need from outside. */
export interface SchedulePorts {
  readonly run: (appId: string) => Promise<CycleSummary>;
  readonly nowMs: () => number;
  /** Calls back after `ms`; returns how to call it off. */
  readonly after: (ms: number, callback: () => void) => () => void;
  /** Reads an app's timetable again after a cycle, which may have changed it; absent = it never does. */
  readonly reread?: (appId: string) => Promise<Timetable | undefined>;
  /**
   * Other processes run the same jobs: before a cycle begins by itself, the timetable says whether one of them has done it
   * already. Needs `reread`. Default false.
   */
  readonly isShared?: boolean;
  /** Whether a cycle could not start because another process has the job; it is tried again soon then. */
  readonly isElsewhere?: (error: unknown) => boolean;
  /** Told of cycles that could not even start and that nobody waits for. */
  readonly onFailure: (appId: string, error: unknown) => void;
}

/** The cycles of one app: at most one runs, at most one more is wanted, and the next has a time. */
export interface CycleSlot {
  timetable(): Timetable;
  /** Takes a new timetable; what is planned stays until `plan`. */
  retime(timetable: Timetable): void;
  /** Sets when the next cycle is due, unless the schedule is off; one that runs plans its own follower. */
  plan(dueMs: number, reason?: CycleReason): void;
  /** Begins a cycle, or when one runs, another as soon as it has ended; not before the timetable allows. */
  want(): void;
  /** As `want`, and gives the end of that cycle. */
  wait(): Promise<CycleSummary>;
  dueMs(): number | undefined;
  isRunning(): boolean;
  /** How many wait for a cycle to begin. */
  waiting(): number;
  /** Begins nothing more; whoever waits is told why. */
  close(why: Error): void;
}

interface Waiter {
  readonly resolve: (summary: CycleSummary) => void;
  readonly reject: (error: unknown) => void;
}

/** Longest wait of one timer; the platform's timers hold 31 bits. */
const TIMER_MAX_MS = 2_000_000_000;
/** While another process has the job: how soon it is tried again when somebody waits for it, and when nobody does. */
const ASKED_AGAIN_MS = 1_000;
const BUSY_AGAIN_MS = 5_000;

export function createCycleSlot(first: Timetable, ports: SchedulePorts): CycleSlot {
  let timetable = first;
  let [isRunning, isWanted] = [false, false];
  let closedBecause: Error | undefined;
  let waiters: Waiter[] = [];
  let due: { readonly atMs: number; readonly callOff: () => void } | undefined;

  const callOff = (): void => {
    due?.callOff();
    due = undefined;
  };

  const plan = (wantedMs: number, reason: CycleReason = 'due'): void => {
    if (isRunning) return;
    callOff();
    if (closedBecause !== undefined || !timetable.isEnabled) return;
    const dueMs = Math.max(wantedMs, timetable.notBeforeMs ?? 0);
    const waitMs = Math.max(0, dueMs - ports.nowMs());
    const ring = (): void => (waitMs > TIMER_MAX_MS ? plan(dueMs, reason) : begin(reason));
    due = { atMs: dueMs, callOff: ports.after(Math.min(waitMs, TIMER_MAX_MS), ring) };
  };

  const begin = (reason: CycleReason): void => {
    if (closedBecause !== undefined) return;
    callOff();
    [isRunning, isWanted] = [true, false];
    const waiting = waiters;
    waiters = [];
    void attempt(reason, waiting).then(async (outcome) => {
      if (outcome !== 'skipped') await reread();
      isRunning = false;
      if (outcome === 'elsewhere') tryAgain(reason, waiting);
      else if (isWanted && (waiters.length > 0 || !isHeldBack())) begin('changed');
      else plan(nextMs(outcome));
    });
  };

  const attempt = async (reason: CycleReason, waiting: readonly Waiter[]): Promise<Attempt> => {
    if (ports.isShared === true && waiting.length === 0 && reason !== 'edited') {
      await reread();
      if (closedBecause !== undefined || !isNeeded(timetable, reason, ports.nowMs())) return 'skipped';
    }
    return carryOut(timetable.appId, waiting, ports);
  };

  /** Another process has the job: whoever waits goes on waiting, and what was due is looked at again. */
  const tryAgain = (reason: CycleReason, waiting: readonly Waiter[]): void => {
    if (closedBecause !== undefined) {
      for (const waiter of waiting) waiter.reject(closedBecause);
      return;
    }
    waiters = [...waiting, ...waiters];
    const waitMs = waiters.length > 0 ? ASKED_AGAIN_MS : BUSY_AGAIN_MS;
    due = { atMs: ports.nowMs() + waitMs, callOff: ports.after(waitMs, () => begin(reason)) };
  };

  const nextMs = (outcome: Attempt): number => {
    const { intervalMs, lastEndedMs } = timetable;
    return (outcome === 'skipped' && lastEndedMs !== undefined ? lastEndedMs : ports.nowMs()) + intervalMs;
  };

  const isHeldBack = (): boolean => !timetable.isEnabled || (timetable.notBeforeMs ?? 0) > ports.nowMs();

  const reread = async (): Promise<void> => {
    if (closedBecause !== undefined) return;
    try {
      timetable = (await ports.reread?.(timetable.appId)) ?? timetable;
    } catch (error) {
      // A slot that was closed meanwhile needs no timetable any more, and its store may be gone.
      if (closedBecause === undefined) ports.onFailure(timetable.appId, error);
    }
  };

  const want = (): void => {
    if (isRunning) isWanted = true;
    else if (waiters.length > 0 || !isHeldBack()) begin('changed');
  };

  return {
    timetable: () => timetable,
    retime: (next) => {
      timetable = next;
    },
    plan,
    want,
    wait: () =>
      new Promise((resolve, reject) => {
        waiters.push({ resolve, reject });
        want();
      }),
    dueMs: () => due?.atMs,
    isRunning: () => isRunning,
    waiting: () => waiters.length,
    close: (why) => {
      closedBecause = why;
      callOff();
      for (const waiter of waiters) waiter.reject(why);
      waiters = [];
    },
  };
}

/** What became of an attempt to run a cycle. */
type Attempt = 'ended' | 'skipped' | 'elsewhere';

/** Whether a cycle that begins by itself still has something to do, or another process has done it. */
function isNeeded(timetable: Timetable, reason: CycleReason, nowMs: number): boolean {
  const { isEnabled, notBeforeMs = 0, onChange, isBehind = false, lastEndedMs, intervalMs } = timetable;
  if (!isEnabled || notBeforeMs > nowMs) return false;
  if (onChange && isBehind) return true;
  return reason === 'due' && (lastEndedMs === undefined || lastEndedMs + intervalMs <= nowMs);
}

async function carryOut(appId: string, waiters: readonly Waiter[], ports: SchedulePorts): Promise<Attempt> {
  try {
    const summary = await ports.run(appId);
    for (const waiter of waiters) waiter.resolve(summary);
  } catch (error) {
    if (ports.isElsewhere?.(error) === true) return 'elsewhere';
    if (waiters.length === 0) ports.onFailure(appId, error);
    for (const waiter of waiters) waiter.reject(error);
  }
  return 'ended';
}
