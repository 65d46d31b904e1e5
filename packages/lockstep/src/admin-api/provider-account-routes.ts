import { createRoute } from '@hono/zod-openapi';
import type { AccountView } from '@lockstep/provider';
import { isJsonObject, type JsonObject } from '@lockstep/scim';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { requireTenant } from './provider-routes.ts';
import { answers, itemsOf, jsonSchema, limitOf, problems, takes } from './shapes.ts';

const params = z.object({ id: z.string(), accountId: z.string() });
const TAG = ['providers'];

// The body was parsed from JSON, so its members are JSON.
const attributes = z.looseObject({}) as z.ZodType<unknown> as z.ZodType<JsonObject>;

/** An account of a tenant, as the app sees it. */
export const accountSchema: z.ZodType<AccountView> = z.object({
  id: z.string(),
  userName: z.string(),
  resource: jsonSchema as z.ZodType<unknown> as z.ZodType<JsonObject>,
  isActive: z.boolean(),
  isLed: z.boolean(),
  isManaged: z.boolean(),
  roles: z.array(z.string()),
  unknownRoles: z.array(z.string()),
  isAdministrator: z.boolean(),
  isNamedAdministrator: z.boolean(),
});

const routes = {
  list: createRoute({
    method: 'get',
    path: '/providers/{id}/accounts',
    tags: TAG,
    summary: 'Accounts of a tenant as the app sees them; search is the beginning of the user name',
    request: {
      params: z.object({ id: z.string() }),
      query: z.object({
        after: optionalKey(z.string()),
        search: optionalKey(z.string().max(200)),
        limit: limitOf(100, 1_000),
      }),
    },
    responses: { 200: answers('Accounts', itemsOf(accountSchema)), ...problems },
  }),
  add: createRoute({
    method: 'post',
    path: '/providers/{id}/accounts',
    tags: TAG,
    summary: 'Makes an account in the app itself; no directory leads it',
    request: { params: z.object({ id: z.string() }), body: takes(attributes) },
    responses: { 201: answers('The account', accountSchema), ...problems },
  }),
  read: createRoute({
    method: 'get',
    path: '/providers/{id}/accounts/{accountId}',
    tags: TAG,
    summary: 'One account of a tenant as the app sees it',
    request: { params },
    responses: { 200: answers('The account', accountSchema), ...problems },
  }),
  edit: createRoute({
    method: 'patch',
    path: '/providers/{id}/accounts/{accountId}',
    tags: TAG,
    summary: 'Changes attributes in the app itself; null takes one away; what the directory leads is refused',
    request: { params, body: takes(attributes) },
    responses: { 200: answers('The account', accountSchema), ...problems },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/providers/{id}/accounts/{accountId}',
    tags: TAG,
    summary: 'Removes an account in the app; refused for an active one that the directory leads',
    request: { params },
    responses: { 204: { description: 'It is gone' }, ...problems },
  }),
  administrator: createRoute({
    method: 'put',
    path: '/providers/{id}/accounts/{accountId}/administrator',
    tags: TAG,
    summary: 'Names an account administrator of the tenant, or takes that back; the last one stays',
    request: { params, body: takes(z.strictObject({ isAdministrator: z.boolean() })) },
    responses: { 200: answers('The account', accountSchema), ...problems },
  }),
} as const;

/** Adds the routes of a tenant's accounts. */
export function addProviderAccountRoutes(api: AdminApi, services: Services): void {
  const { admin } = services.provider;
  const tenantOf = async (tenantId: string): Promise<string> => (await requireTenant(services, tenantId)).id;
  api.openapi(routes.list, async (context) => {
    const { items, next } = await admin.accounts(
      await tenantOf(context.req.valid('param').id),
      context.req.valid('query'),
    );
    return context.json({ items, ...(next === undefined ? {} : { next }) }, 200);
  });
  api.openapi(routes.add, async (context) => {
    const tenantId = await tenantOf(context.req.valid('param').id);
    const made = await admin.addLocalAccount(tenantId, { resource: context.req.valid('json') });
    const view = await admin.account(tenantId, made.id);
    if (view === undefined) throw new LockstepError('notFound', 'the account is gone again');
    return context.json(view, 201);
  });
  api.openapi(routes.read, async (context) => {
    const { id, accountId } = context.req.valid('param');
    const view = await admin.account(await tenantOf(id), accountId);
    if (view === undefined) throw noAccount(accountId);
    return context.json(view, 200);
  });
  api.openapi(routes.edit, async (context) => {
    const { id, accountId } = context.req.valid('param');
    const changes: unknown = context.req.valid('json');
    const edited = await admin.editAccount(await tenantOf(id), accountId, isJsonObject(changes) ? changes : {});
    return context.json(edited, 200);
  });
  api.openapi(routes.remove, async (context) => {
    const { id, accountId } = context.req.valid('param');
    if (await admin.removeAccount(await tenantOf(id), accountId)) return context.body(null, 204);
    throw noAccount(accountId);
  });
  api.openapi(routes.administrator, async (context) => {
    const { id, accountId } = context.req.valid('param');
    const { isAdministrator } = context.req.valid('json');
    return context.json(await admin.setAdministrator(await tenantOf(id), accountId, isAdministrator), 200);
  });
}

function noAccount(accountId: string): LockstepError {
  return new LockstepError('notFound', `there is no account ${JSON.stringify(accountId)}`);
}
