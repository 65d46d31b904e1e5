import { createRoute } from '@hono/zod-openapi';
import { profiles } from '@lockstep/gallery';
import type { Tenant } from '@lockstep/provider';
import type { SignInState, StoredConnection } from '@lockstep/store';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import type { Services } from '../server/services.ts';
import {
  type OidcSettings,
  oidcSettings,
  readSsoSettings,
  type SamlSettings,
  samlSettings,
} from '../sso/connection.ts';
import type { AdminApi } from './create-admin-api.ts';
import { timeOrNull } from './credential-shape.ts';
import { requireTenant } from './provider-routes.ts';
import { answers, jsonSchema, problems, takes } from './shapes.ts';

const id = z.object({ id: z.string() });
const TAG = ['providers'];
const PATH = '/providers/{id}/sso';
const SOON_MS = 30 * 86_400_000;

interface SsoFacts {
  readonly state: SignInState;
  readonly hasSecret: boolean;
  readonly secretExpiresAt: string | null;
  /** When a test sign-in went well with these settings. */
  readonly testedAt: string | null;
  /** What somebody should look at; empty = nothing. */
  readonly warnings: readonly string[];
  readonly redirectUrl: string;
}

/** Single sign-on of a tenant, without its secret. */
export type SsoShape = SsoFacts &
  (
    | { readonly protocol: 'oidc'; readonly settings: OidcSettings }
    | { readonly protocol: 'saml'; readonly settings: SamlSettings }
  );

/** What a directory is told about a tenant, whether single sign-on is set up or not. */
export interface SsoAddressesShape {
  /** Where people sign in. */
  readonly signInUrl: string;
  /** OpenID Connect. */
  readonly redirectUrl: string;
  /** SAML; the metadata is at the entity ID. */
  readonly entityId: string;
  readonly acsUrl: string;
  readonly metadataUrl: string;
  /** Whether the app keeps no object id of the directory, so that people are found by e-mail address, once. */
  readonly needsLinkByEmail: boolean;
  /** Whether there are settings to read. */
  readonly isSetUp: boolean;
}

const factFields = {
  state: z.enum(['off', 'test', 'enforced']),
  hasSecret: z.boolean(),
  secretExpiresAt: z.string().nullable(),
  testedAt: z.string().nullable(),
  warnings: z.array(z.string()),
  redirectUrl: z.string(),
};

/** The form of single sign-on. */
export const ssoSchema: z.ZodType<SsoShape> = z.discriminatedUnion('protocol', [
  z.object({ ...factFields, protocol: z.literal('oidc'), settings: oidcSettings }),
  z.object({ ...factFields, protocol: z.literal('saml'), settings: samlSettings }),
]);

const addressesSchema: z.ZodType<SsoAddressesShape> = z.object({
  signInUrl: z.string(),
  redirectUrl: z.string(),
  entityId: z.string(),
  acsUrl: z.string(),
  metadataUrl: z.string(),
  needsLinkByEmail: z.boolean(),
  isSetUp: z.boolean(),
});

const bodySchema = z.object({
  protocol: z.enum(['oidc', 'saml']),
  settings: z.record(z.string(), jsonSchema),
  secret: z.string().min(1).max(20_000).optional(),
  secretExpiresAt: z.iso.datetime({ offset: true }).nullable().optional(),
});

const linkSchema = z.object({ link: z.string() });

const routes = {
  show: createRoute({
    method: 'get',
    path: PATH,
    tags: TAG,
    summary: 'Single sign-on of a tenant, without its secret',
    request: { params: id },
    responses: { 200: answers('Single sign-on', ssoSchema), ...problems },
  }),
  addresses: createRoute({
    method: 'get',
    path: `${PATH}/addresses`,
    tags: TAG,
    summary: 'What a directory is told about a tenant to set single sign-on up there',
    request: { params: id },
    responses: { 200: answers('Addresses', addressesSchema), ...problems },
  }),
  save: createRoute({
    method: 'put',
    path: PATH,
    tags: TAG,
    summary: 'Sets single sign-on up; a test that was made before counts no more',
    request: { params: id, body: takes(bodySchema) },
    responses: { 200: answers('Single sign-on', ssoSchema), ...problems },
  }),
  state: createRoute({
    method: 'put',
    path: `${PATH}/state`,
    tags: TAG,
    summary: 'off, test or enforced; enforced only after a test sign-in that succeeded',
    request: { params: id, body: takes(z.object({ state: z.enum(['off', 'test', 'enforced']) })) },
    responses: { 200: answers('Single sign-on', ssoSchema), ...problems },
  }),
  remove: createRoute({
    method: 'delete',
    path: PATH,
    tags: TAG,
    summary: 'Takes single sign-on away',
    request: { params: id },
    responses: { 204: { description: 'It is gone' }, ...problems },
  }),
  test: createRoute({
    method: 'post',
    path: `${PATH}/test-link`,
    tags: TAG,
    summary: 'A link for one test sign-in, good for an hour',
    request: { params: id },
    responses: { 201: answers('The link', linkSchema), ...problems },
  }),
  breakGlass: createRoute({
    method: 'post',
    path: `${PATH}/break-glass`,
    tags: TAG,
    summary: 'A link that signs in once without the directory, good for 15 minutes',
    request: { params: id },
    responses: { 201: answers('The link', linkSchema), ...problems },
  }),
} as const;

