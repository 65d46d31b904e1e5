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
}

/** What slots and scheduler need from outside. */
export interface SchedulePorts {
  readonly run: (appId: string) => Promise<CycleSummary>;
  readonly nowMs: () => number;
  /** Calls back after `ms`; returns how to call it off. */
  readonly after: (ms: number, callback: () => void) => () => void;
  /** Reads an app's timetable again after a cycle, which may have changed it; absent = it never does. */
  readonly reread?: (appId: string) => Promise<Timetable | undefined>;
  /** Told of cycles that could not even start and that nobody waits for. */
  readonly onFailure: (appId: string, error: unknown) => void;
}

/** The cycles of one app: at most one runs, at most one more is wanted, and the next has a time. */
export interface CycleSlot {
  timetable(): Timetable;
  /** Takes a new timetable; what is planned stays until `plan`. */
  retime(timetable: Timetable): void;
  /** Sets when the next cycle is due, unless the schedule is off; one that runs plans its own follower. */
  plan(dueMs: number): void;
  /** Begins a cycle, or when one runs, another as soon as it has ended; not before the timetable allows. */
  want(): void;
  /** As `want`, and gives the end of that cycle. */
  wait(): Promise<CycleSummary>;
  dueMs(): number | undefined;
  isRunning(): boolean;
  /** Begins nothing more; whoever waits is told why. */
  close(why: Error): void;
}

interface Waiter {
  readonly resolve: (summary: CycleSummary) => void;
  readonly reject: (error: unknown) => void;
}

/** Longest wait of one timer; the platform's timers hold 31 bits. */
const TIMER_MAX_MS = 2_000_000_000;

export function createCycleSlot(first: Timetable, ports: SchedulePorts): CycleSlot {
  let timetable = first;
  let [isRunning, isWanted, isClosed] = [false, false, false];
  let waiters: Waiter[] = [];
  let due: { readonly atMs: number; readonly callOff: () => void } | undefined;

  const callOff = (): void => {
    due?.callOff();
    due = undefined;
  };

  const plan = (wantedMs: number): void => {
    if (isRunning) return;
    callOff();
    if (isClosed || !timetable.isEnabled) return;
    const dueMs = Math.max(wantedMs, timetable.notBeforeMs ?? 0);
    const waitMs = Math.max(0, dueMs - ports.nowMs());
    const ring = (): void => (waitMs > TIMER_MAX_MS ? plan(dueMs) : begin());
    due = { atMs: dueMs, callOff: ports.after(Math.min(waitMs, TIMER_MAX_MS), ring) };
  };

  const begin = (): void => {
    if (isClosed) return;
    callOff();
    [isRunning, isWanted] = [true, false];
    const waiting = waiters;
    waiters = [];
    void carryOut(timetable.appId, waiting, ports).then(async () => {
      if (ports.reread !== undefined && !isClosed) await reread(ports.reread);
      isRunning = false;
      if (isWanted && (waiters.length > 0 || !isHeldBack())) begin();
      else plan(ports.nowMs() + timetable.intervalMs);
    });
  };

  const isHeldBack = (): boolean => !timetable.isEnabled || (timetable.notBeforeMs ?? 0) > ports.nowMs();

  const reread = async (read: NonNullable<SchedulePorts['reread']>): Promise<void> => {
    try {
      timetable = (await read(timetable.appId)) ?? timetable;
    } catch (error) {
      // A slot that was closed meanwhile needs no timetable any more, and its store may be gone.
      if (!isClosed) ports.onFailure(timetable.appId, error);
    }
  };

  const want = (): void => {
    if (isRunning) isWanted = true;
    else if (waiters.length > 0 || !isHeldBack()) begin();
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
    close: (why) => {
      isClosed = true;
      callOff();
      for (const waiter of waiters) waiter.reject(why);
      waiters = [];
    },
  };
}

async function carryOut(appId: string, waiters: readonly Waiter[], ports: SchedulePorts): Promise<void> {
  try {
    const summary = await ports.run(appId);
    for (const waiter of waiters) waiter.resolve(summary);
  } catch (error) {
    if (waiters.length === 0) ports.onFailure(appId, error);
    for (const waiter of waiters) waiter.reject(error);
  }
}
