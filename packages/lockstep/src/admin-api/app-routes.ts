import { createRoute } from '@hono/zod-openapi';
import type { AppRole } from '@lockstep/store';
import { z } from 'zod';
import { appPage } from '../apps/app-page.ts';
import type { AppChange } from '../apps/app-service.ts';
import { declaredAppSchema, declaredRoleSchema } from '../apps/declared-app.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import { appSchema, definitionSchema, showApp } from './app-shape.ts';
import type { AdminApi } from './create-admin-api.ts';
import { answers, appPageSchema, flag, itemsOf, problems, takes } from './shapes.ts';

/** What saving an app did; also part of what applying a declaration did. */
export const appChangeSchema: z.ZodType<AppChange> = z.object({
  name: z.string(),
  do: z.enum(['create', 'update', 'nothing']),
  id: optionalKey(z.string()),
  differences: z.array(z.object({ what: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
});

const roleSchema: z.ZodType<AppRole> = z.object({
  id: z.string(),
  value: z.string(),
  displayName: z.string(),
  description: z.string(),
  isEnabled: z.boolean(),
  allowedMemberTypes: z.array(z.enum(['User', 'Group'])),
});

const app = z.object({ app: z.string().max(200) });
const tags = ['apps'];

const list = createRoute({
  method: 'get',
  path: '/apps',
  tags,
  summary: 'Apps in order of creation',
  request: { query: appPageSchema },
  responses: { 200: answers('Apps', itemsOf(appSchema)), ...problems },
});

const read = createRoute({
  method: 'get',
  path: '/apps/{app}',
  tags,
  summary: 'One app, by id or name, with its job and roles',
  request: { params: app },
  responses: {
    200: answers('The app', z.object({ app: appSchema, definition: definitionSchema, roles: z.array(roleSchema) })),
    ...problems,
  },
});

const make = createRoute({
  method: 'post',
  path: '/apps',
  tags,
  summary: 'Makes an app from a template; refuses a name that is taken',
  request: { body: takes(declaredAppSchema) },
  responses: { 201: answers('What was done', appChangeSchema), ...problems },
});

const save = createRoute({
  method: 'put',
  path: '/apps',
  tags,
  summary: 'Makes an app equal to its declaration, in the words of lockstep.yaml; one of the same name is changed',
  request: { query: z.object({ dryRun: flag }), body: takes(declaredAppSchema) },
  responses: { 200: answers('What was done', appChangeSchema), ...problems },
});

const remove = createRoute({
  method: 'delete',
  path: '/apps/{app}',
  tags,
  summary: 'Deletes an app; accounts in it stay as they are',
  request: { params: app },
  responses: { 204: { description: 'It is gone' }, ...problems },
});

const roles = createRoute({
  method: 'get',
  path: '/apps/{app}/roles',
  tags,
  summary: 'App roles',
  request: { params: app },
  responses: { 200: answers('Roles', itemsOf(roleSchema)), ...problems },
});

const saveRole = createRoute({
  method: 'put',
  path: '/apps/{app}/roles',
  tags,
  summary: 'Makes or changes the app role with the value',
  request: { params: app, body: takes(declaredRoleSchema) },
  responses: { 200: answers('The role', roleSchema), ...problems },
});

const removeRole = createRoute({
  method: 'delete',
  path: '/apps/{app}/roles/{value}',
  tags,
  summary: 'Takes an app role away from everybody, and deletes it',
  request: { params: app.extend({ value: z.string().max(200) }) },
  responses: { 200: answers('How many held it', z.object({ unassigned: z.number() })), ...problems },
});

/** Adds the routes of apps and their roles. */
export function addAppRoutes(api: AdminApi, services: Services): void {
  const { apps } = services;

  api.openapi(list, async (context) => {
    const { items, next } = appPage(await apps.list(), context.req.valid('query'));
    return context.json({ items: items.map(showApp), ...(next === undefined ? {} : { next }) }, 200);
  });

  api.openapi(read, async (context) => {
    const found = await apps.find(context.req.valid('param').app);
    const { schema: _schema, ...definition } = found.definition;
    const body = { app: showApp(found), definition, roles: [...(await apps.roles(found.id))] };
    return context.json(body, 200);
  });

  api.openapi(make, async (context) => {
    return context.json(await apps.save(context.req.valid('json'), { isDryRun: false, isNew: true }), 201);
  });

  api.openapi(save, async (context) => {
    const isDryRun = context.req.valid('query').dryRun;
    return context.json(await apps.save(context.req.valid('json'), { isDryRun }), 200);
  });

  api.openapi(remove, async (context) => {
    await apps.delete(context.req.valid('param').app);
    return context.body(null, 204);
  });

  api.openapi(roles, async (context) => {
    const { id } = await apps.find(context.req.valid('param').app);
    return context.json({ items: await apps.roles(id) }, 200);
  });

  api.openapi(saveRole, async (context) => {
    const { id } = await apps.find(context.req.valid('param').app);
    return context.json(await apps.saveRole(id, context.req.valid('json')), 200);
  });

  api.openapi(removeRole, async (context) => {
    const { app: name, value } = context.req.valid('param');
    const { id } = await apps.find(name);
    return context.json({ unassigned: await apps.deleteRole(id, value) }, 200);
  });
}
