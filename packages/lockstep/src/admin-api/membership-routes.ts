import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { answers, type Items, itemsOf, limitOf, problems, takes } from './shapes.ts';

const key = z.object({ key: z.string().max(1_000) });
const page = z.object({ after: optionalKey(z.string()), limit: limitOf(100, 1_000) });
const names = z.array(z.string().min(1).max(1_000)).max(1_000).default([]);

const list = createRoute({
  method: 'get',
  path: '/directory/groups/{key}/members',
  tags: ['directory'],
  summary: 'Direct members of a group, oldest first',
  request: { params: key, query: page },
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

const referenceSchema = z.object({ objectId: z.string(), displayName: z.string().nullable() });
const inner = createRoute({
  method: 'get',
  path: '/directory/groups/{key}/groups',
  tags: ['directory'],
  summary: 'Groups that are direct members of a group, oldest first',
  request: { params: key, query: page },
  responses: { 200: answers('Groups', itemsOf(referenceSchema)), ...problems },
});

/** Somebody who is in a group only by groups within it. */
export interface InheritedShape {
  readonly objectId: string;
  readonly displayName: string | null;
  readonly through: readonly { readonly objectId: string; readonly displayName: string | null }[];
}

const inheritedSchema: z.ZodType<InheritedShape> = referenceSchema.extend({ through: z.array(referenceSchema) });

const inherited = createRoute({
  method: 'get',
  path: '/directory/groups/{key}/inherited',
  tags: ['directory'],
  summary: 'People who are in a group by groups within it alone, at most 20 levels deep, with those groups',
  request: { params: key, query: page },
  responses: { 200: answers('People', itemsOf(inheritedSchema)), ...problems },
});

/** Adds the routes of group members. */
export function addMembershipRoutes(api: AdminApi, services: Services): void {
  const { directory } = services;

  api.openapi(list, async (context) => {
    const { objectId } = await directory.find('Group', context.req.valid('param').key);
    const asked = context.req.valid('query');
    const members = await directory.members(objectId, asked);
    const items = members.map(({ id, type, display }) => ({ objectId: id, type, displayName: display }));
    return context.json(pageOf(items, asked.limit), 200);
  });

  api.openapi(inner, async (context) => {
    const { objectId } = await directory.find('Group', context.req.valid('param').key);
    const asked = context.req.valid('query');
    return context.json(pageOf([...(await directory.innerGroups(objectId, asked))], asked.limit), 200);
  });

  api.openapi(inherited, async (context) => {
    const { objectId } = await directory.find('Group', context.req.valid('param').key);
    const asked = context.req.valid('query');
    return context.json(pageOf([...(await directory.inheritedMembers(objectId, asked))], asked.limit), 200);
  });

  api.openapi(change, async (context) => {
    const { objectId } = await directory.find('Group', context.req.valid('param').key);
    const { add, remove } = context.req.valid('json');
    const [added, removed] = await idsOf(services, { add, remove });
    return context.json({ isChanged: await directory.changeMembers(objectId, { add: added, remove: removed }) }, 200);
  });
}

/** A page that is full may have another behind it. */
function pageOf<T extends { readonly objectId: string }>(items: readonly T[], limit: number): Items<T> {
  const last = items.length < limit ? undefined : items.at(-1)?.objectId;
  return { items, ...(last === undefined ? {} : { next: last }) };
}

/** @throws {LockstepError} naming every name that is nobody's, or that several have */
async function idsOf(
  { directory }: Services,
  asked: { readonly add: readonly string[]; readonly remove: readonly string[] },
): Promise<readonly [add: readonly string[], remove: readonly string[]]> {
  const faults: { readonly error: LockstepError; readonly place: string }[] = [];
  const find = async (name: string, place: string): Promise<string> => {
    try {
      return (await directory.findPrincipal(name)).objectId;
    } catch (error) {
      if (!(error instanceof LockstepError)) throw error;
      faults.push({ error, place });
      return '';
    }
  };
  const [add, remove] = await Promise.all([
    Promise.all(asked.add.map((name, at) => find(name, `add[${at}]`))),
    Promise.all(asked.remove.map((name, at) => find(name, `remove[${at}]`))),
  ]);
  const [first] = faults;
  if (first === undefined) return [add, remove];
  const issues = faults.map(({ error, place }) => ({ place, message: error.message }));
  const hint = 'No member was added or removed; mend the names and send the list again.';
  throw new LockstepError(first.error.code, first.error.message, { issues, hint });
}
