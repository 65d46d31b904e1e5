import { createRoute } from '@hono/zod-openapi';
import type { BoundedCount, Counted } from '@lockstep/store';
import type { Context } from 'hono';
import { z } from 'zod';
import { product } from '../product.ts';
import type { Services } from '../server/services.ts';
import { settingOf, shownSetting } from '../settings/setting.ts';
import type { AdminApi } from './create-admin-api.ts';
import { answers, problems, timeText } from './shapes.ts';

/** What runs here. */
export interface AboutShape {
  readonly version: string;
  readonly licence: string;
  /** Version of Node. */
  readonly node: string;
  /** Such as `linux x64`. */
  readonly platform: string;
  readonly startedAt: string;
  /** Address that users and apps reach this server by. */
  readonly baseUrl: string;
  readonly database: {
    readonly kind: 'sqlite' | 'postgres';
    readonly version: string;
    /** Number of the newest migration. */
    readonly schema: number;
    readonly bytes: number;
  };
  /** How much there is; `isMore` = more than was counted. */
  readonly counts: Readonly<Record<Counted, BoundedCount>>;
  /** Where it is kept; null for whoever is no owner. */
  readonly places: { readonly dataFolder: string; readonly database: string; readonly masterKeyFile: string } | null;
}

const bounded: z.ZodType<BoundedCount> = z.object({ count: z.number(), isMore: z.boolean() });

export const aboutSchema: z.ZodType<AboutShape> = z.object({
  version: z.string(),
  licence: z.string(),
  node: z.string(),
  platform: z.string(),
  startedAt: z.string(),
  baseUrl: z.string(),
  database: z.object({
    kind: z.enum(['sqlite', 'postgres']),
    version: z.string(),
    schema: z.number(),
    bytes: z.number(),
  }),
  counts: z.object({
    objects: bounded,
    memberships: bounded,
    feedEntries: bounded,
    logRecords: bounded,
    auditEntries: bounded,
  }),
  places: z.object({ dataFolder: z.string(), database: z.string(), masterKeyFile: z.string() }).nullable(),
});

const about = createRoute({
  method: 'get',
  path: '/about',
  tags: ['server'],
  summary: 'What runs here: versions, address, database and sizes; an owner is told where it is kept too',
  responses: { 200: answers('What runs here', aboutSchema), ...problems },
});

/** Adds the route that says what runs here. */
export function addAboutRoutes(api: AdminApi, services: Services): void {
  api.openapi(about, async (context) => {
    const { counts, ...database } = await services.store.facts();
    const body: AboutShape = {
      ...product,
      node: process.versions.node,
      platform: `${process.platform} ${process.arch}`,
      startedAt: timeText(services.startedMs),
      baseUrl: services.publicUrl(),
      database,
      counts,
      places: placesFor(context, services),
    };
    return context.json(body, 200);
  });
}

function placesFor(context: Context, { settings }: Services): AboutShape['places'] {
  if (!context.get('principal').permissions.includes('people')) return null;
  const { dataFolder, database, masterKeyFile } = settings;
  return { dataFolder, database: shownSetting(settingOf('database'), database), masterKeyFile };
}
