import { createRoute } from '@hono/zod-openapi';
import type { StoredPortalAdmin, StoredSetupLink } from '@lockstep/store';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { timeOrNull } from './credential-shape.ts';
import { requireTenant } from './provider-routes.ts';
import { answers, itemsOf, problems, takes, timeText } from './shapes.ts';

const id = z.object({ id: z.string() });
const TAG = ['providers'];
const done = { 204: { description: 'Done' }, ...problems };

/** A link that is shown once. */
export const portalLinkSchema: z.ZodType<{ readonly link: string }> = z.object({ link: z.string() });

/** An administrator of a tenant with a name and a password. */
export interface PortalAdminShape {
  readonly id: string;
  readonly name: string;
  readonly hasPassword: boolean;
  readonly createdAt: string;
}

export const portalAdminSchema: z.ZodType<PortalAdminShape> = z.object({
  id: z.string(),
  name: z.string(),
  hasPassword: z.boolean(),
  createdAt: z.string(),
});

/** A setup link, without itself. */
export interface SetupLinkShape {
  readonly id: string;
  readonly label: string;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly openedAt: string | null;
  readonly revokedAt: string | null;
}

const setupFields = {
  id: z.string(),
  label: z.string(),
  createdBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  openedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
};
export const setupLinkSchema: z.ZodType<SetupLinkShape> = z.object(setupFields);
export const madeSetupLinkSchema: z.ZodType<SetupLinkShape & { readonly link: string }> = z.object({
  ...setupFields,
  link: z.string(),
});

const adminParams = z.object({ id: z.string(), adminId: z.string() });

const routes = {
  enter: createRoute({
    method: 'post',
    path: '/providers/{id}/portal/link',
    tags: TAG,
    summary: "A link that opens a tenant's own pages as administrator, once, within an hour",
    request: { params: id },
    responses: { 201: answers('The link', portalLinkSchema), ...problems },
  }),
  admins: createRoute({
    method: 'get',
    path: '/providers/{id}/portal/administrators',
    tags: TAG,
    summary: 'Administrators of a tenant with a name and a password',
    request: { params: id },
    responses: { 200: answers('Administrators', itemsOf(portalAdminSchema)), ...problems },
  }),
  addAdmin: createRoute({
    method: 'post',
    path: '/providers/{id}/portal/administrators',
    tags: TAG,
    summary: 'Adds one; the answer holds the link to choose a password, once',
    request: { params: id, body: takes(z.strictObject({ name: z.string() })) },
    responses: { 201: answers('The link', z.object({ id: z.string(), link: z.string() })), ...problems },
  }),
  adminLink: createRoute({
    method: 'post',
    path: '/providers/{id}/portal/administrators/{adminId}/link',
    tags: TAG,
    summary: 'A new link to choose a password',
    request: { params: adminParams },
    responses: { 201: answers('The link', portalLinkSchema), ...problems },
  }),
  removeAdmin: createRoute({
    method: 'delete',
    path: '/providers/{id}/portal/administrators/{adminId}',
    tags: TAG,
    summary: 'Removes one, with the sessions and API keys',
    request: { params: adminParams },
    responses: done,
  }),
  setupLinks: createRoute({
    method: 'get',
    path: '/providers/{id}/setup-links',
    tags: TAG,
    summary: 'Links by which somebody without an account sets the connection up, without themselves',
    request: { params: id },
    responses: { 200: answers('Links', itemsOf(setupLinkSchema)), ...problems },
  }),
  makeSetupLink: createRoute({
    method: 'post',
    path: '/providers/{id}/setup-links',
    tags: TAG,
    summary: 'Makes one; it appears here and never again, and can be opened once',
    request: {
      params: id,
      body: takes(z.strictObject({ label: z.string(), hours: z.number().default(72) })),
    },
    responses: { 201: answers('The link', madeSetupLinkSchema), ...problems },
  }),
  revokeSetupLink: createRoute({
    method: 'delete',
    path: '/providers/{id}/setup-links/{linkId}',
    tags: TAG,
    summary: 'Revokes a link, and ends what was entered by it',
    request: { params: z.object({ id: z.string(), linkId: z.string() }) },
    responses: done,
  }),
} as const;

/** Adds the routes of the ways into a tenant's own pages. */
export function addProviderPortalRoutes(api: AdminApi, services: Services): void {
  addEntryRoutes(api, services);
  addSetupLinkRoutes(api, services);
}

function addEntryRoutes(api: AdminApi, services: Services): void {
  const { entry } = services.sso;
  api.openapi(routes.enter, async (context) =>
    context.json({ link: await entry.operatorLink(context.req.valid('param').id) }, 201),
  );
  api.openapi(routes.admins, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    return context.json({ items: (await entry.admins.list(tenant.id)).map(showAdmin) }, 200);
  });
  api.openapi(routes.addAdmin, async (context) => {
    const made = await entry.admins.add(context.req.valid('param').id, context.req.valid('json').name);
    return context.json({ id: made.id, link: made.url }, 201);
  });
  api.openapi(routes.adminLink, async (context) => {
    const { id: tenantId, adminId } = context.req.valid('param');
    return context.json({ link: await entry.admins.link(tenantId, adminId) }, 201);
  });
  api.openapi(routes.removeAdmin, async (context) => {
    const { id: tenantId, adminId } = context.req.valid('param');
    if (await entry.admins.remove(tenantId, adminId)) return context.body(null, 204);
    throw new LockstepError('notFound', `there is no administrator ${JSON.stringify(adminId)}`);
  });
}

function addSetupLinkRoutes(api: AdminApi, services: Services): void {
  const { setupLinks } = services.sso.entry;
  api.openapi(routes.setupLinks, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    return context.json({ items: (await setupLinks.list(tenant.id)).map(showLink) }, 200);
  });
  api.openapi(routes.makeSetupLink, async (context) => {
    const { label, hours } = context.req.valid('json');
    const asked = { label, hours, createdBy: context.get('principal').name };
    const { link, url } = await setupLinks.make(context.req.valid('param').id, asked);
    return context.json({ ...showLink(link), link: url }, 201);
  });
  api.openapi(routes.revokeSetupLink, async (context) => {
    const { id: tenantId, linkId } = context.req.valid('param');
    if (await setupLinks.revoke(tenantId, linkId)) return context.body(null, 204);
    throw new LockstepError('notFound', 'there is no such link, or it was revoked before');
  });
}

function showAdmin({ id: adminId, name, password, createdMs }: StoredPortalAdmin): PortalAdminShape {
  return { id: adminId, name, hasPassword: password !== null, createdAt: timeText(createdMs) };
}

function showLink(link: StoredSetupLink): SetupLinkShape {
  return {
    id: link.id,
    label: link.label,
    createdBy: link.createdBy,
    createdAt: timeText(link.createdMs),
    expiresAt: timeText(link.expiresMs),
    openedAt: timeOrNull(link.openedMs),
    revokedAt: timeOrNull(link.revokedMs),
  };
}
