import { type JsonObject, parseFilter, resolveFilter, ScimError } from '@lockstep/scim';
import type { Member, RealmStore, StoredResource } from '../ports/realm-store.ts';
import type { Tenant, TenantStore } from '../ports/tenant-store.ts';
import { readObject } from '../resource/read-object.ts';
import type { ShapeCache } from './shape-cache.ts';
import type { TypeShape } from './tenant-shape.ts';

/** A group that a directory sent, as whoever runs the app sees it. */
export interface GroupView {
  readonly id: string;
  readonly displayName: string;
  readonly externalId: string | null;
  /** Attributes as they are kept, without members. */
  readonly resource: JsonObject;
  readonly createdMs: number;
  readonly modifiedMs: number;
  /** Direct members, as far as they were counted. */
  readonly members: number;
  /** Whether there are more than were counted. */
  readonly hasMoreMembers: boolean;
}

/** A part of a list; `next` leads on. */
export interface GroupPage<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** What whoever runs an app sees of a tenant's groups. They belong to the directory: nothing changes them here. */
export interface GroupAdmin {
  /** In the order they were made, or those whose name begins with a text; none where the app has no groups. */
  groups(
    tenantId: string,
    page: { readonly after?: string; readonly limit: number; readonly search?: string },
  ): Promise<GroupPage<GroupView>>;
  group(tenantId: string, groupId: string): Promise<GroupView | undefined>;
  /** Direct members, those who joined first at the beginning; none when there is no such group. */
  groupMembers(
    tenantId: string,
    groupId: string,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<GroupPage<Member>>;
}

export interface GroupAdminOptions {
  readonly tenants: TenantStore;
  readonly realms: RealmStore;
  readonly shapes: ShapeCache;
}

const BARE = { members: false, groups: false };
/** A group may have a million members; a list of groups counts each so far, one group by itself further. */
const COUNTED_IN_LIST = 1_000;
const COUNTED_ALONE = 100_000;
/** So many groups the store counts at once. */
const PAGE_MAX = 400;

/** Makes the app's view of groups over the stores. */
export function createGroupAdmin(options: GroupAdminOptions): GroupAdmin {
  const { realms } = options;
  return {
    groups: async (tenantId, page) => {
      const { tenant, groups } = await open(options, tenantId);
      return groups === undefined ? { items: [] } : listGroups(realms, { tenant, groups }, page);
    },
    group: async (tenantId, groupId) => {
      const { tenant, groups } = await open(options, tenantId);
      if (groups === undefined) return undefined;
      const stored = await realms.read(tenant.realm, groupId, { type: groups.type.name, include: BARE });
      if (stored === undefined) return undefined;
      return (await viewsOf(realms, tenant, { stored: [stored], most: COUNTED_ALONE }))[0];
    },
    groupMembers: async (tenantId, groupId, { after, limit }) => {
      const { tenant } = await open(options, tenantId);
      const page = { limit: limit + 1, ...(after === undefined ? {} : { after }) };
      const found = await realms.members(tenant.realm, groupId, page);
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return found.length > limit && last !== undefined ? { items, next: last.id } : { items };
    },
  };
}

interface Opened {
  readonly tenant: Tenant;
  readonly groups: TypeShape | undefined;
}

async function open({ tenants, shapes }: GroupAdminOptions, tenantId: string): Promise<Opened> {
  const tenant = await tenants.findTenant(tenantId);
  const shape = tenant === undefined ? undefined : shapes.shapeFor(tenant);
  if (tenant === undefined || shape === undefined) throw new ScimError('notFound', `there is no provider ${tenantId}`);
  return { tenant, groups: shape.groups };
}

async function listGroups(
  realms: RealmStore,
  { tenant, groups }: { readonly tenant: Tenant; readonly groups: TypeShape },
  { search = '', after, limit }: Parameters<GroupAdmin['groups']>[1],
): Promise<GroupPage<GroupView>> {
  const filter = search === '' ? undefined : parseFilter(`displayName sw ${JSON.stringify(search)}`);
  const found = await realms.query(tenant.realm, {
    type: groups.type,
    indexed: groups.indexed,
    ...(filter === undefined ? {} : { filter: resolveFilter(filter, groups.fullType) }),
    startIndex: 1,
    count: Math.min(limit, PAGE_MAX),
    ...(after === undefined ? {} : { after }),
    include: BARE,
  });
  const items = await viewsOf(realms, tenant, { stored: found.resources, most: COUNTED_IN_LIST });
  return found.next === undefined ? { items } : { items, next: found.next };
}

async function viewsOf(
  realms: RealmStore,
  tenant: Tenant,
  { stored, most }: { readonly stored: readonly StoredResource[]; readonly most: number },
): Promise<readonly GroupView[]> {
  const ids = stored.map(({ id }) => id);
  const counts = ids.length === 0 ? new Map<string, number>() : await realms.countMembers(tenant.realm, ids, most + 1);
  return stored.map((group) => {
    const counted = counts.get(group.id) ?? 0;
    const resource = readObject(group.text);
    const { displayName, externalId } = resource;
    return {
      id: group.id,
      displayName: typeof displayName === 'string' ? displayName : '',
      externalId: typeof externalId === 'string' ? externalId : null,
      resource,
      createdMs: group.createdMs,
      modifiedMs: group.modifiedMs,
      members: Math.min(counted, most),
      hasMoreMembers: counted > most,
    };
  });
}
