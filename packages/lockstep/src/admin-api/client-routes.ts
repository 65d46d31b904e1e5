import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import { scimUrl } from '../server/scim-url.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { credentialFields, newCredential, readNewCredential, showCredential } from './credential-shape.ts';
import { requireTenant } from './provider-routes.ts';
import { answers, itemsOf, problems, takes } from './shapes.ts';

const clientSchema = z.object(credentialFields);

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
  request: { params: id, body: takes(newCredential) },
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
    const items = (await admin.clients(tenant.id)).map(showCredential);
    return context.json({ items }, 200);
  });

  api.openapi(create, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    const client = await admin.issueClient(tenant.id, readNewCredential(context.req.valid('json')));
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
