import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { ImportReport } from '../directory/import-people.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import { actorOf } from './audit-trail.ts';
import type { AdminApi } from './create-admin-api.ts';
import { attributesSchema } from './entry-shape.ts';
import { answers, problems, takes } from './shapes.ts';

/** What an import did; also part of what applying a declaration did. */
export const importReportSchema: z.ZodType<ImportReport> = z.object({
  isDryRun: z.boolean(),
  created: z.number(),
  updated: z.number(),
  restored: z.number(),
  removed: z.number(),
  unchanged: z.number(),
  groupsCreated: z.number(),
  membersAdded: z.number(),
  membersRemoved: z.number(),
  changes: z.array(
    z.object({
      do: z.enum(['create', 'update', 'restore', 'remove']),
      objectId: z.string(),
      userPrincipalName: z.string(),
      attributes: attributesSchema,
    }),
  ),
});

const importBody = z.strictObject({
  format: z.enum(['csv', 'json']),
  text: z.string(),
  file: optionalKey(z.string().min(1).max(500)).describe('Name of the file, for the history of imports'),
  key: z.enum(['employeeId', 'userPrincipalName']).default('userPrincipalName'),
  prune: z.boolean().default(false),
  isDryRun: z.boolean().default(false),
  force: z.boolean().default(false),
});

const run = createRoute({
  method: 'post',
  path: '/directory/import',
  tags: ['directory'],
  summary:
    'Makes people equal to a CSV or JSON file. When one row is wrong nothing is written, and every fault is named',
  request: { body: takes(importBody) },
  responses: { 200: answers('What was done', importReportSchema), ...problems },
});

/** Adds the route that imports people. */
export function addImportRoutes(api: AdminApi, services: Services): void {
  api.openapi(run, async (context) => {
    const { file, ...asked } = context.req.valid('json');
    const report = await services.feeds.run({ source: { kind: 'file' }, actor: actorOf(context), file }, asked);
    return context.json(report, 200);
  });
}
