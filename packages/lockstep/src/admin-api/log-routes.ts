import { createRoute } from '@hono/zod-openapi';
import type { LogQuery } from '@lockstep/engine/ports';
import { z } from 'zod';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { logSchema, showLog } from './log-shape.ts';
import { answers, itemsOf, limitOf, problems } from './shapes.ts';

const query = z.object({
  app: optionalKey(z.string().max(200)),
  user: optionalKey(z.string().max(1_000)).describe(
    'A person or group: any name of theirs, or a part of their display name',
  ),
  cycle: optionalKey(z.string().max(100)),
  status: optionalKey(z.enum(['success', 'warning', 'failure', 'skipped'])),
  action: optionalKey(z.enum(['create', 'update', 'delete', 'disable', 'stagedDelete', 'other'])),
  after: optionalKey(z.coerce.number().int().min(0)).describe('Only later records, oldest first; for following'),
  limit: limitOf(100, 1_000),
});

const list = createRoute({
  method: 'get',
  path: '/logs',
  tags: ['provisioning'],
  summary:
    'The provisioning log, newest first; with after oldest first. next is the highest number seen, to follow with',
  request: { query },
  responses: { 200: answers('Records', itemsOf(logSchema)), ...problems },
});

/** Adds the route of the provisioning log. */
export function addLogRoutes(api: AdminApi, services: Services): void {
  const { apps, store } = services;

  api.openapi(list, async (context) => {
    const asked = context.req.valid('query');
    const found = await store.engine.log(await toLogQuery(services, asked));
    const names = new Map((await apps.list()).map((app) => [app.id, app.definition.name]));
    const items = found.map((record) => showLog(record, names.get(record.jobId) ?? record.jobId));
    const highest = items.reduce((most, { number }) => Math.max(most, number), asked.after ?? 0);
    return context.json({ items, next: String(highest) }, 200);
  });
}

async function toLogQuery(services: Services, asked: z.infer<typeof query>): Promise<LogQuery> {
  const { app, user, cycle, status, action, after, limit } = asked;
  return {
    limit,
    ...(app === undefined ? {} : { jobId: (await services.apps.find(app)).id }),
    ...(user === undefined ? {} : await whoIs(services, user)),
    ...(cycle === undefined ? {} : { cycleId: cycle }),
    ...(status === undefined ? {} : { status }),
    ...(action === undefined ? {} : { action }),
    ...(after === undefined ? {} : { after }),
  };
}

/** Somebody the directory knows is looked up by id; other texts are looked for in the names of the log. */
async function whoIs(services: Services, name: string): Promise<{ sourceId: string } | { identity: string }> {
  try {
    return { sourceId: (await services.directory.findPrincipal(name)).objectId };
  } catch (error) {
    if (error instanceof Error && error.name === 'LockstepError') return { identity: name };
    throw error;
  }
}
