import type {
  CycleCounts,
  CycleSummary,
  JobLife,
  JobStatistics,
  LifeState,
  Quarantine,
  StagedCounts,
} from '@lockstep/engine/ports';
import { z } from 'zod';
import type { App } from '../apps/app-service.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import { timeText } from './shapes.ts';

/** A cycle that came to its end. */
export interface CycleShape {
  readonly cycleId: string;
  readonly kind: 'initial' | 'incremental';
  readonly state: CycleSummary['state'];
  readonly startedAt: string;
  readonly endedAt: string;
  readonly seconds: number;
  readonly counts: CycleCounts;
  readonly error?: { readonly code: string; readonly message: string };
}

/** How an app's provisioning stands. */
export interface StatusShape {
  readonly app: string;
  readonly id: string;
  readonly isEnabled: boolean;
  readonly isRunning: boolean;
  /** `initial` until the first pass through the directory has come to its end. */
  readonly kind: 'initial' | 'incremental';
  /** Present while a cycle runs. */
  readonly progress?: {
    readonly cycleId: string;
    readonly kind: 'initial' | 'incremental';
    readonly startedAt: string;
    readonly done: number;
    readonly total: number;
    readonly counts?: CycleCounts;
    /** Seconds until it ends, if it goes on at this pace; absent until there is a pace. */
    readonly secondsLeft?: number;
  };
  readonly lastCycle?: CycleShape;
  readonly nextRunAt?: string;
  /** Accounts the job manages or has managed. */
  readonly linkedUsers: number;
  readonly linkedGroups: number;
  /** Failures that are tried again. */
  readonly retrying: number;
  /** Graph's word for how the job stands; `Disabled` when four weeks in quarantine ended it. */
  readonly code: LifeState;
  /** Why the job stands still by itself. */
  readonly because?: string;
  readonly quarantine?: QuarantineShape;
  /** Removals the guard holds. */
  readonly staged: StagedCounts;
  readonly statistics: StatisticsShape;
}

/** Why a job runs less often, and until when. */
export interface QuarantineShape {
  readonly reason: string;
  readonly message: string;
  readonly currentBegan: string;
  readonly nextAttempt: string;
  readonly seriesBegan: string;
  readonly seriesCount: number;
}

/** What all cycles of a job together did. */
export interface StatisticsShape {
  readonly cycles: number;
  readonly countSuccessiveCompleteFailures: number;
  readonly escrowsPruned: boolean;
  readonly steadyStateFirstAchievedTime?: string;
  readonly steadyStateLastAchievedTime?: string;
  readonly synchronizedEntryCountByType: readonly { readonly key: string; readonly value: number }[];
  readonly totals: CycleCounts;
  readonly lastSuccess?: CycleShape;
  readonly lastSuccessWithExports?: CycleShape;
}

const countsSchema: z.ZodType<CycleCounts> = z.object({
  created: z.number(),
  linked: z.number(),
  updated: z.number(),
  disabled: z.number(),
  deleted: z.number(),
  skipped: z.number(),
  failed: z.number(),
  skippedBy: z.record(z.string(), z.number()),
});

const kind = z.enum(['initial', 'incremental']);

/** The form of a cycle. */
export const cycleSchema: z.ZodType<CycleShape> = z.object({
  cycleId: z.string(),
  kind,
  state: z.enum(['succeeded', 'entryLevelErrors', 'failed', 'stopped']),
  startedAt: z.string(),
  endedAt: z.string(),
  seconds: z.number(),
  counts: countsSchema,
  error: optionalKey(z.object({ code: z.string(), message: z.string() })),
});

/** The form of a status. */
export const statusSchema: z.ZodType<StatusShape> = z.object({
  app: z.string(),
  id: z.string(),
  isEnabled: z.boolean(),
  isRunning: z.boolean(),
  kind,
  progress: optionalKey(
    z.object({
      cycleId: z.string(),
      kind,
      startedAt: z.string(),
      done: z.number(),
      total: z.number(),
      counts: optionalKey(countsSchema),
      secondsLeft: optionalKey(z.number()),
    }),
  ),
  lastCycle: optionalKey(cycleSchema),
  nextRunAt: optionalKey(z.string()),
  linkedUsers: z.number(),
  linkedGroups: z.number(),
  retrying: z.number(),
  code: z.enum(['NotConfigured', 'NotRun', 'Active', 'Paused', 'Quarantine', 'Disabled']),
  because: optionalKey(z.string()),
  quarantine: optionalKey(
    z.object({
      reason: z.string(),
      message: z.string(),
      currentBegan: z.string(),
      nextAttempt: z.string(),
      seriesBegan: z.string(),
      seriesCount: z.number(),
    }),
  ),
  staged: z.object({ pending: z.number(), approved: z.number(), rejected: z.number() }),
  statistics: z.object({
    cycles: z.number(),
    countSuccessiveCompleteFailures: z.number(),
    escrowsPruned: z.boolean(),
    steadyStateFirstAchievedTime: optionalKey(z.string()),
    steadyStateLastAchievedTime: optionalKey(z.string()),
    synchronizedEntryCountByType: z.array(z.object({ key: z.string(), value: z.number() })),
    totals: countsSchema,
    lastSuccess: optionalKey(cycleSchema),
    lastSuccessWithExports: optionalKey(cycleSchema),
  }),
});

