import { createRoute } from '@hono/zod-openapi';
import { type AppId, type AppProfile, profiles } from '@lockstep/gallery';
import type { DeclaredExtension, DeclaredResourceType, RateLimit, Tenant, TenantSettings } from '@lockstep/provider';
import type { FeedEntry, FeedKind, RequestLogMode } from '@lockstep/provider/ports';
import { deviationFacts, isDeviation, type JsonObject } from '@lockstep/scim';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import { switchProvisioning } from '../portal/switch-provisioning.ts';
import { scimUrl } from '../server/scim-url.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { answers, itemsOf, limitOf, problems, takes, timeText } from './shapes.ts';

/** A tenant of the receiving side. */
export interface ProviderShape {
  readonly id: string;
  readonly profile: string;
  readonly title: string;
  readonly dialect: 'lenient' | 'strict';
  readonly allowedAddresses: readonly string[];
  /** Role names of an app that keeps a list of its own. */
  readonly roleNames?: readonly string[];
  /** Absent = no limit. */
  readonly rateLimit?: RateLimit;
  /** Which requests are kept; absent = as the server says. */
  readonly requestLog?: RequestLogMode;
  readonly extensions?: readonly DeclaredExtension[];
  readonly resourceTypes?: readonly DeclaredResourceType[];
  /** `off`: SCIM is refused until it is switched on. */
  readonly provisioning: 'on' | 'off';
  readonly scimUrl: string;
  readonly createdAt: string;
}

/** A provider with how many accounts and groups it holds. */
export interface CountedProvider extends ProviderShape {
  readonly users: number;
  readonly groups: number;
  /** Whether the app has groups over SCIM at all. */
  readonly hasGroups: boolean;
  /** Whether the app keeps roles: none, whatever comes, or those of a list. */
  readonly roleKind: AppProfile['roles']['kind'];
}

const profileIds = Object.keys(profiles) as [AppId, ...AppId[]]; // the keys of the record

const dialect = z.enum(['lenient', 'strict']);
const addresses = z.array(z.string().min(1).max(100)).max(1_000);

const rateLimit = z.strictObject({
  requestsPerSecond: z.number().positive().max(1_000_000),
  burst: z.number().int().min(1).max(1_000_000),
});

const requestLog = z.enum(['off', 'problems', 'all']);

/** A schema in the form of RFC 7643 §7; the provider reads it and says what is wrong with it. */
// The body was parsed from JSON, so its members are JSON.
const schema = z.looseObject({}) as z.ZodType<unknown> as z.ZodType<JsonObject>;
const extensions = z.array(
  z.strictObject({
    resourceType: z.string(),
    schema,
    required: optionalKey(z.boolean()),
    isLearnt: optionalKey(z.boolean()),
  }),
);
const resourceTypes = z.array(
  z.strictObject({ name: z.string(), endpoint: z.string(), description: optionalKey(z.string()), schema }),
);

const providerFields = {
  id: z.string(),
  profile: z.string(),
  title: z.string(),
  dialect,
  allowedAddresses: z.array(z.string()),
  roleNames: optionalKey(z.array(z.string())),
  rateLimit: optionalKey(rateLimit),
  requestLog: optionalKey(requestLog),
  extensions: optionalKey(extensions),
  resourceTypes: optionalKey(resourceTypes),
  provisioning: z.enum(['on', 'off']),
  scimUrl: z.string(),
  createdAt: z.string(),
};
const providerSchema: z.ZodType<ProviderShape> = z.object(providerFields);
const countedSchema: z.ZodType<CountedProvider> = z.object({
  ...providerFields,
  users: z.number(),
  groups: z.number(),
  hasGroups: z.boolean(),
  roleKind: z.enum(['none', 'as-sent', 'listed']),
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
  /** Default on. */
  provisioning: optionalKey(z.enum(['on', 'off'])),
});

const providerChange = z.strictObject({
  title: optionalKey(z.string().min(1).max(200)),
  dialect: optionalKey(dialect),
  allowedAddresses: optionalKey(addresses),
  roleNames: optionalKey(z.array(z.string().regex(/^\S+$/, 'role names hold no spaces')).max(1_000)),
  /** `null` takes the limit away. */
  rateLimit: optionalKey(rateLimit.nullable()),
  /** Which requests are kept; `null` = as the server says. */
  requestLog: optionalKey(requestLog.nullable()),
  /** Schemas beside those of the app; an empty list takes them away. */
  extensions: optionalKey(extensions),
  resourceTypes: optionalKey(resourceTypes),
  /** On is refused while the app asks for single sign-on first and it is not enforced. */
  provisioning: optionalKey(z.enum(['on', 'off'])),
});

