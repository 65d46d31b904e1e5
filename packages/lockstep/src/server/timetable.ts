import { scheduleOf } from '@lockstep/engine';
import type { Store } from '@lockstep/store';
import type { App } from '../apps/app-service.ts';
import type { Timetable } from '../schedule/cycle-slot.ts';

/** Where several processes share the jobs, the timetable also says what one of them may have done already. */
export async function sharedTimetable(app: App, store: Store, head: number): Promise<Timetable> {
  const [timetable, state] = await Promise.all([timetableOf(app, store), store.engine.state(app.id)]);
  return { ...timetable, revision: app.modifiedMs, isBehind: state.kind === 'initial' || state.watermark < head };
}

/** When an app's cycles come. */
export async function timetableOf(app: App, store: Store): Promise<Timetable> {
  const [{ lastCycle }, life] = await Promise.all([store.engine.state(app.id), store.engine.life(app.id)]);
  const { isRunning, notBeforeMs } = scheduleOf(life);
  // Without a token there is nothing to run: the app waits for one.
  const isEnabled = app.definition.schedule.isEnabled && app.hasSecret && isRunning;
  const { intervalMs, onChange } = app.definition.schedule;
  const shared = { appId: app.id, intervalMs, onChange, isEnabled, lastEndedMs: lastCycle?.endedMs };
  return notBeforeMs === undefined ? shared : { ...shared, notBeforeMs };
}
