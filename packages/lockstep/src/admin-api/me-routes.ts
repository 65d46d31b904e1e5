import { createRoute } from '@hono/zod-openapi';
import type { StoredSession } from '@lockstep/store';
import type { Context } from 'hono';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import { CONSOLE_COOKIE, readCookie, setCookie } from '../people/cookie.ts';
import type { Visitor } from '../people/people-service.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { type SessionShape, sessionSchema, showSession } from './session-shape.ts';
import { answers, itemsOf, problems, takes } from './shapes.ts';

const TAG = ['people'];
const done = { 204: { description: 'Done' }, ...problems };

/** Who asks, and what they may do. */
export interface MeShape {
  readonly name: string;
  readonly role: string;
  readonly permissions: readonly string[];
  /** `key`: a script with a key, which has no sessions and no password. */
  readonly kind: 'person' | 'key';
  /** False for keys, and for people who sign in with the directory. */
  readonly hasPassword: boolean;
}

const meSchema: z.ZodType<MeShape> = z.object({
  name: z.string(),
  role: z.string(),
  permissions: z.array(z.string()),
  kind: z.enum(['person', 'key']),
  hasPassword: z.boolean(),
});

/** A session of the one who asks. */
export interface OwnSessionShape extends SessionShape {
  /** The one the question came by. */
  readonly isCurrent: boolean;
}

const ownSessionSchema: z.ZodType<OwnSessionShape> = z.intersection(
  sessionSchema,
  z.object({ isCurrent: z.boolean() }),
);

/** Both are named so that whatever masks secrets knows them. */
const passwordBody = z.strictObject({
  currentPassword: z.string().min(1).max(1_000),
  newPassword: z.string().min(1).max(1_000),
});

const routes = {
  me: createRoute({
    method: 'get',
    path: '/me',
    tags: TAG,
    summary: 'Who asks, and what is allowed',
    responses: { 200: answers('The asker', meSchema), ...problems },
  }),
  password: createRoute({
    method: 'post',
    path: '/me/password',
    tags: TAG,
    summary: 'Changes the own password. Every session ends; the answer sets the cookie of a new one',
    request: { body: takes(passwordBody) },
    responses: done,
  }),
  sessions: createRoute({
    method: 'get',
    path: '/me/sessions',
    tags: TAG,
    summary: 'Own open sessions, newest first',
    responses: { 200: answers('Sessions', itemsOf(ownSessionSchema)), ...problems },
  }),
  endOthers: createRoute({
    method: 'delete',
    path: '/me/sessions',
    tags: TAG,
    summary: 'Ends every own session but the one that asks',
    responses: { 200: answers('How many ended', z.object({ count: z.number() })), ...problems },
  }),
  endOne: createRoute({
    method: 'delete',
    path: '/me/sessions/{id}',
    tags: TAG,
    summary: 'Ends one of the own sessions',
    request: { params: z.object({ id: z.string() }) },
    responses: done,
  }),
} as const;

/** Adds the routes of the one who asks: what is allowed, own password, own sessions. */
export function addMeRoutes(api: AdminApi, { peopleParts }: Pick<Services, 'peopleParts'>): void {
  const { people, sessions } = peopleParts;
  api.openapi(routes.me, async (context) => {
    const { name, role, permissions, kind, personId } = context.get('principal');
    const hasPassword = personId !== undefined && (await people.hasPassword(personId));
    const shown = {
      name,
      role,
      permissions: [...permissions],
      kind: kind === 'person' ? kind : 'key',
      hasPassword,
    } as const;
    return context.json(shown, 200);
  });
  api.openapi(routes.password, async (context) => {
    const { personId } = requirePerson(context);
    const { currentPassword: current, newPassword: next } = context.req.valid('json');
    const { token } = await people.changePassword({ personId, current, next }, visitorOf(context));
    context.header('set-cookie', setCookie(CONSOLE_COOKIE, token));
    return context.body(null, 204);
  });
  api.openapi(routes.sessions, async (context) => {
    const { personId, sessionHash } = requirePerson(context);
    const open = await sessions.list({ kind: 'console', subject: personId });
    const show = (session: StoredSession): OwnSessionShape => ({
      ...showSession(session),
      isCurrent: session.hash === sessionHash,
    });
    return context.json({ items: open.map(show) }, 200);
  });
  api.openapi(routes.endOthers, async (context) => {
    const { personId, sessionHash } = requirePerson(context);
    return context.json({ count: await sessions.endAll({ kind: 'console', subject: personId }, sessionHash) }, 200);
  });
  api.openapi(routes.endOne, async (context) => {
    const { personId } = requirePerson(context);
    const isEnded = await sessions.endOne(context.req.valid('param').id, { kind: 'console', subject: personId });
    if (isEnded) return context.body(null, 204);
    throw new LockstepError('notFound', 'you have no such session; it may have ended');
  });
}

interface Self {
  readonly personId: string;
  readonly sessionHash: string;
}

function requirePerson(context: Context): Self {
  const { personId, sessionHash } = context.get('principal');
  if (personId !== undefined && sessionHash !== undefined) return { personId, sessionHash };
  const hint = 'Sign in with a browser.';
  throw new LockstepError('forbidden', 'a key has neither password nor sessions', { hint });
}

function visitorOf(context: Context): Visitor {
  return {
    address: context.get('address'),
    agent: context.req.header('user-agent') ?? '',
    before: readCookie(context.req.header('cookie'), CONSOLE_COOKIE),
  };
}