/** One effect on a resource of a tenant. */
export interface EventShape {
  readonly entry: number;
  readonly at: string;
  readonly kind: FeedKind;
  readonly type: string;
  readonly resourceId: string;
  /** The member, for what happened to a membership. */
  readonly otherId: string | null;
}

const eventKinds = [
  'created',
  'updated',
  'activated',
  'deactivated',
  'deleted',
  'restored',
  'linked',
  'memberAdded',
  'memberRemoved',
  'assigned',
  'unassigned',
] as const satisfies readonly FeedKind[];

const eventSchema: z.ZodType<EventShape> = z.object({
  entry: z.number(),
  at: z.string(),
  kind: z.enum(eventKinds),
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
  summary: 'Tenants in order of creation; search is part of the title, or the id',
  request: {
    query: z.object({
      after: optionalKey(z.string()),
      search: optionalKey(z.string().min(1).max(200)),
      limit: limitOf(100, 1_000),
    }),
  },
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
    'What happened in a tenant. Oldest first, next is the entry to go on after, also when nothing is new; newest first, it is the entry to go on before, absent at the end',
  request: {
    params: id,
    query: z.object({
      order: z.enum(['oldest', 'newest']).default('oldest'),
      after: z.coerce.number().int().min(0).default(0),
      before: optionalKey(z.coerce.number().int().min(1)),
      limit: limitOf(100, 1_000),
    }),
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
    200: answers(
      'Counts',
      itemsOf(z.object({ tokenId: z.string(), rule: z.string(), count: z.number(), sentence: z.string() })),
    ),
    ...problems,
  },
});

/** Adds the routes of tenants. */
export function addProviderRoutes(api: AdminApi, services: Services): void {
  const { provider, store } = services;
  const { admin } = provider;

  api.openapi(create, async (context) => {
    const { provisioning, ...asked } = context.req.valid('json');
    const settings = provisioning === undefined ? {} : { settings: { provisioning } };
    const { tenant, token } = await admin.create({ ...asked, ...settings });
    return context.json({ ...toShape(tenant, services), token: token.text }, 201);
  });

  api.openapi(list, async (context) => {
    const page = context.req.valid('query');
    const tenants = await store.tenants.listTenants(page);
    const last = tenants.length < page.limit ? undefined : tenants.at(-1)?.id;
    const items = tenants.map((tenant) => toShape(tenant, services));
    return context.json({ items, ...(last === undefined ? {} : { next: last }) }, 200);
  });

  api.openapi(read, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    const [users, groups] = await Promise.all([
      store.realms.count(tenant.realm, 'User'),
      store.realms.count(tenant.realm, 'Group'),
    ]);
    const profile = Object.values(profiles).find((one) => one.id === tenant.profile);
    const offers = { hasGroups: profile?.groups.enabled === true, roleKind: profile?.roles.kind ?? 'none' };
    return context.json({ ...toShape(tenant, services), users, groups, ...offers }, 200);
  });

  api.openapi(change, async (context) => {
    const before = await requireTenant(services, context.req.valid('param').id);
    const {
      roleNames,
      rateLimit: limit,
      requestLog: kept,
      extensions: extended,
      resourceTypes: types,
      provisioning,
      ...rest
    } = context.req.valid('json');
    const given: GivenSettings = { limit, kept, extended, types };
    const isSet = Object.values(given).some((one) => one !== undefined);
    if (isSet) await admin.changeSettings(before.id, (settings) => withSettings(settings, given));
    const changed = await admin.update(before.id, rest);
    if (roleNames !== undefined) await saveRoleNames(services, before.id, roleNames);
    if (provisioning !== undefined) await switchProvisioning(services, before, provisioning);
    const isRead = roleNames === undefined && provisioning === undefined;
    const tenant = isRead ? changed : await store.tenants.findTenant(before.id);
    return context.json(toShape(tenant ?? before, services), 200);
  });

  api.openapi(remove, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    await admin.delete(tenant.id);
    return context.body(null, 204);
  });

  api.openapi(events, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    const { order, after, before, limit } = context.req.valid('query');
    if (order === 'newest') {
      const { entries, next } = await newestOfFeed(store.realms, tenant.realm, { before, limit });
      return context.json({ items: entries.map(toEvent), ...(next === undefined ? {} : { next: String(next) }) }, 200);
    }
    const entries = await store.realms.feed(tenant.realm, after, limit);
    return context.json({ items: entries.map(toEvent), next: String(entries.at(-1)?.entry ?? after) }, 200);
  });

  api.openapi(deviations, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    await provider.flush();
    const counted = await store.tenants.deviations(tenant.id);
    return context.json({ items: counted.map((one) => ({ ...one, sentence: deviationSentence(one) })) }, 200);
  });
}

