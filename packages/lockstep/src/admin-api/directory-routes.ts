import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { entryTag } from '../directory/directory-entry.ts';
import { type DirectoryType, directoryAttributes } from '../directory/directory-schema.ts';
import { faultAt, placeFaults } from '../directory/place-faults.ts';
import { searchFilter } from '../directory/search-filter.ts';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { attributesSchema, type EntryShape, entrySchema, showEntry } from './entry-shape.ts';
import { answers, flag, limitOf, problems, takes } from './shapes.ts';

const key = z.object({ key: z.string().max(1_000) });

/** An attribute people or groups may have. */
export interface DirectoryAttributeShape {
  readonly name: string;
  readonly type: string;
  readonly multiValued: boolean;
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly description: string;
  /** The only texts it may be; absent = any. */
  readonly values?: readonly string[];
}

const attributeSchema: z.ZodType<DirectoryAttributeShape> = z.object({
  name: z.string(),
  type: z.string(),
  multiValued: z.boolean(),
  required: z.boolean(),
  readOnly: z.boolean(),
  description: z.string(),
  values: optionalKey(z.array(z.string())),
});

const attributes = createRoute({
  method: 'get',
  path: '/directory/attributes',
  tags: ['directory'],
  summary: 'Attributes of people and groups; extension_... are possible besides',
  responses: {
    200: answers('Attributes', z.object({ users: z.array(attributeSchema), groups: z.array(attributeSchema) })),
    ...problems,
  },
});

const referenceSchema = z.object({ objectId: z.string(), displayName: z.string().nullable() });

/** A page of people or groups. */
export interface DirectoryPageShape {
  readonly total: number;
  readonly startIndex: number;
  readonly items: readonly EntryShape[];
  /** `after` for the next page; absent on the last. */
  readonly next?: string;
}

const pageSchema: z.ZodType<DirectoryPageShape> = z.object({
  total: z.number(),
  startIndex: z.number(),
  items: z.array(entrySchema),
  next: optionalKey(z.string()),
});

/** The routes of users or groups differ in their path and words alone. */
function routesOf(path: '/directory/users' | '/directory/groups', one: 'person' | 'group') {
  const tags = ['directory'];
  const how =
    one === 'person' ? 'objectId, sign-in name, mail, employeeId or display name' : 'objectId or display name';
  return {
    list: createRoute({
      method: 'get',
      path,
      tags,
      summary: `Lists by a filter in SCIM's language over Entra's attribute names`,
      request: {
        query: z.object({
          filter: optionalKey(z.string().max(8_192)),
          search: optionalKey(z.string().max(200)).describe('The beginning of a name or address'),
          state: optionalKey(z.enum(['enabled', 'disabled', 'deleted'])).describe('deleted = in the recycle bin'),
          startIndex: z.coerce.number().int().min(1).default(1),
          count: limitOf(100, 1_000),
          after: optionalKey(z.coerce.number().int().min(1)).describe(
            'next of the page before, in place of startIndex',
          ),
          limit: optionalKey(z.coerce.number().int().min(1).max(1_000)).describe('Another name of count'),
          withDeleted: flag,
        }),
      },
      responses: {
        200: answers('A page', pageSchema),
        ...problems,
      },
    }),
    create: createRoute({
      method: 'post',
      path,
      tags,
      summary: `Makes a ${one}`,
      request: { body: takes(attributesSchema) },
      responses: { 201: answers(`The ${one}`, entrySchema), ...problems },
    }),
    read: createRoute({
      method: 'get',
      path: `${path}/{key}`,
      tags,
      summary: `One ${one}, by ${how}; the ETag goes into If-Match of a change`,
      request: { params: key },
      responses: {
        200: answers(
          `The ${one} with its direct groups`,
          z.object({ entry: entrySchema, memberOf: z.array(referenceSchema) }),
        ),
        ...problems,
      },
    }),
    change: createRoute({
      method: 'patch',
      path: `${path}/{key}`,
      tags,
      summary: `Changes the attributes named; null clears one`,
      request: { params: key, body: takes(attributesSchema) },
      responses: { 200: answers(`The ${one}`, z.object({ entry: entrySchema, isChanged: z.boolean() })), ...problems },
    }),
    remove: createRoute({
      method: 'delete',
      path: `${path}/{key}`,
      tags,
      summary: `Puts a ${one} into the recycle bin, or with permanent=true deletes it for good`,
      request: { params: key, query: z.object({ permanent: flag }) },
      responses: { 204: { description: 'Done' }, ...problems },
    }),
    restore: createRoute({
      method: 'post',
      path: `${path}/{key}/restore`,
      tags,
      summary: `Takes a ${one} out of the recycle bin, by objectId`,
      request: { params: key },
      responses: { 200: answers(`The ${one}`, z.object({ isChanged: z.boolean() })), ...problems },
    }),
  };
}

