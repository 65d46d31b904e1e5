import { createRoute } from '@hono/zod-openapi';
import type { Link, ObjectType } from '@lockstep/engine/ports';
import { z } from 'zod';
import type { DirectoryType } from '../directory/directory-schema.ts';
import { searchFilter } from '../directory/search-filter.ts';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { answers, itemsOf, limitOf, problems } from './shapes.ts';

/** A person or group and its account in the app. */
export interface LinkShape {
  readonly objectId: string;
  /** `null` when the directory has the object no longer. */
  readonly displayName: string | null;
  readonly targetId: string;
  /** What the account is called in the app, as last sent or read. */
  readonly account: string | null;
  /** `released`: no longer managed after unassignment, and taken up again when the person returns (rule D4). */
  readonly state: 'managed' | 'released';
}

/** The form of a link. */
export const linkSchema: z.ZodType<LinkShape> = z.object({
  objectId: z.string(),
  displayName: z.string().nullable(),
  targetId: z.string(),
  account: z.string().nullable(),
  state: z.enum(['managed', 'released']),
});

/** Hits of a search in the directory whose links are looked up. */
const SEARCH_MAX = 200;

const list = createRoute({
  method: 'get',
  path: '/apps/{app}/links',
  tags: ['apps'],
  summary:
    'People or groups with their accounts in the app; found by the beginning of a name, or by the id of the account',
  request: {
    params: z.object({ app: z.string().max(200) }),
    query: z.object({
      object: z.enum(['user', 'group']).default('user'),
      search: optionalKey(z.string().max(200)),
      after: optionalKey(z.string().max(200)),
      limit: limitOf(50, 500),
    }),
  },
  responses: { 200: answers('Links', itemsOf(linkSchema)), ...problems },
});

const one = { app: z.string().max(200), id: z.string().max(1_000) };

const show = createRoute({
  method: 'get',
  path: '/apps/{app}/links/{id}',
  tags: ['apps'],
  summary: 'The link of a person or group, by their id, the id of the account, or the name of the person',
  request: { params: z.object(one) },
  responses: { 200: answers('The link', linkSchema), ...problems },
});

const remove = createRoute({
  method: 'delete',
  path: '/apps/{app}/links/{id}',
  tags: ['apps'],
  summary:
    'Breaks a link while the app is paused; person and account stay as they are, and the next cycle matches them anew',
  request: { params: z.object(one) },
  responses: { 204: { description: 'There is no such link any more' }, ...problems },
});

/** Adds the routes of links. */
export function addLinkRoutes(api: AdminApi, services: Services): void {
  const { apps, directory, jobs, store } = services;

  const search = async (jobId: string, object: ObjectType, text: string): Promise<readonly Link[]> => {
    const type = typeOf(object);
    const filter = searchFilter(type, { search: text }) ?? '';
    const { entries } = await directory.list(type, { startIndex: 1, count: SEARCH_MAX, filter });
    const ids = entries.map(({ objectId }) => objectId);
    const found = [...(await store.engine.links(jobId, object, ids)).values()];
    const byAccount = await store.engine.linkByTarget(jobId, object, text);
    const isNew = byAccount !== undefined && !ids.includes(byAccount.sourceId);
    return isNew ? [byAccount, ...found] : found;
  };

  /** By the id of the person or group, then of the account, then by the name of a person (Entra tries source, then target). */
  const find = async (jobId: string, id: string): Promise<Link | undefined> => {
    const [user, group] = [
      await store.engine.links(jobId, 'user', [id]),
      await store.engine.links(jobId, 'group', [id]),
    ];
    const bySource = user.get(id) ?? group.get(id);
    if (bySource !== undefined) return bySource;
    for (const objectType of ['user', 'group'] as const) {
      const byTarget = await store.engine.linkByTarget(jobId, objectType, id);
      if (byTarget !== undefined) return byTarget;
    }
    const entry = await directory.find('User', id).catch(() => undefined);
    return entry === undefined
      ? undefined
      : (await store.engine.links(jobId, 'user', [entry.objectId])).get(entry.objectId);
  };

  api.openapi(show, async (context) => {
    const { app, id } = context.req.valid('param');
    const link = await find((await apps.find(app)).id, id);
    if (link === undefined) throw new LockstepError('notFound', `the app has no link of ${JSON.stringify(id)}`);
    const entry = await directory.get(typeOf(link.objectType), link.sourceId);
    return context.json(showLink(link, entry?.attributes), 200);
  });

  api.openapi(remove, async (context) => {
    const { app, id } = context.req.valid('param');
    const { id: appId } = await apps.find(app);
    const link = await find(appId, id);
    if (link !== undefined) await jobs.breakLink(appId, link);
    return context.body(null, 204);
  });

  api.openapi(list, async (context) => {
    const { id } = await apps.find(context.req.valid('param').app);
    const { object, search: text, limit, ...from } = context.req.valid('query');
    const isSearch = text !== undefined && text.trim() !== '';
    const links = isSearch
      ? await search(id, object, text.trim())
      : await store.engine.linkPage(id, object, { ...from, limit });
    const items = await Promise.all(
      links.map(async (link) => showLink(link, (await directory.get(typeOf(object), link.sourceId))?.attributes)),
    );
    const last = isSearch || links.length < limit ? undefined : links.at(-1)?.sourceId;
    return context.json(last === undefined ? { items } : { items, next: last }, 200);
  });
}

function typeOf(object: ObjectType): DirectoryType {
  return object === 'user' ? 'User' : 'Group';
}

function showLink({ sourceId, targetId, view, state }: Link, attributes: Link['view'] = {}): LinkShape {
  const account = view['userName'] ?? view['displayName'];
  const name = attributes['displayName'];
  return {
    objectId: sourceId,
    displayName: typeof name === 'string' ? name : null,
    targetId,
    account: typeof account === 'string' ? account : null,
    state,
  };
}
