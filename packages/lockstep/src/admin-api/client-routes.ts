import { createRoute } from '@hono/zod-openapi';
import type { TokenScope } from '@lockstep/provider';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import { scimUrl } from '../server/scim-url.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { requireTenant } from './provider-routes.ts';
import { answers, itemsOf, problems, takes, timeText } from './shapes.ts';

const scopes: readonly [TokenScope, ...TokenScope[]] = ['read', 'create', 'update', 'delete'];

const clientSchema = z.object({
  id: z.string(),
  label: z.string(),
  scopes: z.array(z.enum(scopes)),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});

const newClient = z.strictObject({
  label: optionalKey(z.string().min(1).max(200)),
  scopes: optionalKey(z.array(z.enum(scopes)).min(1)),
  expiresAt: optionalKey(z.iso.datetime({ offset: true })),
});

const id = z.object({ id: z.string() });

const list = createRoute({
  method: 'get',
  path: '/providers/{id}/clients',
  tags: ['providers'],
  summary: 'OAuth clients of a tenant, without their secrets',
  request: { params: id },
  responses: { 200: answers('Clients', itemsOf(clientSchema)), ...problems },
});

const create = createRoute({
  method: 'post',
  path: '/providers/{id}/clients',
  tags: ['providers'],
  summary: 'Makes an OAuth client; its secret appears here and never again',
  request: { params: id, body: takes(newClient) },
  responses: {
    201: answers('The client', z.object({ clientId: z.string(), clientSecret: z.string(), tokenUrl: z.string() })),
    ...problems,
  },
});

const remove = createRoute({
  method: 'delete',
  path: '/providers/{id}/clients/{clientId}',
  tags: ['providers'],
  summary: 'Removes a client; its access tokens end at once',
  request: { params: id.extend({ clientId: z.string() }) },
  responses: { 204: { description: 'It opens nothing any more' }, ...problems },
});

/** Adds the routes of OAuth clients. */
export function addClientRoutes(api: AdminApi, services: Services): void {
  const { admin } = services.provider;

  api.openapi(list, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    const items = (await admin.clients(tenant.id)).map((client) => ({
      id: client.id,
      label: client.label,
      scopes: [...client.scopes],
      createdAt: timeText(client.createdMs),
      expiresAt: client.expiresMs === null ? null : timeText(client.expiresMs),
      lastUsedAt: client.lastUsedMs === null ? null : timeText(client.lastUsedMs),
    }));
    return context.json({ items }, 200);
  });

  api.openapi(create, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    const { expiresAt, ...asked } = context.req.valid('json');
    const client = await admin.issueClient(tenant.id, {
      ...asked,
      ...(expiresAt === undefined ? {} : { expiresMs: Date.parse(expiresAt) }),
    });
    const base = scimUrl(services.publicUrl(), tenant).replace(/\/$/, '');
    return context.json({ clientId: client.id, clientSecret: client.secret, tokenUrl: `${base}/oauth/token` }, 201);
  });

  api.openapi(remove, async (context) => {
    const { id: tenantId, clientId } = context.req.valid('param');
    const tenant = await requireTenant(services, tenantId);
    if (await admin.removeClient(tenant.id, clientId)) return context.body(null, 204);
    throw new LockstepError('notFound', `the provider has no client ${JSON.stringify(clientId)}`);
  });
}
