import type { CycleSummary } from '@lockstep/engine/ports';
import { LockstepError } from '../lockstep-error.ts';
import { type CycleSlot, createCycleSlot, type SchedulePorts, type Timetable } from './cycle-slot.ts';

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
  /** When the next cycle is due; `undefined` = not by itself, or one runs. */
  nextRunMs(appId: string): number | undefined;
  /** Starts nothing more. */
  stop(): void;
}

export interface SchedulerOptions extends SchedulePorts {
  readonly timetables: () => Promise<readonly Timetable[]>;
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

  return {
    start: async () => {
      for (const timetable of await timetables()) slotFor(timetable).plan(firstRunMs(timetable, nowMs()));
    },
    refresh: async (appId) => {
      const timetable = await findTimetable(appId);
      if (isStopped) return;
      if (timetable === undefined) {
        slots.get(appId)?.close(new LockstepError('notFound', 'the app was deleted'));
        slots.delete(appId);
        return;
      }
      const slot = slotFor(timetable);
      // Waits as long as changes are gathered, since assignments often come with the app.
      if (!slot.isRunning()) slot.plan(nowMs() + gatherMs);
      else if (timetable.isEnabled) slot.want();
    },
    noteChange: () => {
      if (callOffGathering !== undefined || isStopped) return;
      callOffGathering = options.after(gatherMs, () => {
        callOffGathering = undefined;
        for (const slot of slots.values()) {
          const { isEnabled, onChange } = slot.timetable();
          if (isEnabled && onChange) slot.want();
        }
      });
    },
    runNow: async (appId) => {
      const timetable = slots.get(appId)?.timetable() ?? (await findTimetable(appId));
      if (isStopped) throw new LockstepError('stopping', 'the server is stopping');
      if (timetable === undefined) throw new LockstepError('notFound', `there is no app ${appId}`);
      return slotFor(timetable).wait();
    },
    nextRunMs: (appId) => slots.get(appId)?.dueMs(),
    stop: () => {
      isStopped = true;
      callOffGathering?.();
      for (const slot of slots.values()) slot.close(new LockstepError('stopping', 'the server is stopping'));
    },
  };
}

/** What changed while nobody listened is found by a cycle at once; without changes it sends nothing that writes. */
function firstRunMs({ onChange, intervalMs, lastEndedMs }: Timetable, nowMs: number): number {
  return onChange || lastEndedMs === undefined ? nowMs : lastEndedMs + intervalMs;
}
