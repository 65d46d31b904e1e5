import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { SampleProgress } from '../first-run/sample-loader.ts';
import type { SampleAppName } from '../sample/load-sample.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { answers, problems } from './shapes.ts';

const appName: z.ZodType<SampleAppName> = z.object({ id: z.string(), name: z.string() });

const progressSchema: z.ZodType<SampleProgress> = z.discriminatedUnion('state', [
  z.object({ state: z.literal('possible') }),
  z.object({ state: z.literal('notEmpty') }),
  z.object({ state: z.literal('interrupted') }),
  z.object({ state: z.literal('loading'), done: z.number(), total: z.number(), apps: z.array(appName) }),
  z.object({ state: z.literal('loaded'), people: z.number(), groups: z.number(), apps: z.array(appName) }),
  z.object({ state: z.literal('failed'), message: z.string() }),
]);

const routes = {
  show: createRoute({
    method: 'get',
    path: '/sample',
    tags: ['server'],
    summary: 'Whether the sample company can be loaded, and how far it is',
    responses: { 200: answers('How far it is', progressSchema), ...problems },
  }),
  start: createRoute({
    method: 'post',
    path: '/sample',
    tags: ['server'],
    summary: 'Loads the sample company with its four apps into an empty server, and starts their first cycles',
    responses: { 202: answers('It has begun', progressSchema), ...problems },
  }),
} as const;

/** Adds the routes of the sample company. */
export function addSampleRoutes(api: AdminApi, { sampleLoader }: Pick<Services, 'sampleLoader'>): void {
  api.openapi(routes.show, async (context) => context.json(await sampleLoader.progress(), 200));
  api.openapi(routes.start, async (context) => context.json(await sampleLoader.start(), 202));
}
