import { createRoute } from '@hono/zod-openapi';
import type { TenantSource } from '@lockstep/provider';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import { addSource, changeSource, issueSourceToken, removeSource } from '../portal/tenant-sources.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { requireTenant } from './provider-routes.ts';
import { answers, itemsOf, problems, takes } from './shapes.ts';

const id = z.object({ id: z.string() });
const one = z.object({ id: z.string(), sourceId: z.string() });
const TAG = ['providers'];

/** A directory that may write to a tenant. */
export const sourceSchema: z.ZodType<TenantSource> = z.object({
  id: z.string(),
  title: z.string(),
  allowedAddresses: z.array(z.string()),
});

const newSource: z.ZodType<Omit<TenantSource, 'id'>> = z.strictObject({
  title: z.string().min(1).max(200),
  allowedAddresses: z.array(z.string().min(1).max(100)).max(1_000).default([]),
});

const routes = {
  list: createRoute({
    method: 'get',
    path: '/providers/{id}/sources',
    tags: TAG,
    summary: 'Directories that may write to a tenant, each with an address rule and a token of its own',
    request: { params: id },
    responses: { 200: answers('Sources', itemsOf(sourceSchema)), ...problems },
  }),
  add: createRoute({
    method: 'post',
    path: '/providers/{id}/sources',
    tags: TAG,
    summary: 'Adds one; its token is made by a request of its own',
    request: { params: id, body: takes(newSource) },
    responses: { 201: answers('The source', sourceSchema), ...problems },
  }),
  change: createRoute({
    method: 'put',
    path: '/providers/{id}/sources/{sourceId}',
    tags: TAG,
    summary: 'Changes title and addresses; its token stays',
    request: { params: one, body: takes(newSource) },
    responses: { 200: answers('The source', sourceSchema), ...problems },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/providers/{id}/sources/{sourceId}',
    tags: TAG,
    summary: 'Removes one with its token',
    request: { params: one },
    responses: { 204: { description: 'It is gone' }, ...problems },
  }),
  token: createRoute({
    method: 'post',
    path: '/providers/{id}/sources/{sourceId}/token',
    tags: TAG,
    summary: 'Makes its token, which appears here and never again; the one before opens nothing any more',
    request: { params: one },
    responses: { 201: answers('The token', z.object({ id: z.string(), token: z.string() })), ...problems },
  }),
} as const;

/** Adds the routes of a tenant's sources. */
export function addProviderSourceRoutes(api: AdminApi, services: Services): void {
  api.openapi(routes.list, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    return context.json({ items: tenant.settings.sources ?? [] }, 200);
  });
  api.openapi(routes.add, async (context) =>
    context.json(await addSource(services, context.req.valid('param').id, context.req.valid('json')), 201),
  );
  api.openapi(routes.change, async (context) => {
    const { id: tenantId, sourceId } = context.req.valid('param');
    return context.json(await changeSource(services, tenantId, { ...context.req.valid('json'), id: sourceId }), 200);
  });
  api.openapi(routes.remove, async (context) => {
    const { id: tenantId, sourceId } = context.req.valid('param');
    if (await removeSource(services, tenantId, sourceId)) return context.body(null, 204);
    throw new LockstepError('notFound', `there is no source ${JSON.stringify(sourceId)}`);
  });
  api.openapi(routes.token, async (context) => {
    const { id: tenantId, sourceId } = context.req.valid('param');
    const made = await issueSourceToken(services, tenantId, sourceId);
    return context.json({ id: made.id, token: made.text }, 201);
  });
}
