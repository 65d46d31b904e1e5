import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { secretTokenSchema, tenantUrlSchema } from '../apps/declared-settings.ts';
import type { RestartScope, UnsavedConnection } from '../apps/job-runner.ts';
import type { ConnectionResult } from '../apps/open-client.ts';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { exchangeSchema, logSchema, showLog } from './log-shape.ts';
import { asLockstepError, problemAnswer } from './problem.ts';
import { answers, problems, takes } from './shapes.ts';
import { cycleSchema, readStatus, showCycle, statusSchema } from './status-shape.ts';
import { streamOf } from './stream-of.ts';

const connectionSchema: z.ZodType<ConnectionResult> = z.discriminatedUnion('isOk', [
  z.object({
    isOk: z.literal(true),
    exchanges: z.array(exchangeSchema),
    features: z.object({
      patch: z.boolean(),
      filter: z.boolean(),
      filterMaxResults: optionalKey(z.number()),
      bulk: z.boolean(),
      bulkMaxOperations: optionalKey(z.number()),
      bulkMaxPayloadSize: optionalKey(z.number()),
      sort: z.boolean(),
      etag: z.boolean(),
      changePassword: z.boolean(),
    }),
  }),
  z.object({
    isOk: z.literal(false),
    exchanges: z.array(exchangeSchema),
    category: z.string(),
    status: optionalKey(z.number()),
    message: z.string(),
    hint: z.string(),
  }),
]);

const unsavedSchema: z.ZodType<UnsavedConnection> = z.strictObject({
  tenantUrl: optionalKey(tenantUrlSchema),
  secretToken: optionalKey(secretTokenSchema),
});

/** What a restart may forget. */
export const restartScopes: readonly [RestartScope, ...RestartScope[]] = [
  'watermark',
  'escrows',
  'quarantine',
  'full',
  'forceDeletes',
];

const app = z.object({ app: z.string().max(200) });
const tags = ['provisioning'];

const test = createRoute({
  method: 'post',
  path: '/apps/{app}/test',
  tags,
  summary:
    'Test Connection: a look-up of a user that cannot exist, with the stored connection or with what was typed and not saved',
  request: { params: app, body: { ...takes(unsavedSchema), required: false } },
  responses: { 200: answers('What was found', connectionSchema), ...problems },
});

const sync = createRoute({
  method: 'post',
  path: '/apps/{app}/sync',
  tags,
  summary: 'Runs a cycle now; with wait the answer comes when it has ended',
  request: {
    params: app,
    body: takes(
      z.strictObject({
        wait: z.boolean().default(false),
        restart: z.array(z.enum(restartScopes)).default([]),
        confirmOrphans: optionalKey(z.int().min(0)),
      }),
    ),
  },
  responses: {
    200: answers('The cycle, which has ended', cycleSchema),
    202: answers('The status of the app, whose cycle has begun', statusSchema),
    ...problems,
  },
});

const plan = createRoute({
  method: 'get',
  path: '/apps/{app}/plan',
  tags,
  summary:
    'What the next cycle would do, as JSON lines {objectType, source, action, text, changes}; sends nothing that writes',
  request: { params: app },
  responses: {
    200: {
      description: 'One JSON object a line; a last line {error} when it could not be finished',
      content: { 'application/x-ndjson': { schema: z.string() } },
    },
  },
});

const provision = createRoute({
  method: 'post',
  path: '/apps/{app}/provision',
  tags,
  summary: 'Provisions one person or group now, and tells the steps; with isDryRun nothing is sent that writes',
  request: {
    params: app,
    body: takes(
      z.strictObject({
        user: optionalKey(z.string().max(1_000)),
        group: optionalKey(z.string().max(1_000)),
        isDryRun: z.boolean().default(false),
      }),
    ),
  },
  responses: { 200: answers('The log record', logSchema), ...problems },
});

const status = createRoute({
  method: 'get',
  path: '/apps/{app}/status',
  tags,
  summary: 'How the provisioning of an app stands',
  request: { params: app },
  responses: { 200: answers('The status', statusSchema), ...problems },
});

/** Adds the routes that run jobs. */
export function addJobRoutes(api: AdminApi, services: Services): void {
  const { apps, jobs, scheduler, directory } = services;

  api.openapi(test, async (context) => {
    return context.json(await jobs.test(context.req.valid('param').app, context.req.valid('json')), 200);
  });

  api.openapi(sync, async (context) => {
    const found = await apps.find(context.req.valid('param').app);
    const { wait, restart, confirmOrphans } = context.req.valid('json');
    // What keeps the job from running at all is said now, not in a log.
    await apps.secret(found);
    if (restart.length > 0) await jobs.restart(found.id, { scopes: restart, confirmOrphans });
    const cycle = scheduler.runNow(found.id);
    if (wait) return context.json(showCycle(await cycle), 200);
    cycle.catch((error: unknown) => services.report(`${found.definition.name}: the cycle could not run`, error));
    return context.json(await readStatus(services, found), 202);
  });

  // A stream has no form the router's types could check, so it is described and handled apart.
  api.openAPIRegistry.registerPath(plan);
  api.get('/apps/:app/plan', async (context) => {
    const found = await apps.find(context.req.param('app'));
    await apps.secret(found);
    const lines = toLines(jobs.plan(found.id), services);
    return new Response(streamOf(lines), {
      headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' },
    });
  });

  api.openapi(provision, async (context) => {
    const found = await apps.find(context.req.valid('param').app);
    const { user, group, isDryRun } = context.req.valid('json');
    const name = user ?? group;
    if (name === undefined || (user !== undefined && group !== undefined)) {
      throw new LockstepError('badRequest', 'either user or group is needed');
    }
    const { objectId } = await directory.find(user === undefined ? 'Group' : 'User', name);
    const objectType = user === undefined ? 'group' : 'user';
    const record = await jobs.provision(found.id, { objectType, sourceId: objectId, isDryRun });
    return context.json(showLog(record, found.definition.name), 200);
  });

  api.openapi(status, async (context) => {
    const found = await apps.find(context.req.valid('param').app);
    return context.json(await readStatus(services, found), 200);
  });
}

async function* toLines(objects: AsyncIterable<object>, services: Services): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  try {
    for await (const object of objects) yield encoder.encode(`${JSON.stringify(object)}\n`);
  } catch (error) {
    // The status has been sent already, so the stream itself has to say that it is not whole.
    const refusal = asLockstepError(error);
    if (refusal.code === 'internal') services.report('the plan failed', error);
    yield encoder.encode(`${JSON.stringify(problemAnswer(refusal).body)}\n`);
  }
}
