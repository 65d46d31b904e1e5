import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import { roles } from '../people/role.ts';
import type { Services } from '../server/services.ts';
import type { ConsoleConnection } from '../sso/console-sign-in.ts';
import type { AdminApi } from './create-admin-api.ts';
import { timeOrNull } from './credential-shape.ts';
import { answers, jsonSchema, problems, takes } from './shapes.ts';

const TAG = ['people'];
const PATH = '/console-sign-in';
const roleValues = z.partialRecord(z.enum(roles), z.array(z.string().min(1).max(200)).max(100));

/** Sign-in of the console by directory, without its secret. */
export interface ConsoleSignInShape {
  readonly isOn: boolean;
  readonly settings: unknown;
  readonly roleValues: Readonly<Partial<Record<string, readonly string[]>>>;
  readonly secretExpiresAt: string | null;
  readonly redirectUrl: string;
}

export const consoleSignInSchema: z.ZodType<ConsoleSignInShape> = z.object({
  isOn: z.boolean(),
  settings: jsonSchema,
  roleValues: z.record(z.string(), z.array(z.string())),
  secretExpiresAt: z.string().nullable(),
  redirectUrl: z.string(),
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
    summary: 'How people sign in to the console with a directory, without the secret',
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
  remove: createRoute({
    method: 'delete',
    path: PATH,
    tags: TAG,
    summary: 'Takes it away',
    responses: { 204: { description: 'It is gone' }, ...problems },
  }),
} as const;

/** Adds the routes of the console's sign-in by directory. */
export function addConsoleSignInRoutes(api: AdminApi, services: Services): void {
  const { consoleSignIn, publicUrl } = services;
  const show = ({ secretExpiresMs, ...one }: ConsoleConnection): ConsoleSignInShape => ({
    ...one,
    secretExpiresAt: timeOrNull(secretExpiresMs),
    redirectUrl: `${publicUrl()}/sign-in/oidc/callback`,
  });
  const none = (): LockstepError => new LockstepError('notFound', 'the console has no sign-in by directory yet');
  api.openapi(routes.show, async (context) => {
    const found = await consoleSignIn.find();
    if (found === undefined) throw none();
    return context.json(show(found), 200);
  });
  api.openapi(routes.save, async (context) => {
    const { secretExpiresAt, ...given } = context.req.valid('json');
    const secretExpiresMs = typeof secretExpiresAt === 'string' ? Date.parse(secretExpiresAt) : secretExpiresAt;
    return context.json(show(await consoleSignIn.save({ ...given, secretExpiresMs })), 200);
  });
  api.openapi(routes.state, async (context) =>
    context.json(show(await consoleSignIn.switch(context.req.valid('json').isOn)), 200),
  );
  api.openapi(routes.remove, async (context) => {
    if (await consoleSignIn.remove()) return context.body(null, 204);
    throw none();
  });
}
