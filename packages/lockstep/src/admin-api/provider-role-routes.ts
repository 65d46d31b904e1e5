import { createRoute } from '@hono/zod-openapi';
import type { RolePreview, RoleTable } from '@lockstep/provider';
import { z } from 'zod';
import { letsThrough, tagOfText } from '../entity-tag.ts';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { requireTenant } from './provider-routes.ts';
import { answers, itemsOf, limitOf, problems, takes } from './shapes.ts';

const id = z.object({ id: z.string() });
const TAG = ['providers'];
const text = z.string().min(1).max(200);

/** Roles of a tenant with the table that leads to them. */
export const roleTableSchema: z.ZodType<RoleTable> = z.strictObject({
  roles: z
    .array(z.strictObject({ name: text, title: optionalKey(z.string().max(200)), isAdministrator: z.boolean() }))
    .max(1_000),
  rules: z.array(z.strictObject({ value: text, roles: z.array(text).max(100) })).max(1_000),
});

/** What one account has and would get. */
export const rolePreviewSchema: z.ZodType<RolePreview> = z.object({
  id: z.string(),
  userName: z.string(),
  isActive: z.boolean(),
  values: z.array(z.string()),
  before: z.array(z.string()),
  after: z.array(z.string()),
  unknown: z.array(z.string()),
  administratesBefore: z.boolean(),
  administratesAfter: z.boolean(),
});

const routes = {
  show: createRoute({
    method: 'get',
    path: '/providers/{id}/roles',
    tags: TAG,
    summary:
      "Roles of a tenant, and which of a directory's role values become them; the ETag goes into If-Match of a change",
    request: { params: id },
    responses: { 200: answers('Roles and rules', roleTableSchema), ...problems },
  }),
  save: createRoute({
    method: 'put',
    path: '/providers/{id}/roles',
    tags: TAG,
    summary: 'Replaces roles and rules; refused when nobody would administrate the tenant any more',
    request: { params: id, body: takes(roleTableSchema) },
    responses: { 200: answers('Roles and rules', roleTableSchema), ...problems },
  }),
  preview: createRoute({
    method: 'post',
    path: '/providers/{id}/roles/preview',
    tags: TAG,
    summary: 'Who has which roles, and would get which by another table; next is given back as after to go on',
    request: {
      params: id,
      query: z.object({
        after: optionalKey(z.string()),
        search: optionalKey(z.string().min(1).max(200)).describe(
          'Beginning of the user name; also finds who has no role',
        ),
        limit: limitOf(100, 1_000),
      }),
      body: takes(z.strictObject({ table: optionalKey(roleTableSchema) })),
    },
    responses: { 200: answers('Accounts that have role values', itemsOf(rolePreviewSchema)), ...problems },
  }),
} as const;

/** Adds the routes of a tenant's roles. */
export function addProviderRoleRoutes(api: AdminApi, services: Services): void {
  const { admin } = services.provider;
  api.openapi(routes.show, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    const table = await admin.roleTable(tenant.id);
    context.header('etag', tableTag(table));
    return context.json(table, 200);
  });
  api.openapi(routes.save, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    const ifMatch = context.req.header('if-match');
    const saved = await admin.saveRoles(tenant.id, context.req.valid('json'), (current) => {
      if (letsThrough(ifMatch, tableTag(current))) return;
      const hint = 'Read them again and make the change once more.';
      throw new LockstepError('outdated', 'the roles have been changed meanwhile', { hint });
    });
    context.header('etag', tableTag(saved));
    return context.json(saved, 200);
  });
  api.openapi(routes.preview, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    const { table } = context.req.valid('json');
    return context.json(await admin.previewRoles(tenant.id, table, context.req.valid('query')), 200);
  });
}

function tableTag(table: RoleTable): string {
  return tagOfText(JSON.stringify(table));
}
