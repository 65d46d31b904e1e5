import { createRoute } from '@hono/zod-openapi';
import type { TokenScope } from '@lockstep/provider';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { requireTenant } from './provider-routes.ts';
import { answers, itemsOf, problems, takes, timeText } from './shapes.ts';

const scopes: readonly [TokenScope, ...TokenScope[]] = ['read', 'create', 'update', 'delete'];

const tokenSchema = z.object({
  id: z.string(),
  label: z.string(),
  scopes: z.array(z.enum(scopes)),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});

const newToken = z.strictObject({
  label: optionalKey(z.string().min(1).max(200)),
  scopes: optionalKey(z.array(z.enum(scopes)).min(1)),
  expiresAt: optionalKey(z.iso.datetime({ offset: true })),
});

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
  request: { params: id, body: takes(newToken) },
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
      id: token.id,
      label: token.label,
      scopes: [...token.scopes],
      createdAt: timeText(token.createdMs),
      expiresAt: timeOrNull(token.expiresMs),
      revokedAt: timeOrNull(token.revokedMs),
      lastUsedAt: timeOrNull(token.lastUsedMs),
    }));
    return context.json({ items }, 200);
  });

  api.openapi(create, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    const { expiresAt, ...asked } = context.req.valid('json');
    const token = await admin.issueToken(tenant.id, {
      ...asked,
      ...(expiresAt === undefined ? {} : { expiresMs: Date.parse(expiresAt) }),
    });
    return context.json({ id: token.id, token: token.text }, 201);
  });

  api.openapi(revoke, async (context) => {
    const { id: tenantId, tokenId } = context.req.valid('param');
    const tenant = await requireTenant(services, tenantId);
    if (await admin.revokeToken(tenant.id, tokenId)) return context.body(null, 204);
    throw new LockstepError('notFound', `the provider has no token ${JSON.stringify(tokenId)}`);
  });
}

function timeOrNull(ms: number | null): string | null {
  return ms === null ? null : timeText(ms);
}