/** Shows a cycle. */
export function showCycle(summary: CycleSummary): CycleShape {
  const { startedMs, endedMs, error } = summary;
  return {
    cycleId: summary.cycleId,
    kind: summary.kind,
    state: summary.state,
    startedAt: timeText(startedMs),
    endedAt: timeText(endedMs),
    seconds: (endedMs - startedMs) / 1_000,
    counts: summary.counts,
    ...(error === undefined ? {} : { error }),
  };
}

/** Reads how an app's provisioning stands. */
export async function readStatus(services: Services, app: App): Promise<StatusShape> {
  const { store, jobs, scheduler } = services;
  const [state, life, links, retrying, staged] = await Promise.all([
    store.engine.state(app.id),
    store.engine.life(app.id),
    store.engine.countLinks(app.id),
    store.engine.countEscrows(app.id),
    store.engine.countStaged(app.id),
  ]);
  const nextRunMs = scheduler.nextRunMs(app.id);
  const progress = jobs.progress(app.id);
  return {
    app: app.definition.name,
    id: app.id,
    isEnabled: app.definition.schedule.isEnabled,
    isRunning: progress !== undefined,
    kind: state.kind,
    ...(progress === undefined ? {} : { progress: showProgress(progress, services.clock.nowMs()) }),
    ...(state.lastCycle === undefined ? {} : { lastCycle: showCycle(state.lastCycle) }),
    ...(nextRunMs === undefined ? {} : { nextRunAt: timeText(nextRunMs) }),
    linkedUsers: links.users,
    linkedGroups: links.groups,
    retrying,
    code: codeOf(app, life),
    ...(life.because === undefined ? {} : { because: life.because }),
    ...(life.quarantine === undefined ? {} : { quarantine: showQuarantine(life.quarantine) }),
    staged,
    statistics: showStatistics(state.statistics, links),
  };
}

/** How the job of an app stands, in one word. */
export function codeOf(app: Pick<App, 'definition' | 'hasSecret'>, life: JobLife): LifeState {
  if (!app.hasSecret) return 'NotConfigured';
  return app.definition.schedule.isEnabled || life.state === 'Disabled' ? life.state : 'Paused';
}

function showQuarantine(quarantine: Quarantine): QuarantineShape {
  const { reason, message, seriesCount, currentBeganMs, nextAttemptMs, seriesBeganMs } = quarantine;
  return {
    reason,
    message,
    currentBegan: timeText(currentBeganMs),
    nextAttempt: timeText(nextAttemptMs),
    seriesBegan: timeText(seriesBeganMs),
    seriesCount,
  };
}

const NO_COUNTS: CycleCounts = {
  created: 0,
  linked: 0,
  updated: 0,
  disabled: 0,
  deleted: 0,
  skipped: 0,
  failed: 0,
  skippedBy: {},
};

function showStatistics(
  statistics: JobStatistics | undefined,
  links: { readonly users: number; readonly groups: number },
): StatisticsShape {
  const { steadyFirstMs, steadyLastMs, lastSuccess, lastSuccessWithExports } = statistics ?? {};
  return {
    cycles: statistics?.cycles ?? 0,
    countSuccessiveCompleteFailures: statistics?.successiveFailures ?? 0,
    escrowsPruned: statistics?.escrowsPruned ?? false,
    ...(steadyFirstMs === undefined ? {} : { steadyStateFirstAchievedTime: timeText(steadyFirstMs) }),
    ...(steadyLastMs === undefined ? {} : { steadyStateLastAchievedTime: timeText(steadyLastMs) }),
    synchronizedEntryCountByType: [
      { key: 'User', value: links.users },
      { key: 'Group', value: links.groups },
    ],
    totals: statistics?.totals ?? NO_COUNTS,
    ...(lastSuccess === undefined ? {} : { lastSuccess: showCycle(lastSuccess) }),
    ...(lastSuccessWithExports === undefined ? {} : { lastSuccessWithExports: showCycle(lastSuccessWithExports) }),
  };
}

function showProgress(
  progress: NonNullable<ReturnType<Services['jobs']['progress']>>,
  nowMs: number,
): NonNullable<StatusShape['progress']> {
  const { cycleId, kind: cycleKind, startedMs, done, total, counts } = progress;
  const left = done === 0 ? undefined : Math.ceil(((nowMs - startedMs) * (total - done)) / done / 1_000);
  return {
    cycleId,
    kind: cycleKind,
    startedAt: timeText(startedMs),
    done,
    total,
    ...(counts === undefined ? {} : { counts }),
    ...(left === undefined ? {} : { secondsLeft: left }),
  };
}
