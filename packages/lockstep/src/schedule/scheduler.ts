import type { CycleSummary } from '@lockstep/engine/ports';
import { LockstepError } from '../lockstep-error.ts';

/** When an app's cycles run. */
export interface Timetable {
  readonly appId: string;
  readonly intervalMs: number;
  readonly onChange: boolean;
  readonly isEnabled: boolean;
  /** When its last cycle ended; `undefined` = it has never run to its end. */
  readonly lastEndedMs: number | undefined;
}

/** Starts cycles: by interval after the end of the last one, after changes of the directory, and by hand. */
export interface Scheduler {
  /** Reads the timetables and starts what is due. */
  start(): Promise<void>;
  /** Reads an app's timetable again; a new app starts at once. */
  refresh(appId: string): Promise<void>;
  /** Something in the directory changed. */
  noteChange(): void;
  /** Runs a cycle that begins after this call, also of an app whose schedule is off. */
  runNow(appId: string): Promise<CycleSummary>;
  /** When the next cycle is due; `undefined` = not by itself. */
  nextRunMs(appId: string): number | undefined;
  /** Starts nothing more. */
  stop(): void;
}

export interface SchedulerOptions {
  readonly run: (appId: string) => Promise<CycleSummary>;
  readonly timetables: () => Promise<readonly Timetable[]>;
  readonly nowMs: () => number;
  /** Calls back after `ms`; returns how to call it off. */
  readonly after: (ms: number, callback: () => void) => () => void;
  /** Told of cycles that could not even start. */
  readonly onFailure: (appId: string, error: unknown) => void;
  /** How long to gather changes of the directory before a cycle starts. Default 50 ms. */
  readonly gatherMs?: number;
}

interface Waiter {
  readonly resolve: (summary: CycleSummary) => void;
  readonly reject: (error: unknown) => void;
}

interface Entry {
  timetable: Timetable;
  isRunning: boolean;
  /** Somebody wants another cycle as soon as this one has ended. */
  isWanted: boolean;
  /** Those who wait for the next cycle to begin and end. */
  waiters: Waiter[];
  dueMs: number | undefined;
  callOff: (() => void) | undefined;
}

/** Longest wait of one timer; the platform's timers hold 31 bits. */
const TIMER_MAX_MS = 2_000_000_000;

/** Makes the scheduler. Cycles of one app never overlap; those of different apps do. */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const gatherMs = options.gatherMs ?? 50;
  const entries = new Map<string, Entry>();
  let callOffGathering: (() => void) | undefined;
  let isStopped = false;

  const begin = (entry: Entry): void => {
    if (isStopped || entry.isRunning) return;
    entry.callOff?.();
    entry.callOff = undefined;
    entry.dueMs = undefined;
    entry.isRunning = true;
    entry.isWanted = false;
    const waiters = entry.waiters;
    entry.waiters = [];
    void options
      .run(entry.timetable.appId)
      .then(
        (summary) => {
          for (const waiter of waiters) waiter.resolve(summary);
        },
        (error: unknown) => {
          if (waiters.length === 0) options.onFailure(entry.timetable.appId, error);
          for (const waiter of waiters) waiter.reject(error);
        },
      )
      .then(() => end(entry));
  };

  const end = (entry: Entry): void => {
    entry.isRunning = false;
    if (entries.get(entry.timetable.appId) !== entry) return;
    if (entry.isWanted || entry.waiters.length > 0) begin(entry);
    else plan(entry, options.nowMs() + entry.timetable.intervalMs);
  };

  const plan = (entry: Entry, dueMs: number): void => {
    entry.callOff?.();
    entry.callOff = undefined;
    entry.dueMs = undefined;
    if (isStopped || !entry.timetable.isEnabled) return;
    entry.dueMs = dueMs;
    const waitMs = Math.max(0, dueMs - options.nowMs());
    entry.callOff = options.after(Math.min(waitMs, TIMER_MAX_MS), () =>
      waitMs > TIMER_MAX_MS ? plan(entry, dueMs) : begin(entry),
    );
  };

  const want = (entry: Entry): void => {
    if (entry.isRunning) entry.isWanted = true;
    else begin(entry);
  };

  const add = (timetable: Timetable): Entry => {
    const known = entries.get(timetable.appId);
    if (known !== undefined) {
      known.timetable = timetable;
      return known;
    }
    const entry: Entry = {
      timetable,
      isRunning: false,
      isWanted: false,
      waiters: [],
      dueMs: undefined,
      callOff: undefined,
    };
    entries.set(timetable.appId, entry);
    return entry;
  };

  const drop = (appId: string): void => {
    const entry = entries.get(appId);
    entry?.callOff?.();
    for (const waiter of entry?.waiters ?? []) waiter.reject(new LockstepError('notFound', 'the app was deleted'));
    entries.delete(appId);
  };

  return {
    start: async () => {
      for (const timetable of await options.timetables()) {
        const { intervalMs, onChange, lastEndedMs } = timetable;
        const entry = add(timetable);
        // What changed while nobody listened is found by a cycle at once; without changes it sends nothing that writes.
        plan(entry, onChange || lastEndedMs === undefined ? options.nowMs() : lastEndedMs + intervalMs);
      }
    },
    refresh: async (appId) => {
      const timetable = (await options.timetables()).find((one) => one.appId === appId);
      if (timetable === undefined) {
        drop(appId);
        return;
      }
      const entry = add(timetable);
      // Waits as long as changes are gathered, since assignments often come with the app.
      if (entry.isRunning) entry.isWanted = timetable.isEnabled;
      else plan(entry, options.nowMs() + gatherMs);
    },
    noteChange: () => {
      if (callOffGathering !== undefined || isStopped) return;
      callOffGathering = options.after(gatherMs, () => {
        callOffGathering = undefined;
        for (const entry of entries.values()) {
          if (entry.timetable.isEnabled && entry.timetable.onChange) want(entry);
        }
      });
    },
    runNow: async (appId) => {
      if (isStopped) throw new LockstepError('stopping', 'the server is stopping');
      const known = entries.get(appId);
      const timetable = known?.timetable ?? (await options.timetables()).find((one) => one.appId === appId);
      if (timetable === undefined) throw new LockstepError('notFound', `there is no app ${appId}`);
      const entry = known ?? add(timetable);
      return new Promise<CycleSummary>((resolve, reject) => {
        entry.waiters.push({ resolve, reject });
        want(entry);
      });
    },
    nextRunMs: (appId) => entries.get(appId)?.dueMs,
    stop: () => {
      isStopped = true;
      callOffGathering?.();
      for (const entry of entries.values()) {
        entry.callOff?.();
        for (const waiter of entry.waiters) waiter.reject(new LockstepError('stopping', 'the server is stopping'));
        entry.waiters = [];
      }
    },
  };
}
