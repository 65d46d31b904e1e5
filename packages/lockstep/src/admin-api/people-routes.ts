import { createRoute } from '@hono/zod-openapi';
import type { StoredPerson } from '@lockstep/store';
import type { Context } from 'hono';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import type { Principal } from '../people/principal.ts';
import { type Permission, permissions, type Role, roles } from '../people/role.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { timeOrNull } from './credential-shape.ts';
import { sessionSchema, showSession } from './session-shape.ts';
import { answers, itemsOf, problems, takes, timeText } from './shapes.ts';

const roleSchema = z.enum(roles);
const id = z.object({ id: z.string() });
const link = z.object({ id: z.string(), link: z.string() });
const TAG = ['people'];
const done = { 204: { description: 'Done' }, ...problems };

/** Somebody who signs in to the console. */
export interface PersonShape {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly hasPassword: boolean;
  readonly createdAt: string;
}

const personSchema: z.ZodType<PersonShape> = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  hasPassword: z.boolean(),
  createdAt: z.string(),
});

/** An API key, without its text. */
export interface KeyShape {
  readonly id: string;
  readonly label: string;
  readonly role: string;
  readonly scopes: readonly string[];
  readonly createdBy: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
}

const keySchema: z.ZodType<KeyShape> = z.object({
  id: z.string(),
  label: z.string(),
  role: z.string(),
  scopes: z.array(z.string()),
  createdBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});

const newKeySchema: z.ZodType<NewKeyBody> = z.object({
  label: z.string().min(1).max(200),
  role: roleSchema,
  scopes: z.array(z.enum(permissions)).default([]),
  expiresAt: z.iso.datetime({ offset: true }).nullable().default(null),
});

interface NewKeyBody {
  readonly label: string;
  readonly role: Role;
  readonly scopes: readonly Permission[];
  readonly expiresAt: string | null;
}

const routes = {
  people: createRoute({
    method: 'get',
    path: '/people',
    tags: TAG,
    summary: 'People who sign in to the console',
    responses: { 200: answers('People', itemsOf(personSchema)), ...problems },
  }),
  invite: createRoute({
    method: 'post',
    path: '/people',
    tags: TAG,
    summary: 'Adds a person; the answer holds the link to choose a password, once',
    request: { body: takes(z.object({ name: z.string(), role: roleSchema })) },
    responses: { 201: answers('The link', link), ...problems },
  }),
  reset: createRoute({
    method: 'post',
    path: '/people/{id}/link',
    tags: TAG,
    summary: 'A new link to choose a password',
    request: { params: id },
    responses: { 201: answers('The link', link), ...problems },
  }),
  setRole: createRoute({
    method: 'patch',
    path: '/people/{id}',
    tags: TAG,
    summary: 'Changes the role; it counts from the next request',
    request: { params: id, body: takes(z.object({ role: roleSchema })) },
    responses: done,
  }),
  remove: createRoute({
    method: 'delete',
    path: '/people/{id}',
    tags: TAG,
    summary: 'Removes a person and ends the sessions',
    request: { params: id },
    responses: done,
  }),
  sessions: createRoute({
    method: 'get',
    path: '/sessions',
    tags: TAG,
    summary: 'Open sessions of the console',
    responses: { 200: answers('Sessions', itemsOf(sessionSchema)), ...problems },
  }),
  endSession: createRoute({
    method: 'delete',
    path: '/sessions/{id}',
    tags: TAG,
    summary: 'Ends a session at once',
    request: { params: id },
    responses: done,
  }),
  keys: createRoute({
    method: 'get',
    path: '/keys',
    tags: TAG,
    summary: 'Keys of this API, without themselves',
    responses: { 200: answers('Keys', itemsOf(keySchema)), ...problems },
  }),
  newKey: createRoute({
    method: 'post',
    path: '/keys',
    tags: TAG,
    summary: 'Makes a key; it appears here and never again',
    request: { body: takes(newKeySchema) },
    responses: { 201: answers('The key', z.object({ id: z.string(), key: z.string() })), ...problems },
  }),
  revokeKey: createRoute({
    method: 'delete',
    path: '/keys/{id}',
    tags: TAG,
    summary: 'Revokes a key at once',
    request: { params: id },
    responses: done,
  }),
} as const;

