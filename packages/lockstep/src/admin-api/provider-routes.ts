import { createRoute } from '@hono/zod-openapi';
import { type AppId, profiles } from '@lockstep/gallery';
import type { Tenant } from '@lockstep/provider';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import { scimUrl } from '../server/scim-url.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { answers, itemsOf, limitOf, problems, takes, timeText } from './shapes.ts';

/** A tenant of the receiving side. */
interface ProviderShape {
  readonly id: string;
  readonly profile: string;
  readonly title: string;
  readonly dialect: 'lenient' | 'strict';
  readonly allowedAddresses: readonly string[];
  /** Role names of an app that keeps a list of its own. */
  readonly roleNames?: readonly string[];
  readonly scimUrl: string;
  readonly createdAt: string;
}

interface CountedProvider extends ProviderShape {
  readonly users: number;
  readonly groups: number;
}

const profileIds = Object.keys(profiles) as [AppId, ...AppId[]]; // the keys of the record

const dialect = z.enum(['lenient', 'strict']);
const addresses = z.array(z.string().min(1).max(100)).max(1_000);

const providerFields = {
  id: z.string(),
  profile: z.string(),
  title: z.string(),
  dialect,
  allowedAddresses: z.array(z.string()),
  roleNames: optionalKey(z.array(z.string())),
  scimUrl: z.string(),
  createdAt: z.string(),
};
const providerSchema: z.ZodType<ProviderShape> = z.object(providerFields);
const countedSchema: z.ZodType<CountedProvider> = z.object({
  ...providerFields,
  users: z.number(),
  groups: z.number(),
});
const createdSchema: z.ZodType<ProviderShape & { readonly token: string }> = z.object({
  ...providerFields,
  token: z.string(),
});

const newProvider = z.strictObject({
  profile: z.enum(profileIds),
  title: z.string().min(1).max(200),
  dialect: optionalKey(dialect),
  allowedAddresses: optionalKey(addresses),
  id: optionalKey(z.string()),
});

const providerChange = z.strictObject({
  title: optionalKey(z.string().min(1).max(200)),
  dialect: optionalKey(dialect),
  allowedAddresses: optionalKey(addresses),
  roleNames: optionalKey(z.array(z.string().regex(/^\S+$/, 'role names hold no spaces')).max(1_000)),
});

const eventSchema = z.object({
  entry: z.number(),
  at: z.string(),
  kind: z.string(),
  type: z.string(),
  resourceId: z.string(),
  otherId: z.string().nullable(),
});

const id = z.object({ id: z.string() });

const create = createRoute({
  method: 'post',
  path: '/providers',
  tags: ['providers'],
  summary: 'Makes a tenant of the receiving side; the token appears here and never again',
  request: { body: takes(newProvider) },
  responses: { 201: answers('The tenant with its token', createdSchema), ...problems },
});

const list = createRoute({
  method: 'get',
  path: '/providers',
  tags: ['providers'],
  summary: 'Tenants in order of creation',
  request: { query: z.object({ after: optionalKey(z.string()), limit: limitOf(100, 1_000) }) },
  responses: { 200: answers('Tenants', itemsOf(providerSchema)), ...problems },
});

const read = createRoute({
  method: 'get',
  path: '/providers/{id}',
  tags: ['providers'],
  summary: 'One tenant, with how many users and groups it has',
  request: { params: id },
  responses: { 200: answers('The tenant', countedSchema), ...problems },
});

const change = createRoute({
  method: 'patch',
  path: '/providers/{id}',
  tags: ['providers'],
  summary: 'Changes a tenant',
  request: { params: id, body: takes(providerChange) },
  responses: { 200: answers('The tenant', providerSchema), ...problems },
});

const remove = createRoute({
  method: 'delete',
  path: '/providers/{id}',
  tags: ['providers'],
  summary: 'Deletes a tenant with its tokens and everything in it',
  request: { params: id },
  responses: { 204: { description: 'It is gone' }, ...problems },
});

const events = createRoute({
  method: 'get',
  path: '/providers/{id}/events',
  tags: ['providers'],
  summary:
    'What happened in a tenant, in order, oldest first; next is the entry to go on after, also when nothing is new',
  request: {
    params: id,
    query: z.object({ after: z.coerce.number().int().min(0).default(0), limit: limitOf(100, 1_000) }),
  },
  responses: { 200: answers('Entries', itemsOf(eventSchema)), ...problems },
});

const deviations = createRoute({
  method: 'get',
  path: '/providers/{id}/deviations',
  tags: ['providers'],
  summary: 'Deviations from the protocol that clients made and that were accepted, by token and rule',
  request: { params: id },
  responses: {
    200: answers('Counts', itemsOf(z.object({ tokenId: z.string(), rule: z.string(), count: z.number() }))),
    ...problems,
  },
});

/** Adds the routes of tenants. */
export function addProviderRoutes(api: AdminApi, services: Services): void {
  const { provider, store } = services;
  const { admin } = provider;

  api.openapi(create, async (context) => {
    const { tenant, token } = await admin.create(context.req.valid('json'));
    return context.json({ ...toShape(tenant, services), token: token.text }, 201);
  });

  api.openapi(list, async (context) => {
    const { after, limit } = context.req.valid('query');
    const tenants = await store.tenants.listTenants({ limit, ...(after === undefined ? {} : { after }) });
    const last = tenants.length < limit ? undefined : tenants.at(-1)?.id;
    const items = tenants.map((tenant) => toShape(tenant, services));
    return context.json({ items, ...(last === undefined ? {} : { next: last }) }, 200);
  });

  api.openapi(read, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    const [users, groups] = await Promise.all([
      store.realms.count(tenant.realm, 'User'),
      store.realms.count(tenant.realm, 'Group'),
    ]);
    return context.json({ ...toShape(tenant, services), users, groups }, 200);
  });

  api.openapi(change, async (context) => {
    const before = await requireTenant(services, context.req.valid('param').id);
    const { roleNames, ...rest } = context.req.valid('json');
    const settings = roleNames === undefined ? {} : { settings: { ...before.settings, roleNames } };
    const tenant = await admin.update(before.id, { ...rest, ...settings });
    return context.json(toShape(tenant ?? before, services), 200);
  });

  api.openapi(remove, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    await admin.delete(tenant.id);
    return context.body(null, 204);
  });

  api.openapi(events, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    const { after, limit } = context.req.valid('query');
    const entries = await store.realms.feed(tenant.realm, after, limit);
    const items = entries.map(({ atMs, ...entry }) => ({ ...entry, at: timeText(atMs) }));
    return context.json({ items, next: String(entries.at(-1)?.entry ?? after) }, 200);
  });

  api.openapi(deviations, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    await provider.flush();
    return context.json({ items: await store.tenants.deviations(tenant.id) }, 200);
  });
}

/** @throws {LockstepError} `notFound` */
export async function requireTenant(services: Services, id: string): Promise<Tenant> {
  const tenant = await services.store.tenants.findTenant(id);
  if (tenant !== undefined) return tenant;
  throw new LockstepError('notFound', `there is no provider ${JSON.stringify(id)}`);
}

function toShape(tenant: Tenant, services: Services): ProviderShape {
  const { roleNames } = tenant.settings;
  return {
    id: tenant.id,
    profile: tenant.profile,
    title: tenant.title,
    dialect: tenant.dialect,
    allowedAddresses: tenant.allowedAddresses,
    ...(roleNames === undefined ? {} : { roleNames }),
    scimUrl: scimUrl(services.publicUrl(), tenant),
    createdAt: timeText(tenant.createdMs),
  };
}
