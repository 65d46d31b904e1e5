import { createRoute } from '@hono/zod-openapi';
import type { JobDefinition } from '@lockstep/engine';
import type { Escrow, StagedRemoval } from '@lockstep/engine/ports';
import { z } from 'zod';
import type { App } from '../apps/app-service.ts';
import type { Explanation } from '../apps/explain-object.ts';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { restartScopes } from './job-routes.ts';
import { type LogShape, logSchema, showLog } from './log-shape.ts';
import { answers, itemsOf, limitOf, problems, takes, timeText } from './shapes.ts';
import { type CycleShape, cycleSchema, readStatus, showCycle, statusSchema } from './status-shape.ts';

const app = z.object({ app: z.string().max(200) });
const tags = ['provisioning'];
const standing = { 200: answers('The status of the app', statusSchema), ...problems };

/** A removal the guard holds. */
export interface StagedShape extends Omit<StagedRemoval, 'stagedMs' | 'expiresMs' | 'fingerprint'> {
  readonly stagedAt: string;
  readonly expiresAt: string;
}

/** The form of a removal that is held. */
export const stagedSchema: z.ZodType<StagedShape> = z.object({
  id: z.string(),
  objectType: z.enum(['user', 'group']),
  sourceId: z.string(),
  displayName: z.string(),
  kind: z.enum(['disable', 'delete', 'membership', 'identity', 'roleRaise']),
  memberId: optionalKey(z.string()),
  reason: z.string(),
  changes: z.array(
    z.object({ attribute: z.string(), oldValue: z.string().nullable(), newValue: z.string().nullable() }),
  ),
  stagedAt: z.string(),
  expiresAt: z.string(),
  state: z.enum(['pending', 'approved', 'rejected']),
  cycleId: z.string(),
});

function showStaged({ stagedMs, expiresMs, fingerprint: _own, ...rest }: StagedRemoval): StagedShape {
  return { ...rest, stagedAt: timeText(stagedMs), expiresAt: timeText(expiresMs) };
}

const start = createRoute({
  method: 'post',
  path: '/apps/{app}/start',
  tags,
  summary: 'Lets the provisioning of an app go on from where it stood: switches its schedule on and lifts a quarantine',
  request: { params: app },
  responses: standing,
});

const pause = createRoute({
  method: 'post',
  path: '/apps/{app}/pause',
  tags,
  summary: 'Pauses the provisioning of an app; a cycle that runs still runs to its end',
  request: { params: app },
  responses: standing,
});

/** Linked accounts that a full restart would leave behind. */
export interface OrphansShape {
  readonly users: number;
  readonly groups: number;
  readonly examples: readonly { readonly sourceId: string; readonly targetId: string }[];
}

const orphansSchema: z.ZodType<OrphansShape> = z.object({
  users: z.number(),
  groups: z.number(),
  examples: z.array(z.object({ sourceId: z.string(), targetId: z.string() })),
});

const orphans = createRoute({
  method: 'get',
  path: '/apps/{app}/orphans',
  tags,
  summary: 'Linked accounts that a full restart would leave in the app with nobody to manage them',
  request: { params: app },
  responses: { 200: answers('The count', orphansSchema), ...problems },
});

const restart = createRoute({
  method: 'post',
  path: '/apps/{app}/restart',
  tags,
  summary:
    'Forgets what the scopes name; none = watermark, escrows and quarantine. A full restart that orphans accounts wants their number in confirmOrphans',
  request: {
    params: app,
    body: takes(
      z.strictObject({
        scopes: z.array(z.enum(restartScopes)).default([]),
        confirmOrphans: optionalKey(z.int().min(0)),
      }),
    ),
  },
  responses: standing,
});

const staged = createRoute({
  method: 'get',
  path: '/apps/{app}/staged',
  tags,
  summary: 'Removals that the guard holds',
  request: {
    params: app,
    query: z.object({
      state: optionalKey(z.enum(['pending', 'approved', 'rejected'])),
      after: optionalKey(z.string().max(100)),
      limit: limitOf(100, 1_000),
    }),
  },
  responses: { 200: answers('Removals', itemsOf(stagedSchema)), ...problems },
});

const decisionBody = takes(z.strictObject({ ids: optionalKey(z.array(z.string().max(100)).min(1).max(10_000)) }));
const decided = { 200: answers('How many were decided on', z.object({ count: z.number() })), ...problems };

const approve = createRoute({
  method: 'post',
  path: '/apps/{app}/approve',
  tags,
  summary: 'Approves removals that wait, by id or all; the next cycle carries out those that are still true',
  request: { params: app, body: decisionBody },
  responses: decided,
});

const reject = createRoute({
  method: 'post',
  path: '/apps/{app}/reject',
  tags,
  summary: 'Rejects removals that wait, by id or all; they are kept back until the person or group changes',
  request: { params: app, body: decisionBody },
  responses: decided,
});

const cycles = createRoute({
  method: 'get',
  path: '/apps/{app}/cycles',
  tags,
  summary: 'Cycles that have ended, newest first; the last 200 are kept',
  request: { params: app, query: z.object({ limit: limitOf(20, 200) }) },
  responses: { 200: answers('Cycles', itemsOf<CycleShape>(cycleSchema)), ...problems },
});

/** A stored failure that is tried again. */
export interface FailureShape {
  readonly errorCode: string;
  readonly message: string;
  readonly failures: number;
  readonly nextAttempt: string;
}

/** Everything that decides about one person or group. */
export interface ExplanationShape extends Omit<Explanation, 'failure' | 'referenceFailure' | 'staged' | 'records'> {
  readonly failure?: FailureShape;
  readonly referenceFailure?: FailureShape;
  readonly staged: readonly StagedShape[];
  readonly records: readonly LogShape[];
}

