import type { CycleCounts, CycleSummary } from '@lockstep/engine/ports';
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
  };
  readonly lastCycle?: CycleShape;
  readonly nextRunAt?: string;
  /** Accounts the job manages or has managed. */
  readonly linkedUsers: number;
  readonly linkedGroups: number;
  /** Failures that are tried again. */
  readonly retrying: number;
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
    }),
  ),
  lastCycle: optionalKey(cycleSchema),
  nextRunAt: optionalKey(z.string()),
  linkedUsers: z.number(),
  linkedGroups: z.number(),
  retrying: z.number(),
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
  const [state, links, retrying] = await Promise.all([
    store.engine.state(app.id),
    store.engine.countLinks(app.id),
    store.engine.countEscrows(app.id),
  ]);
  const nextRunMs = scheduler.nextRunMs(app.id);
  const progress = jobs.progress(app.id);
  return {
    app: app.definition.name,
    id: app.id,
    isEnabled: app.definition.schedule.isEnabled,
    isRunning: progress !== undefined,
    kind: state.kind,
    ...(progress === undefined ? {} : { progress: showProgress(progress) }),
    ...(state.lastCycle === undefined ? {} : { lastCycle: showCycle(state.lastCycle) }),
    ...(nextRunMs === undefined ? {} : { nextRunAt: timeText(nextRunMs) }),
    linkedUsers: links.users,
    linkedGroups: links.groups,
    retrying,
  };
}

function showProgress(
  progress: NonNullable<ReturnType<Services['jobs']['progress']>>,
): NonNullable<StatusShape['progress']> {
  const { cycleId, kind: cycleKind, startedMs, done, total, counts } = progress;
  const shared = { cycleId, kind: cycleKind, startedAt: timeText(startedMs), done, total };
  return counts === undefined ? shared : { ...shared, counts };
}
