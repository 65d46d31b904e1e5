import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { type App, tagOf } from '../apps/app-service.ts';
import {
  appNameSchema,
  type DeclaredSettings,
  mapForms,
  secretExpiresAtSchema,
  secretTokenSchema,
  settingsShape,
  tenantUrlSchema,
} from '../apps/declared-settings.ts';
import { type SettingsChange, settingsOf, withSettings } from '../apps/job-settings.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { timeOrNull } from './credential-shape.ts';
import { editApp, editSchema } from './edit-shape.ts';
import { answers, flag, problems, takes } from './shapes.ts';

/** How an app is reached and how its job runs. */
export interface AppSettingsShape {
  readonly name: string;
  readonly template: string;
  readonly tenantUrl: string;
  /** Whether a token is stored; it is never shown. */
  readonly hasSecret: boolean;
  /** When the token ends; null = never, or nobody knows. */
  readonly secretExpiresAt: string | null;
  /** Settings as lockstep.yaml writes them; one that is absent has its default. */
  readonly settings: DeclaredSettings & Required<Pick<DeclaredSettings, 'schedule'>>;
}

const shape: z.ZodType<AppSettingsShape> = z.object({
  name: z.string(),
  template: z.string(),
  tenantUrl: z.string(),
  hasSecret: z.boolean(),
  secretExpiresAt: z.string().nullable(),
  settings: z.object({ ...settingsShape, schedule: settingsShape.schedule.unwrap() }),
});

/** What a change of settings may name. */
export type AppSettingsChange = SettingsChange & {
  readonly secretToken?: string;
  readonly secretExpiresAt?: string | null;
};

const changeSchema = z.strictObject({
  name: optionalKey(appNameSchema),
  tenantUrl: optionalKey(tenantUrlSchema),
  secretToken: optionalKey(secretTokenSchema),
  secretExpiresAt: optionalKey(secretExpiresAtSchema),
  ...mapForms((form) => optionalKey(z.nullable(form))),
}) as unknown as z.ZodType<AppSettingsChange>;

const params = z.object({ app: z.string().max(200) });
const tags = ['apps'];

const read = createRoute({
  method: 'get',
  path: '/apps/{app}/settings',
  tags,
  summary: 'How an app is reached and how its job runs: connection, schedule, rate, guard, mails',
  request: { params },
  responses: { 200: answers('The settings', shape), ...problems },
});

const change = createRoute({
  method: 'patch',
  path: '/apps/{app}',
  tags,
  summary:
    'Changes name, connection and settings of an app; what the body does not name stays, null takes a setting away',
  request: { params, query: z.object({ dryRun: flag }), body: takes(changeSchema) },
  responses: { 200: answers('What was done', editSchema), ...problems },
});

/** Adds the routes of an app's settings. */
export function addAppSettingsRoutes(api: AdminApi, services: Services): void {
  api.openapi(read, async (context) => {
    const found = await services.apps.find(context.req.valid('param').app);
    context.header('etag', tagOf(found));
    return context.json(showSettings(found), 200);
  });

  api.openapi(change, async (context) => {
    const { secretToken, secretExpiresAt, ...settings } = context.req.valid('json');
    const request = {
      app: context.req.valid('param').app,
      isDryRun: context.req.valid('query').dryRun,
      ifMatch: context.req.header('if-match'),
      secretToken,
      secretExpiresMs: typeof secretExpiresAt === 'string' ? Date.parse(secretExpiresAt) : secretExpiresAt,
    };
    const { body, tag } = await editApp(services, request, ({ definition }) => withSettings(definition, settings));
    context.header('etag', tag);
    return context.json(body, 200);
  });
}

function showSettings({ definition, hasSecret, secretExpiresMs }: App): AppSettingsShape {
  const { name, template, tenantUrl } = definition;
  const secretExpiresAt = timeOrNull(secretExpiresMs);
  return { name, template, tenantUrl, hasSecret, secretExpiresAt, settings: settingsOf(definition) };
}