/** The numbers of a realm's feed have no gaps, so that the page before an entry is a matter of counting. */
async function newestOfFeed(
  realms: Services['store']['realms'],
  realm: Tenant['realm'],
  { before, limit }: { readonly before: number | undefined; readonly limit: number },
): Promise<{ readonly entries: readonly FeedEntry[]; readonly next?: number }> {
  const last = before === undefined ? await realms.feedHead(realm) : before - 1;
  const first = Math.max(1, last - limit + 1);
  if (last < 1) return { entries: [] };
  const found = await realms.feed(realm, first - 1, last - first + 1);
  return { entries: found.toReversed(), ...(first > 1 && found.length > 0 ? { next: first } : {}) };
}

function toEvent({ atMs, ...entry }: FeedEntry): EventShape {
  return { ...entry, at: timeText(atMs) };
}

interface GivenSettings {
  readonly limit: RateLimit | null | undefined;
  readonly kept: RequestLogMode | null | undefined;
  readonly extended: readonly DeclaredExtension[] | undefined;
  readonly types: readonly DeclaredResourceType[] | undefined;
}

function withSettings(before: TenantSettings, { limit, kept, extended, types }: GivenSettings): TenantSettings {
  const { rateLimit: oldLimit, requestLog: oldKept, ...others } = before;
  const nextLimit = limit === undefined ? oldLimit : (limit ?? undefined);
  const nextKept = kept === undefined ? oldKept : (kept ?? undefined);
  return {
    ...others,
    ...(nextLimit === undefined ? {} : { rateLimit: nextLimit }),
    ...(nextKept === undefined ? {} : { requestLog: nextKept }),
    ...(extended === undefined ? {} : { extensions: extended }),
    ...(types === undefined ? {} : { resourceTypes: types }),
  };
}

/** The list alone; what else is said about a role that stays is kept. */
async function saveRoleNames({ provider }: Services, id: string, names: readonly string[]): Promise<void> {
  const { roles, rules } = await provider.admin.roleTable(id);
  const known = new Map(roles.map((role) => [role.name, role]));
  const listed = [...new Set(names)].map((name) => known.get(name) ?? { name, isAdministrator: false });
  await provider.admin.saveRoles(id, { roles: listed, rules });
}

function deviationSentence({ rule, count }: { readonly rule: string; readonly count: number }): string {
  const deed = isDeviation(rule) ? deviationFacts[rule].deed : `used the rule ${rule}`;
  return `this client ${deed} ${count} ${count === 1 ? 'time' : 'times'}`;
}

/** @throws {LockstepError} `notFound` */
export async function requireTenant(services: Services, id: string): Promise<Tenant> {
  const tenant = await services.store.tenants.findTenant(id);
  if (tenant !== undefined) return tenant;
  throw new LockstepError('notFound', `there is no provider ${JSON.stringify(id)}`);
}

function toShape(tenant: Tenant, services: Services): ProviderShape {
  const { roleNames, rateLimit: limit, requestLog: kept, extensions: extended, resourceTypes: types } = tenant.settings;
  return {
    id: tenant.id,
    profile: tenant.profile,
    title: tenant.title,
    dialect: tenant.dialect,
    allowedAddresses: tenant.allowedAddresses,
    ...(roleNames === undefined ? {} : { roleNames }),
    ...(limit === undefined ? {} : { rateLimit: limit }),
    ...(kept === undefined ? {} : { requestLog: kept }),
    ...(extended === undefined ? {} : { extensions: extended }),
    ...(types === undefined ? {} : { resourceTypes: types }),
    provisioning: tenant.settings.provisioning ?? 'on',
    scimUrl: scimUrl(services.publicUrl(), tenant),
    createdAt: timeText(tenant.createdMs),
  };
}
