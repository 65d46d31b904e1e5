import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { Grant } from '../apps/assignments.ts';
import { declaredAssignmentSchema } from '../apps/declared-app.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { answers, itemsOf, problems, takes } from './shapes.ts';

const grantSchema: z.ZodType<Grant> = z.object({
  principalId: z.string(),
  type: z.enum(['User', 'Group']),
  displayName: z.string().nullable(),
  userPrincipalName: z.string().nullable(),
  roles: z.array(z.string()).describe('Values of app roles; an empty one is Default Access'),
});

const app = z.object({ app: z.string().max(200) });
const tags = ['apps'];

const list = createRoute({
  method: 'get',
  path: '/apps/{app}/assignments',
  tags,
  summary: 'Who is assigned to an app, with roles; without limit all of them',
  request: {
    params: app,
    query: z.object({
      after: optionalKey(z.string().max(200)),
      limit: optionalKey(z.coerce.number().int().min(1).max(1_000)),
    }),
  },
  responses: { 200: answers('Assignments', itemsOf(grantSchema)), ...problems },
});

const add = createRoute({
  method: 'post',
  path: '/apps/{app}/assignments',
  tags,
  summary: 'Assigns a person or group, with roles or by Default Access; roles that do not exist yet are made',
  request: { params: app, body: takes(declaredAssignmentSchema) },
  responses: { 200: answers('How many assignments are new', z.object({ added: z.number() })), ...problems },
});

const remove = createRoute({
  method: 'delete',
  path: '/apps/{app}/assignments',
  tags,
  summary: 'Takes one role of a person or group away, or without role everything; an empty role is Default Access',
  request: {
    params: app,
    query: z.object({ principal: z.string().max(1_000), role: optionalKey(z.string().max(200)) }),
  },
  responses: { 200: answers('Whether there was something', z.object({ isRemoved: z.boolean() })), ...problems },
});

const batch = createRoute({
  method: 'post',
  path: '/apps/{app}/assignments/batch',
  tags,
  summary: 'Assigns many people and groups, and takes assignments of many away; when one name is wrong nothing is done',
  request: {
    params: app,
    body: takes(
      z.strictObject({
        add: z.array(declaredAssignmentSchema).max(1_000).default([]),
        remove: z
          .array(z.strictObject({ principal: z.string().min(1).max(1_000), role: optionalKey(z.string().max(200)) }))
          .max(1_000)
          .default([]),
      }),
    ),
  },
  responses: {
    200: answers(
      'How many assignments are new, and how many people and groups lost some',
      z.object({ added: z.number(), removed: z.number() }),
    ),
    ...problems,
  },
});

/** Adds the routes of assignments. */
export function addAssignmentRoutes(api: AdminApi, services: Services): void {
  const { apps } = services;

  api.openapi(list, async (context) => {
    const { id } = await apps.find(context.req.valid('param').app);
    const { limit, ...from } = context.req.valid('query');
    if (limit === undefined) return context.json({ items: await apps.grants(id) }, 200);
    const items = await apps.grantPage(id, { ...from, limit });
    const last = items.length < limit ? undefined : items.at(-1)?.principalId;
    return context.json(last === undefined ? { items } : { items, next: last }, 200);
  });

  api.openapi(batch, async (context) => {
    const { id } = await apps.find(context.req.valid('param').app);
    return context.json(await apps.changeGrants(id, context.req.valid('json')), 200);
  });

  api.openapi(add, async (context) => {
    const { id } = await apps.find(context.req.valid('param').app);
    return context.json({ added: await apps.assign(id, context.req.valid('json')) }, 200);
  });

  api.openapi(remove, async (context) => {
    const { id } = await apps.find(context.req.valid('param').app);
    return context.json({ isRemoved: await apps.unassign(id, context.req.valid('query')) }, 200);
  });
}