const failureSchema: z.ZodType<FailureShape> = z.object({
  errorCode: z.string(),
  message: z.string(),
  failures: z.number(),
  nextAttempt: z.string(),
});

/** The form of an explanation. */
export const explanationSchema: z.ZodType<ExplanationShape> = z.object({
  objectType: z.enum(['user', 'group']),
  sourceId: z.string(),
  displayName: z.string(),
  inScope: z.boolean(),
  scope: z.string(),
  targetId: optionalKey(z.string()),
  linkState: optionalKey(z.enum(['managed', 'released'])),
  roles: z.array(z.string()),
  failure: optionalKey(failureSchema),
  referenceFailure: optionalKey(failureSchema),
  staged: z.array(stagedSchema),
  waitsFor: z.array(z.object({ attribute: z.string(), referencedId: z.string() })),
  records: z.array(logSchema),
  sentences: z.array(z.string()),
});

const explain = createRoute({
  method: 'get',
  path: '/apps/{app}/explain',
  tags,
  summary: 'Everything that decides about one person or group in the app, in sentences',
  request: {
    params: app,
    query: z.object({ user: optionalKey(z.string().max(1_000)), group: optionalKey(z.string().max(1_000)) }),
  },
  responses: { 200: answers('The explanation', explanationSchema), ...problems },
});

/** Adds the routes of a job's life: start, pause, restart, what the guard holds, past cycles, and explanations. */
export function addJobLifeRoutes(api: AdminApi, services: Services): void {
  const { apps, jobs, scheduler, store } = services;
  const find = (name: string): Promise<App> => apps.find(name);

  api.openapi(start, async (context) => {
    const found = await find(context.req.valid('param').app);
    // An app whose schedule is off would stand still in spite of a start.
    const { app: scheduled } = await apps.edit(found.id, withSchedule);
    await jobs.start(found.id);
    await scheduler.refresh(found.id);
    return context.json(await readStatus(services, scheduled), 200);
  });

  api.openapi(pause, async (context) => {
    const found = await find(context.req.valid('param').app);
    await jobs.pause(found.id);
    await scheduler.refresh(found.id);
    return context.json(await readStatus(services, found), 200);
  });

  api.openapi(orphans, async (context) => {
    const found = await find(context.req.valid('param').app);
    const { users, groups, examples } = await jobs.orphans(found.id);
    return context.json({ users, groups, examples: [...examples] }, 200);
  });

  api.openapi(restart, async (context) => {
    const found = await find(context.req.valid('param').app);
    await jobs.restart(found.id, context.req.valid('json'));
    await scheduler.refresh(found.id);
    return context.json(await readStatus(services, found), 200);
  });

  api.openapi(staged, async (context) => {
    const found = await find(context.req.valid('param').app);
    const { state, after, limit } = context.req.valid('query');
    const query = { limit, ...(state === undefined ? {} : { state }), ...(after === undefined ? {} : { after }) };
    const items = (await store.engine.staged(found.id, query)).map(showStaged);
    const last = items.length < limit ? undefined : items.at(-1)?.id;
    return context.json(last === undefined ? { items } : { items, next: last }, 200);
  });

  api.openapi(approve, async (context) => {
    const found = await find(context.req.valid('param').app);
    const count = await jobs.decide(found.id, { state: 'approved', ids: context.req.valid('json').ids });
    // What was approved is carried out by the cycle that the schedule begins now, unless the job is paused.
    if (count > 0) await scheduler.refresh(found.id);
    return context.json({ count }, 200);
  });

  api.openapi(reject, async (context) => {
    const found = await find(context.req.valid('param').app);
    const count = await jobs.decide(found.id, { state: 'rejected', ids: context.req.valid('json').ids });
    if (count > 0) await scheduler.refresh(found.id);
    return context.json({ count }, 200);
  });

  api.openapi(cycles, async (context) => {
    const found = await find(context.req.valid('param').app);
    const items = await store.engine.cycles(found.id, context.req.valid('query').limit);
    return context.json({ items: items.map(showCycle) }, 200);
  });

  api.openapi(explain, async (context) => {
    const found = await find(context.req.valid('param').app);
    const { user, group } = context.req.valid('query');
    const name = user ?? group;
    if (name === undefined || (user !== undefined && group !== undefined)) {
      throw new LockstepError('badRequest', 'either user or group is needed');
    }
    const { objectId } = await services.directory.find(user === undefined ? 'Group' : 'User', name);
    const objectType = user === undefined ? 'group' : 'user';
    const explanation = await jobs.explain(found.id, { objectType, sourceId: objectId });
    return context.json(showExplanation(explanation, found.definition.name), 200);
  });
}

function withSchedule({ definition }: App): JobDefinition {
  return { ...definition, schedule: { ...definition.schedule, isEnabled: true } };
}

function showExplanation(explanation: Explanation, appName: string): ExplanationShape {
  const { failure, referenceFailure, staged: held, records, ...rest } = explanation;
  return {
    ...rest,
    ...(failure === undefined ? {} : { failure: showFailure(failure) }),
    ...(referenceFailure === undefined ? {} : { referenceFailure: showFailure(referenceFailure) }),
    staged: held.map(showStaged),
    records: records.map((record) => showLog(record, appName)),
  };
}

function showFailure({ errorCode, message, failures, nextAttemptMs }: Escrow): FailureShape {
  return { errorCode, message, failures, nextAttempt: timeText(nextAttemptMs) };
}
