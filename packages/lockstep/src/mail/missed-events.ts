import type { CycleEvent } from '@lockstep/engine';
import type { EngineStore, JobLife, JobState } from '@lockstep/engine/ports';
import type { AppService } from '../apps/app-service.ts';
import type { MailService } from './mail-service.ts';

/** Sees to it that what a cycle leaves behind is told, also when the process ended before its mail was stored. */
export interface MissedEvents {
  /** Passes an event of a cycle on; at the end of a cycle remembers that everything up to it was told. */
  listen(event: CycleEvent): Promise<void>;
  /** Tells what the stored state of the apps says and nobody was told. What was told makes no second mail. */
  catchUp(): Promise<void>;
}

export interface MissedEventsOptions {
  readonly apps: Pick<AppService, 'list'>;
  readonly engine: Pick<EngineStore, 'state' | 'life'>;
  readonly settings: {
    setting(name: string): Promise<string | undefined>;
    saveSetting(name: string, value: string): Promise<void>;
  };
  readonly mail: Pick<MailService, 'note'>;
}

/** What was known of a job when everything about it had been told. */
interface Told {
  readonly cycleId?: string;
  readonly life: JobLife;
}

const NOTHING: Told = { life: { state: 'NotRun', hasRun: false } };

export function createMissedEvents(options: MissedEventsOptions): MissedEvents {
  const { engine, settings, mail } = options;
  const tails = new Map<string, Promise<void>>();
  const nameOf = (appId: string): string => `mailTold:${appId}`;
  const read = async (appId: string): Promise<Told> => {
    const text = await settings.setting(nameOf(appId));
    // Written by `remember` from such an object, and by nobody else.
    return text === undefined ? NOTHING : (JSON.parse(text) as Told);
  };
  const remember = async (appId: string): Promise<void> => {
    const [{ lastCycle }, life] = await Promise.all([engine.state(appId), engine.life(appId)]);
    const told: Told = { life, ...(lastCycle === undefined ? {} : { cycleId: lastCycle.cycleId }) };
    await settings.saveSetting(nameOf(appId), JSON.stringify(told));
  };
  const tell = async (event: CycleEvent): Promise<void> => {
    await mail.note(event);
    if (event.kind === 'finished') await remember(event.jobId);
  };
  return {
    listen: async (event) => {
      if (event.kind === 'started' || event.kind === 'progress') return;
      // One behind the other: a cycle is remembered only when all that came before it was told.
      const before = tails.get(event.jobId) ?? Promise.resolve();
      const done = before.then(() => tell(event));
      tails.set(event.jobId, done);
      await done.finally(() => {
        if (tails.get(event.jobId) === done) tails.delete(event.jobId);
      });
    },
    catchUp: async () => {
      for (const { id } of await options.apps.list()) {
        const [told, state, life] = await Promise.all([read(id), engine.state(id), engine.life(id)]);
        const missed = missedEvents(told, state, life);
        for (const event of missed) await mail.note(event);
        if (missed.length > 0) await remember(id);
      }
    },
  };
}

/** The events that led from what was told to what is stored. */
function missedEvents(told: Told, state: JobState, life: JobLife): readonly CycleEvent[] {
  const { jobId, lastCycle } = state;
  const hasNewCycle = lastCycle !== undefined && lastCycle.cycleId !== told.cycleId;
  const events: CycleEvent[] = [];
  const before = told.life;
  const isChanged = life.state !== before.state || life.quarantine?.reason !== before.quarantine?.reason;
  // People pause and start jobs themselves, and need no mail about that.
  const isOfCycle =
    life.state === 'Quarantine' || life.because !== undefined || (hasNewCycle && life.state === 'Active');
  if (isChanged && isOfCycle) {
    const cycle = lastCycle === undefined ? {} : { cycleId: lastCycle.cycleId };
    events.push({ kind: 'lifeChanged', jobId, before, after: life, ...cycle });
  }
  if (hasNewCycle && lastCycle.state === 'failed') {
    events.push({ kind: 'finished', jobId, cycleId: lastCycle.cycleId, summary: lastCycle });
  }
  return events;
}
