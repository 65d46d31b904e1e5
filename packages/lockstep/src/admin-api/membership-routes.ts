import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { answers, itemsOf, limitOf, problems, takes } from './shapes.ts';

const key = z.object({ key: z.string().max(1_000) });
const names = z.array(z.string().min(1).max(1_000)).max(1_000).default([]);

const list = createRoute({
  method: 'get',
  path: '/directory/groups/{key}/members',
  tags: ['directory'],
  summary: 'Direct members of a group, oldest first',
  request: { params: key, query: z.object({ after: optionalKey(z.string()), limit: limitOf(100, 1_000) }) },
  responses: {
    200: answers(
      'Members',
      itemsOf(z.object({ objectId: z.string(), type: z.string(), displayName: z.string().nullable() })),
    ),
    ...problems,
  },
});

const change = createRoute({
  method: 'post',
  path: '/directory/groups/{key}/members',
  tags: ['directory'],
  summary: 'Adds and removes members, named like anybody; what is so already changes nothing',
  request: { params: key, body: takes(z.strictObject({ add: names, remove: names })) },
  responses: { 200: answers('Whether something changed', z.object({ isChanged: z.boolean() })), ...problems },
});

/** Adds the routes of group members. */
export function addMembershipRoutes(api: AdminApi, services: Services): void {
  const { directory } = services;

  api.openapi(list, async (context) => {
    const { objectId } = await directory.find('Group', context.req.valid('param').key);
    const { after, limit } = context.req.valid('query');
    const members = await directory.members(objectId, { limit, ...(after === undefined ? {} : { after }) });
    const items = members.map(({ id, type, display }) => ({ objectId: id, type, displayName: display }));
    const last = members.length < limit ? undefined : members.at(-1)?.id;
    return context.json({ items, ...(last === undefined ? {} : { next: last }) }, 200);
  });

  api.openapi(change, async (context) => {
    const { objectId } = await directory.find('Group', context.req.valid('param').key);
    const { add, remove } = context.req.valid('json');
    const [added, removed] = await Promise.all([idsOf(services, add), idsOf(services, remove)]);
    return context.json({ isChanged: await directory.changeMembers(objectId, { add: added, remove: removed }) }, 200);
  });
}

async function idsOf(services: Services, asked: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(asked.map((name) => services.directory.findPrincipal(name)));
  return found.map(({ objectId }) => objectId);
}
