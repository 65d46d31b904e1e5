import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { type ApplyReport, applyDeclaration } from '../apps/apply-declaration.ts';
import { declarationSchema } from '../apps/declaration.ts';
import type { Services } from '../server/services.ts';
import { appChangeSchema } from './app-routes.ts';
import { actorOf } from './audit-trail.ts';
import type { AdminApi } from './create-admin-api.ts';
import { importReportSchema } from './import-routes.ts';
import { answers, problems, takes } from './shapes.ts';

const reportSchema: z.ZodType<ApplyReport> = z.object({
  isDryRun: z.boolean(),
  isChanged: z.boolean(),
  feeds: z.array(z.intersection(importReportSchema, z.object({ name: z.string() }))),
  apps: z.array(appChangeSchema),
  otherApps: z.array(z.string()),
});

const apply = createRoute({
  method: 'post',
  path: '/apply',
  tags: ['apps'],
  summary:
    'Makes the server equal to a declaration (lockstep.yaml as JSON, with tokens and files filled in); idempotent',
  request: { body: takes(z.strictObject({ declaration: declarationSchema, isDryRun: z.boolean().default(false) })) },
  responses: { 200: answers('What was done', reportSchema), ...problems },
});

/** Adds the route that applies a declaration. */
export function addApplyRoutes(api: AdminApi, services: Services): void {
  const { feeds, apps } = services;
  api.openapi(apply, async (context) => {
    const { declaration, isDryRun } = context.req.valid('json');
    const report = await applyDeclaration(declaration, { feeds, apps, actor: actorOf(context) }, { isDryRun });
    return context.json(report, 200);
  });
}
