import { createRoute } from '@hono/zod-openapi';
import type { JobDefinition } from '@lockstep/engine';
import { z } from 'zod';
import type { App } from '../apps/app-service.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { restartScopes } from './job-routes.ts';
import { answers, itemsOf, limitOf, problems, takes } from './shapes.ts';
import { showStaged, stagedSchema } from './staged-shape.ts';
import { type CycleShape, cycleSchema, readStatus, showCycle, statusSchema } from './status-shape.ts';

const app = z.object({ app: z.string().max(200) });
const tags = ['provisioning'];
const standing = { 200: answers('The status of the app', statusSchema), ...problems };

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

/** Adds the routes of a job's life: start, pause, restart, what the guard holds, and past cycles. */
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
}

function withSchedule({ definition }: App): JobDefinition {
  return { ...definition, schedule: { ...definition.schedule, isEnabled: true } };
}
