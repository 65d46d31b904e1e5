import { createRoute } from '@hono/zod-openapi';
import type { Link, ObjectType } from '@lockstep/engine/ports';
import { z } from 'zod';
import type { DirectoryType } from '../directory/directory-schema.ts';
import { searchFilter } from '../directory/search-filter.ts';
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

const linkSchema: z.ZodType<LinkShape> = z.object({
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

/** Adds the routes of links. */
export function addLinkRoutes(api: AdminApi, services: Services): void {
  const { apps, directory, store } = services;

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