/** Adds the routes of people and groups. */
export function addDirectoryRoutes(api: AdminApi, services: Services): void {
  api.openapi(attributes, (context) =>
    context.json({ users: describeAttributes('User'), groups: describeAttributes('Group') }, 200),
  );
  addEntryRoutes(api, services, { type: 'User', routes: routesOf('/directory/users', 'person') });
  addEntryRoutes(api, services, { type: 'Group', routes: routesOf('/directory/groups', 'group') });
}

function addEntryRoutes(
  api: AdminApi,
  services: Services,
  of: { readonly type: DirectoryType; readonly routes: ReturnType<typeof routesOf> },
): void {
  const { type, routes } = of;
  const { directory } = services;

  api.openapi(routes.list, async (context) => {
    const { after, limit, withDeleted, ...asked } = context.req.valid('query');
    const startIndex = after ?? asked.startIndex;
    const filter = searchFilter(type, asked);
    const page = { startIndex, count: limit ?? asked.count, withDeleted: withDeleted || asked.state === 'deleted' };
    const { total, entries } = await directory.list(type, { ...page, ...(filter === undefined ? {} : { filter }) });
    const next = startIndex + entries.length;
    const more = entries.length > 0 && next <= total ? { next: String(next) } : {};
    return context.json({ total, startIndex, items: entries.map(showEntry), ...more }, 200);
  });

  api.openapi(routes.create, async (context) => {
    const given = await withManager(services, type, context.req.valid('json'));
    const entry = await placeFaults(() => directory.create(type, given));
    context.header('etag', entryTag(entry));
    return context.json(showEntry(entry), 201);
  });

  api.openapi(routes.read, async (context) => {
    const entry = await directory.find(type, context.req.valid('param').key);
    const memberOf = await directory.memberOf(type, entry.objectId);
    context.header('etag', entryTag(entry));
    return context.json({ entry: showEntry(entry), memberOf: [...memberOf] }, 200);
  });

  api.openapi(routes.change, async (context) => {
    const { objectId } = await directory.find(type, context.req.valid('param').key);
    const changes = await withManager(services, type, context.req.valid('json'));
    const ifMatch = context.req.header('if-match');
    const { entry, isChanged } = await placeFaults(() => directory.update(type, objectId, changes, { ifMatch }));
    context.header('etag', entryTag(entry));
    return context.json({ entry: showEntry(entry), isChanged }, 200);
  });

  api.openapi(routes.remove, async (context) => {
    const { objectId } = await directory.find(type, context.req.valid('param').key);
    if (context.req.valid('query').permanent) await directory.delete(type, objectId);
    else await directory.softDelete(type, objectId);
    return context.body(null, 204);
  });

  api.openapi(routes.restore, async (context) => {
    const { key: objectId } = context.req.valid('param');
    return context.json({ isChanged: await placeFaults(() => directory.restore(type, objectId)) }, 200);
  });
}

/** A manager may be named like anybody; the directory keeps the objectId. */
async function withManager(
  services: Services,
  type: DirectoryType,
  changes: z.infer<typeof attributesSchema>,
): Promise<z.infer<typeof attributesSchema>> {
  const { manager } = changes;
  if (type !== 'User' || typeof manager !== 'string' || manager === '') return changes;
  try {
    return { ...changes, manager: (await services.directory.find('User', manager)).objectId };
  } catch (error) {
    if (error instanceof LockstepError) throw faultAt('manager', error.message, { cause: error });
    throw error;
  }
}

function describeAttributes(type: DirectoryType): z.infer<typeof attributeSchema>[] {
  return directoryAttributes(type).map((one) => ({
    name: one.name,
    type: one.type,
    multiValued: one.multiValued,
    required: one.required,
    readOnly: one.mutability === 'readOnly',
    description: one.description,
    ...(one.canonicalValues === undefined ? {} : { values: [...one.canonicalValues] }),
  }));
}
