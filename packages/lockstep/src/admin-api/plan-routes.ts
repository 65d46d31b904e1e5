import { createRoute } from '@hono/zod-openapi';
import type { JsonObject } from '@lockstep/scim';
import type { KeptItem, KeptPlan } from '@lockstep/store';
import { z } from 'zod';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { answers, itemsOf, jsonSchema, limitOf, problems, takes, timeText } from './shapes.ts';

/** A plan that is kept. */
export interface PlanShape extends Omit<KeptPlan, 'createdMs' | 'expiresMs'> {
  readonly createdAt: string;
  readonly expiresAt: string;
}

const anyObject: z.ZodType<JsonObject> = z.record(z.string(), jsonSchema);

/** The form of a plan. */
export const planSchema: z.ZodType<PlanShape> = z.object({
  id: z.string(),
  jobId: z.string(),
  kind: z.enum(['sync', 'rollback']),
  state: z.enum(['making', 'ready', 'applying', 'applied']),
  createdAt: z.string(),
  expiresAt: z.string(),
  detail: anyObject,
});

/** The form of an object's part of a plan. */
export const planItemSchema: z.ZodType<KeptItem> = z.object({
  position: z.number(),
  state: z.enum(['planned', 'done', 'refused', 'held', 'failed']),
  item: anyObject,
  outcome: z.string().nullable(),
});

/** The form of what carrying out a plan came to. */
export const appliedSchema: z.ZodType<{
  readonly planId: string;
  readonly cycleId: string;
  readonly counts: Readonly<Record<string, number>>;
}> = z.object({ planId: z.string(), cycleId: z.string(), counts: z.record(z.string(), z.number()) });

const tags = ['provisioning'];
const planId = z.object({ plan: z.string().max(100) });

const make = createRoute({
  method: 'post',
  path: '/apps/{app}/plans',
  tags,
  summary: 'Plans the next cycle and keeps the plan for 24 hours; sends nothing that writes',
  request: { params: z.object({ app: z.string().max(200) }) },
  responses: { 201: answers('The plan', planSchema), ...problems },
});

const makeRollback = createRoute({
  method: 'post',
  path: '/apps/{app}/rollbacks',
  tags,
  summary: 'Plans the undoing of a cycle from its log, and keeps the plan for 24 hours; sends nothing',
  request: {
    params: z.object({ app: z.string().max(200) }),
    body: takes(z.strictObject({ cycle: z.string().min(1).max(100) })),
  },
  responses: { 201: answers('The plan', planSchema), ...problems },
});

const read = createRoute({
  method: 'get',
  path: '/plans/{plan}',
  tags,
  summary: 'A plan that is kept',
  request: { params: planId },
  responses: { 200: answers('The plan', planSchema), ...problems },
});

const items = createRoute({
  method: 'get',
  path: '/plans/{plan}/items',
  tags,
  summary: 'The objects of a plan with what would be done, and with what became of each',
  request: {
    params: planId,
    query: z.object({ after: z.coerce.number().int().min(-1).default(-1), limit: limitOf(100, 1_000) }),
  },
  responses: { 200: answers('Objects', itemsOf(planItemSchema)), ...problems },
});

const apply = createRoute({
  method: 'post',
  path: '/plans/{plan}/apply',
  tags,
  summary:
    'Carries out exactly the plan, once; objects that are no longer as they were are refused. A rollback pauses the job',
  request: { params: planId },
  responses: { 200: answers('What it came to', appliedSchema), ...problems },
});

/** Adds the routes of plans and rollbacks. */
export function addPlanRoutes(api: AdminApi, { apps, plans }: Pick<Services, 'apps' | 'plans'>): void {
  api.openapi(make, async (context) => {
    const app = await apps.find(context.req.valid('param').app);
    return context.json(showPlan(await plans.planSync(app.id)), 201);
  });
  api.openapi(makeRollback, async (context) => {
    const app = await apps.find(context.req.valid('param').app);
    return context.json(showPlan(await plans.planRollback(app.id, context.req.valid('json').cycle)), 201);
  });
  api.openapi(read, async (context) => context.json(showPlan(await plans.find(context.req.valid('param').plan)), 200));
  api.openapi(items, async (context) => {
    const { plan } = context.req.valid('param');
    const { after, limit } = context.req.valid('query');
    await plans.find(plan);
    const found = [...(await plans.items(plan, { after, limit }))];
    const last = found.length < limit ? undefined : found.at(-1)?.position;
    return context.json(last === undefined ? { items: found } : { items: found, next: String(last) }, 200);
  });
  api.openapi(apply, async (context) => context.json(await plans.apply(context.req.valid('param').plan), 200));
}

function showPlan({ createdMs, expiresMs, ...rest }: KeptPlan): PlanShape {
  return { ...rest, createdAt: timeText(createdMs), expiresAt: timeText(expiresMs) };
}