/** Adds the routes of single sign-on. */
export function addSsoRoutes(api: AdminApi, services: Services): void {
  const { sso } = services;
  const show = (one: StoredConnection): SsoShape => showConnection(one, services);
  api.openapi(routes.show, async (context) => {
    const found = await sso.connections.find(context.req.valid('param').id);
    if (found === undefined) throw new LockstepError('notFound', 'this provider has no single sign-on yet');
    return context.json(show(found), 200);
  });
  api.openapi(routes.addresses, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    const isSetUp = (await sso.connections.find(tenant.id)) !== undefined;
    return context.json({ ...addressesOf(tenant, services), isSetUp }, 200);
  });
  api.openapi(routes.save, async (context) => {
    const { secretExpiresAt, ...rest } = context.req.valid('json');
    const secretExpiresMs = typeof secretExpiresAt === 'string' ? Date.parse(secretExpiresAt) : secretExpiresAt;
    const saved = await sso.connections.save(context.req.valid('param').id, { ...rest, secretExpiresMs });
    return context.json(show(saved), 200);
  });
  api.openapi(routes.state, async (context) => {
    const { state } = context.req.valid('json');
    return context.json(show(await sso.connections.setState(context.req.valid('param').id, state)), 200);
  });
  api.openapi(routes.remove, async (context) => {
    if (await sso.connections.remove(context.req.valid('param').id)) return context.body(null, 204);
    throw new LockstepError('notFound', 'this provider has no single sign-on yet');
  });
  api.openapi(routes.test, async (context) =>
    context.json({ link: await sso.testLink(context.req.valid('param').id) }, 201),
  );
  api.openapi(routes.breakGlass, async (context) => {
    // Whoever opens this door needs nobody's account, so it is an owner's right.
    if (!context.get('principal').permissions.includes('people')) {
      throw new LockstepError('forbidden', 'only an owner may make a break-glass link');
    }
    return context.json({ link: await sso.breakGlass(context.req.valid('param').id) }, 201);
  });
}

function addressesOf(tenant: Tenant, services: Services): Omit<SsoAddressesShape, 'isSetUp'> {
  const base = `${services.publicUrl()}/portal/${tenant.id}`;
  const users = Object.values(profiles).find((one) => one.id === tenant.profile)?.users.attributes ?? 'all';
  return {
    signInUrl: `${base}/sign-in`,
    redirectUrl: `${base}/oidc/callback`,
    entityId: `${base}/saml/metadata`,
    acsUrl: `${base}/saml/acs`,
    metadataUrl: `${base}/saml/metadata`,
    needsLinkByEmail: users !== 'all' && !users.includes('externalId'),
  };
}

function showConnection(one: StoredConnection, services: Services): SsoShape {
  const leftMs = one.secretExpiresMs === null ? Number.POSITIVE_INFINITY : one.secretExpiresMs - services.clock.nowMs();
  const what = one.protocol === 'saml' ? "the directory's certificate" : 'the secret';
  const ends = leftMs <= 0 ? `${what} has ended` : `${what} ends within 30 days`;
  const path = one.protocol === 'oidc' ? 'oidc/callback' : 'saml/acs';
  const facts: SsoFacts = {
    state: one.state,
    hasSecret: one.secret !== null,
    secretExpiresAt: timeOrNull(one.secretExpiresMs),
    testedAt: timeOrNull(one.testedMs),
    warnings: leftMs < SOON_MS ? [ends] : [],
    redirectUrl: `${services.publicUrl()}/portal/${one.tenantId}/${path}`,
  };
  return one.protocol === 'oidc'
    ? { ...facts, protocol: 'oidc', settings: readSsoSettings(oidcSettings, one.settings) }
    : { ...facts, protocol: 'saml', settings: readSsoSettings(samlSettings, one.settings) };
}
