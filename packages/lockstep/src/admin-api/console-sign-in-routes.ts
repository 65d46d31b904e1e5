import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import { roles } from '../people/role.ts';
import type { Services } from '../server/services.ts';
import { type OidcSettings, oidcSettings } from '../sso/connection.ts';
import type { ConsoleConnection } from '../sso/console-connection.ts';
import type { AdminApi } from './create-admin-api.ts';
import { timeOrNull } from './credential-shape.ts';
import { answers, jsonSchema, problems, takes } from './shapes.ts';

const TAG = ['people'];
const PATH = '/console-sign-in';
const roleValues = z.partialRecord(z.enum(roles), z.array(z.string().min(1).max(200)).max(100));

/** Sign-in of the console by directory, without its secret. */
export interface ConsoleSignInShape {
  readonly isOn: boolean;
  /** null = nothing is set up yet. */
  readonly settings: OidcSettings | null;
  readonly roleValues: Readonly<Partial<Record<string, readonly string[]>>>;
  readonly secretExpiresAt: string | null;
  readonly redirectUrl: string;
  /** When a test sign-in went well with these settings. */
  readonly testedAt: string | null;
}

export const consoleSignInSchema: z.ZodType<ConsoleSignInShape> = z.object({
  isOn: z.boolean(),
  settings: oidcSettings.nullable(),
  roleValues: z.record(z.string(), z.array(z.string())),
  secretExpiresAt: z.string().nullable(),
  redirectUrl: z.string(),
  testedAt: z.string().nullable(),
});

const bodySchema = z.strictObject({
  settings: z.record(z.string(), jsonSchema),
  roleValues: roleValues.optional(),
  secret: z.string().min(1).max(20_000).optional(),
  secretExpiresAt: z.iso.datetime({ offset: true }).nullable().optional(),
});

const routes = {
  show: createRoute({
    method: 'get',
    path: PATH,
    tags: TAG,
    summary:
      'How people sign in to the console with a directory, without the secret; settings are null before any are made',
    responses: { 200: answers('The connection', consoleSignInSchema), ...problems },
  }),
  save: createRoute({
    method: 'put',
    path: PATH,
    tags: TAG,
    summary: 'Sets it up; it is off until it is switched on. Passwords always stay',
    request: { body: takes(bodySchema) },
    responses: { 200: answers('The connection', consoleSignInSchema), ...problems },
  }),
  state: createRoute({
    method: 'put',
    path: `${PATH}/state`,
    tags: TAG,
    summary: 'Switches it on or off; off ends what was opened by it',
    request: { body: takes(z.strictObject({ isOn: z.boolean() })) },
    responses: { 200: answers('The connection', consoleSignInSchema), ...problems },
  }),
  test: createRoute({
    method: 'post',
    path: `${PATH}/test-link`,
    tags: TAG,
    summary: 'A link that tries a sign-in, on or off; good once and for an hour. Nobody is signed in by it',
    responses: { 201: answers('The link', z.object({ link: z.string() })), ...problems },
  }),
  remove: createRoute({
    method: 'delete',
    path: PATH,
    tags: TAG,
    summary: 'Takes it away',
    responses: { 204: { description: 'It is gone' }, ...problems },
  }),
} as const;

/** Before anything is set up; the redirect URL is to be registered first. */
const NOTHING = { isOn: false, settings: null, roleValues: {}, secretExpiresMs: null, testedMs: null } as const;

/** Adds the routes of the console's sign-in by directory. */
export function addConsoleSignInRoutes(api: AdminApi, services: Services): void {
  const { consoleSignIn, publicUrl } = services;
  const show = ({ secretExpiresMs, testedMs, ...one }: ConsoleConnection | typeof NOTHING): ConsoleSignInShape => ({
    ...one,
    secretExpiresAt: timeOrNull(secretExpiresMs),
    testedAt: timeOrNull(testedMs),
    redirectUrl: `${publicUrl()}/sign-in/oidc/callback`,
  });
  api.openapi(routes.show, async (context) => context.json(show((await consoleSignIn.find()) ?? NOTHING), 200));
  api.openapi(routes.save, async (context) => {
    const { secretExpiresAt, ...given } = context.req.valid('json');
    const secretExpiresMs = typeof secretExpiresAt === 'string' ? Date.parse(secretExpiresAt) : secretExpiresAt;
    return context.json(show(await consoleSignIn.save({ ...given, secretExpiresMs })), 200);
  });
  api.openapi(routes.state, async (context) =>
    context.json(show(await consoleSignIn.switch(context.req.valid('json').isOn)), 200),
  );
  api.openapi(routes.test, async (context) => context.json({ link: await consoleSignIn.testLink() }, 201));
  api.openapi(routes.remove, async (context) => {
    if (await consoleSignIn.remove()) return context.body(null, 204);
    throw new LockstepError('notFound', 'the console has no sign-in by directory yet');
  });
}
