import { createRoute } from '@hono/zod-openapi';
import type { GroupView } from '@lockstep/provider';
import type { Member } from '@lockstep/provider/ports';
import type { JsonObject } from '@lockstep/scim';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { requireTenant } from './provider-routes.ts';
import { answers, itemsOf, jsonSchema, limitOf, problems, timeText } from './shapes.ts';

/** A group that a directory sent. */
export interface ProviderGroupShape extends Omit<GroupView, 'createdMs' | 'modifiedMs'> {
  readonly createdAt: string;
  readonly modifiedAt: string;
}

/** The form of a group. */
export const providerGroupSchema: z.ZodType<ProviderGroupShape> = z.object({
  id: z.string(),
  displayName: z.string(),
  externalId: z.string().nullable(),
  resource: jsonSchema as z.ZodType<unknown> as z.ZodType<JsonObject>,
  members: z.number(),
  hasMoreMembers: z.boolean(),
  createdAt: z.string(),
  modifiedAt: z.string(),
});

/** The form of a member. */
export const providerMemberSchema: z.ZodType<Member> = z.object({
  id: z.string(),
  type: z.string(),
  display: z.string().nullable(),
});

const params = z.object({ id: z.string(), groupId: z.string() });
const place = { after: optionalKey(z.string()), limit: limitOf(100, 400) };
const TAG = ['providers'];

const routes = {
  list: createRoute({
    method: 'get',
    path: '/providers/{id}/groups',
    tags: TAG,
    summary: 'Groups that directories sent, with how many members; search is the beginning of the name',
    request: {
      params: z.object({ id: z.string() }),
      query: z.object({ ...place, search: optionalKey(z.string().max(200)) }),
    },
    responses: { 200: answers('Groups', itemsOf(providerGroupSchema)), ...problems },
  }),
  read: createRoute({
    method: 'get',
    path: '/providers/{id}/groups/{groupId}',
    tags: TAG,
    summary: 'One group that a directory sent',
    request: { params },
    responses: { 200: answers('The group', providerGroupSchema), ...problems },
  }),
  members: createRoute({
    method: 'get',
    path: '/providers/{id}/groups/{groupId}/members',
    tags: TAG,
    summary: 'Direct members of a group, those who joined first at the beginning',
    request: { params, query: z.object(place) },
    responses: { 200: answers('Members', itemsOf(providerMemberSchema)), ...problems },
  }),
} as const;

/** Adds the routes of a tenant's groups. */
export function addProviderGroupRoutes(api: AdminApi, services: Services): void {
  const { admin } = services.provider;

  api.openapi(routes.list, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    const { items, next } = await admin.groups(tenant.id, context.req.valid('query'));
    return context.json({ items: items.map(toShape), ...(next === undefined ? {} : { next }) }, 200);
  });

  api.openapi(routes.read, async (context) => {
    const { id, groupId } = context.req.valid('param');
    return context.json(toShape(await requireGroup(services, id, groupId)), 200);
  });

  api.openapi(routes.members, async (context) => {
    const { id, groupId } = context.req.valid('param');
    await requireGroup(services, id, groupId);
    return context.json(await admin.groupMembers(id, groupId, context.req.valid('query')), 200);
  });
}

/** @throws {LockstepError} `notFound` */
async function requireGroup(services: Services, id: string, groupId: string): Promise<GroupView> {
  const tenant = await requireTenant(services, id);
  const found = await services.provider.admin.group(tenant.id, groupId);
  if (found !== undefined) return found;
  throw new LockstepError('notFound', `there is no group ${JSON.stringify(groupId)}`);
}

function toShape({ createdMs, modifiedMs, ...rest }: GroupView): ProviderGroupShape {
  return { ...rest, createdAt: timeText(createdMs), modifiedAt: timeText(modifiedMs) };
}
