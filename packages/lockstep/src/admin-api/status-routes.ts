import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { appPage } from '../apps/app-page.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { answers, appPageSchema, problems, timeText } from './shapes.ts';
import { readStatus, type StatusShape, statusSchema } from './status-shape.ts';

/** How the whole server stands. */
export interface ServerStatusShape {
  readonly startedAt: string;
  readonly url: string;
  /** In the directory. */
  readonly users: number;
  readonly groups: number;
  readonly apps: readonly StatusShape[];
  /** Where the next page of apps begins; absent on the last. */
  readonly next?: string;
}

const serverStatusSchema: z.ZodType<ServerStatusShape> = z.object({
  startedAt: z.string(),
  url: z.string(),
  users: z.number(),
  groups: z.number(),
  apps: z.array(statusSchema),
  next: optionalKey(z.string()),
});

const status = createRoute({
  method: 'get',
  path: '/status',
  tags: ['provisioning'],
  summary: 'How the server and the provisioning of every app stand',
  request: { query: appPageSchema },
  responses: {
    200: answers('The status', serverStatusSchema),
    ...problems,
  },
});

/** Adds the route of the whole status. */
export function addStatusRoutes(api: AdminApi, services: Services): void {
  api.openapi(status, async (context) => {
    const { directory, apps } = services;
    const [users, groups] = await Promise.all([
      directory.list('User', { count: 0 }),
      directory.list('Group', { count: 0 }),
    ]);
    const { items, next } = appPage(await apps.list(), context.req.valid('query'));
    const states = await Promise.all(items.map((app) => readStatus(services, app)));
    const startedAt = timeText(services.startedMs);
    const body = { startedAt, url: services.publicUrl(), users: users.total, groups: groups.total, apps: states };
    return context.json(next === undefined ? body : { ...body, next }, 200);
  });
}