/** Adds the routes of people, sessions and keys. */
export function addPeopleRoutes(api: AdminApi, services: Services): void {
  addPersonRoutes(api, services);
  addSessionRoutes(api, services);
  addKeyRoutes(api, services);
}

function addPersonRoutes(api: AdminApi, services: Services): void {
  const { people } = services.peopleParts;
  const linkOf = (token: string): string => `${services.publicUrl()}/first-run?token=${token}`;
  api.openapi(routes.people, async (context) => {
    requirePeople(context);
    return context.json({ items: (await people.list()).map(showPerson) }, 200);
  });
  api.openapi(routes.invite, async (context) => {
    requirePeople(context);
    const { name, role } = context.req.valid('json');
    const made = await people.invite(name, role);
    return context.json({ id: made.id, link: linkOf(made.token) }, 201);
  });
  api.openapi(routes.reset, async (context) => {
    requirePeople(context);
    const { id: personId } = context.req.valid('param');
    return context.json({ id: personId, link: linkOf(await people.resetLink(personId)) }, 201);
  });
  api.openapi(routes.setRole, async (context) => {
    requirePeople(context);
    await people.setRole(context.req.valid('param').id, context.req.valid('json').role);
    return context.body(null, 204);
  });
  api.openapi(routes.remove, async (context) => {
    requirePeople(context);
    await people.remove(context.req.valid('param').id);
    return context.body(null, 204);
  });
}

function addSessionRoutes(api: AdminApi, services: Services): void {
  const { sessions } = services.peopleParts;
  api.openapi(routes.sessions, async (context) => {
    requirePeople(context);
    return context.json({ items: (await sessions.list({ kind: 'console' })).map(showSession) }, 200);
  });
  api.openapi(routes.endSession, async (context) => {
    requirePeople(context);
    if (await sessions.endOne(context.req.valid('param').id, { kind: 'console' })) return context.body(null, 204);
    throw new LockstepError('notFound', 'there is no such session');
  });
}

function addKeyRoutes(api: AdminApi, services: Services): void {
  const { keys } = services.peopleParts;
  api.openapi(routes.keys, async (context) => {
    requirePeople(context);
    const items = (await keys.list()).map(({ hash: _hash, createdMs, expiresMs, revokedMs, lastUsedMs, ...key }) => ({
      ...key,
      scopes: [...key.scopes],
      createdAt: timeText(createdMs),
      expiresAt: timeOrNull(expiresMs),
      revokedAt: timeOrNull(revokedMs),
      lastUsedAt: timeOrNull(lastUsedMs),
    }));
    return context.json({ items }, 200);
  });
  api.openapi(routes.newKey, async (context) => {
    const { expiresAt, ...key } = context.req.valid('json');
    const expiresMs = expiresAt === null ? null : Date.parse(expiresAt);
    const made = await keys.make({ ...key, expiresMs }, requirePeople(context));
    return context.json({ id: made.id, key: made.text }, 201);
  });
  api.openapi(routes.revokeKey, async (context) => {
    requirePeople(context);
    if (await keys.revoke(context.req.valid('param').id)) return context.body(null, 204);
    throw new LockstepError('notFound', 'there is no such key, or it was revoked before');
  });
}

/** Asked for a second time here, so that a path that is judged wrongly still opens nothing. */
function requirePeople(context: Context): Principal {
  const principal = context.get('principal');
  if (principal.permissions.includes('people')) return principal;
  throw new LockstepError('forbidden', 'only an owner may look after people and keys');
}

function showPerson(person: StoredPerson): z.infer<typeof personSchema> {
  const { id: personId, name, role, password, createdMs } = person;
  return { id: personId, name, role, hasPassword: password !== null, createdAt: timeText(createdMs) };
}
