import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { credentialFields, newCredential, readNewCredential, showCredential, timeOrNull } from './credential-shape.ts';
import { requireTenant } from './provider-routes.ts';
import { answers, itemsOf, problems, takes } from './shapes.ts';

const tokenSchema = z.object({ ...credentialFields, revokedAt: z.string().nullable() });

const id = z.object({ id: z.string() });

const list = createRoute({
  method: 'get',
  path: '/providers/{id}/tokens',
  tags: ['providers'],
  summary: 'Tokens of a tenant, without themselves',
  request: { params: id },
  responses: { 200: answers('Tokens', itemsOf(tokenSchema)), ...problems },
});

const create = createRoute({
  method: 'post',
  path: '/providers/{id}/tokens',
  tags: ['providers'],
  summary: 'Makes a token; it appears here and never again',
  request: { params: id, body: takes(newCredential) },
  responses: { 201: answers('The token', z.object({ id: z.string(), token: z.string() })), ...problems },
});

const revoke = createRoute({
  method: 'delete',
  path: '/providers/{id}/tokens/{tokenId}',
  tags: ['providers'],
  summary: 'Revokes a token at once',
  request: { params: id.extend({ tokenId: z.string() }) },
  responses: { 204: { description: 'It opens nothing any more' }, ...problems },
});

/** Adds the routes of tokens. */
export function addTokenRoutes(api: AdminApi, services: Services): void {
  const { admin } = services.provider;

  api.openapi(list, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    const items = (await admin.tokens(tenant.id)).map((token) => ({
      ...showCredential(token),
      revokedAt: timeOrNull(token.revokedMs),
    }));
    return context.json({ items }, 200);
  });

  api.openapi(create, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    const token = await admin.issueToken(tenant.id, readNewCredential(context.req.valid('json')));
    return context.json({ id: token.id, token: token.text }, 201);
  });

  api.openapi(revoke, async (context) => {
    const { id: tenantId, tokenId } = context.req.valid('param');
    const tenant = await requireTenant(services, tenantId);
    if (await admin.revokeToken(tenant.id, tokenId)) return context.body(null, 204);
    throw new LockstepError('notFound', `the provider has no token ${JSON.stringify(tokenId)}`);
  });
}
