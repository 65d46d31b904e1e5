import type { CycleSummary } from '@lockstep/engine/ports';
import { LockstepError } from '../lockstep-error.ts';
import { type CycleSlot, createCycleSlot, type SchedulePorts, type Timetable } from './cycle-slot.ts';
import { watchOthers } from './watch-others.ts';

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
  /** What waits and what runs here, for the metrics. */
  queue(): ScheduleQueue;
  /** When the next cycle is due; `undefined` = not by itself, or one runs. */
  nextRunMs(appId: string): number | undefined;
  /** Starts nothing more. */
  stop(): void;
}

/** How much the schedule has before it. */
export interface ScheduleQueue {
  /** Cycles that run in this process. */
  readonly running: number;
  /** Cycles whose time has come, or that somebody waits for, and that have not begun. */
  readonly waiting: number;
  /** Cycles with a time to come. */
  readonly planned: number;
  /** Milliseconds that the one waiting longest is late; 0 = nothing is late. */
  readonly lateMs: number;
}

export interface SchedulerOptions extends SchedulePorts {
  readonly timetables: () => Promise<readonly Timetable[]>;
  /** Position of the newest change of the directory; given where other processes may change it, too. */
  readonly head?: () => Promise<number>;
  /** Told when it could not be looked at what other processes did. */
  readonly onLookFailure?: (error: unknown) => void;
  /** How long to gather changes of the directory before a cycle starts. Default 50 ms. */
  readonly gatherMs?: number;
}

/** Makes the scheduler. Cycles of one app never overlap; those of different apps do. */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { nowMs, timetables, gatherMs = 50 } = options;
  const slots = new Map<string, CycleSlot>();
  let callOffGathering: (() => void) | undefined;
  let isStopped = false;

  const slotFor = (timetable: Timetable): CycleSlot => {
    const known = slots.get(timetable.appId);
    known?.retime(timetable);
    const slot = known ?? createCycleSlot(timetable, options);
    slots.set(timetable.appId, slot);
    return slot;
  };

  const findTimetable = async (appId: string): Promise<Timetable | undefined> =>
    (await timetables()).find((one) => one.appId === appId);

  const drop = (appId: string): void => {
    slots.get(appId)?.close(new LockstepError('notFound', 'the app was deleted'));
    slots.delete(appId);
  };

  const noteChange = (): void => {
    if (callOffGathering !== undefined || isStopped) return;
    callOffGathering = options.after(gatherMs, () => {
      callOffGathering = undefined;
      for (const slot of slots.values()) {
        const { isEnabled, onChange } = slot.timetable();
        if (isEnabled && onChange) slot.want();
      }
    });
  };

  /** Takes in what other processes did to apps and jobs. */
  const reread = async (): Promise<void> => {
    const fresh = await timetables();
    if (isStopped) return;
    for (const timetable of fresh) {
      const slot = slots.get(timetable.appId);
      if (slot === undefined) slotFor(timetable).plan(firstRunMs(timetable, nowMs()), 'edited');
      else adopt(slot, timetable, nowMs() + gatherMs);
    }
    const known = new Set(fresh.map((one) => one.appId));
    for (const appId of [...slots.keys()].filter((id) => !known.has(id))) drop(appId);
  };

  const { head, after, onLookFailure = () => undefined } = options;
  const others =
    head === undefined
      ? undefined
      : watchOthers({ head, onChange: noteChange, reread, after, onFailure: onLookFailure });

  return {
    start: async () => {
      for (const timetable of await timetables()) slotFor(timetable).plan(firstRunMs(timetable, nowMs()));
      others?.start();
    },
    refresh: async (appId) => {
      const timetable = await findTimetable(appId);
      if (isStopped) return;
      if (timetable === undefined) return drop(appId);
      const slot = slotFor(timetable);
      // Waits as long as changes are gathered, since assignments often come with the app.
      if (!slot.isRunning()) slot.plan(nowMs() + gatherMs, 'edited');
      else if (timetable.isEnabled) slot.want();
    },
    noteChange,
    runNow: async (appId) => {
      const timetable = slots.get(appId)?.timetable() ?? (await findTimetable(appId));
      if (isStopped) throw new LockstepError('stopping', 'the server is stopping');
      if (timetable === undefined) throw new LockstepError('notFound', `there is no app ${appId}`);
      return slotFor(timetable).wait();
    },
    queue: () => countQueue([...slots.values()], nowMs()),
    nextRunMs: (appId) => slots.get(appId)?.dueMs(),
    stop: () => {
      isStopped = true;
      others?.stop();
      callOffGathering?.();
      for (const slot of slots.values()) slot.close(new LockstepError('stopping', 'the server is stopping'));
    },
  };
}

/** What changed while nobody listened is found by a cycle at once; without changes it sends nothing that writes. */
function firstRunMs({ onChange, intervalMs, lastEndedMs }: Timetable, nowMs: number): number {
  return onChange || lastEndedMs === undefined ? nowMs : lastEndedMs + intervalMs;
}

/** An edit begins a cycle, a pause calls one off, and whoever was let go on begins where it stood. */
function adopt(slot: CycleSlot, fresh: Timetable, soonMs: number): void {
  const before = slot.timetable();
  slot.retime(fresh);
  const isEdited = fresh.revision !== before.revision;
  if (slot.isRunning()) {
    if (isEdited && fresh.isEnabled) slot.want();
    return;
  }
  const isMoved = fresh.isEnabled !== before.isEnabled || fresh.notBeforeMs !== before.notBeforeMs;
  if (isEdited) slot.plan(soonMs, 'edited');
  else if (isMoved) slot.plan(firstRunMs(fresh, soonMs));
}

function countQueue(slots: readonly CycleSlot[], nowMs: number): ScheduleQueue {
  const lateness = slots.map((slot) => nowMs - (slot.dueMs() ?? Number.POSITIVE_INFINITY));
  const isWaiting = (slot: CycleSlot, at: number): boolean => slot.waiting() > 0 || (lateness[at] ?? -1) >= 0;
  return {
    running: slots.filter((slot) => slot.isRunning()).length,
    waiting: slots.filter(isWaiting).length,
    planned: lateness.filter((late) => late < 0 && late !== Number.NEGATIVE_INFINITY).length,
    lateMs: Math.max(0, ...lateness),
  };
}
