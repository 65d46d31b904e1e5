import { createRoute } from '@hono/zod-openapi';
import type { LogQuery, LogVerdict } from '@lockstep/engine/ports';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { CSV_FILES, type CsvPart, csvHead, csvLines, objectSummary } from './log-export.ts';
import { type LogShape, logSchema, showLog } from './log-shape.ts';
import { answers, limitOf, problems } from './shapes.ts';
import { streamOf } from './stream-of.ts';

const query = z.object({
  app: optionalKey(z.string().max(200)),
  user: optionalKey(z.string().max(1_000)).describe(
    'A person or group: any name of theirs, or a part of their display name',
  ),
  cycle: optionalKey(z.string().max(100)),
  status: optionalKey(z.enum(['success', 'warning', 'failure', 'skipped'])),
  action: optionalKey(z.enum(['create', 'update', 'delete', 'disable', 'stagedDelete', 'other'])),
  change: optionalKey(z.string().max(100)),
  from: optionalKey(z.iso.datetime({ offset: true })).describe('Not before this time'),
  to: optionalKey(z.iso.datetime({ offset: true })).describe('Before this time'),
  after: optionalKey(z.coerce.number().int().min(0)).describe('Only later records, oldest first; for following'),
  before: optionalKey(z.coerce.number().int().min(1)).describe('Only earlier records, newest first; for paging back'),
  limit: limitOf(100, 1_000),
});

/** A page of the log. */
export interface LogPageShape {
  readonly items: readonly LogShape[];
  /** The highest number seen: `after` for following. */
  readonly next: string;
  /** `before` for the page of older records; absent where the log begins. */
  readonly older?: string;
}

const pageSchema: z.ZodType<LogPageShape> = z.object({
  items: z.array(logSchema),
  next: z.string(),
  older: optionalKey(z.string()),
});

const partSchema = z.enum(['logs', 'steps', 'properties']).default('logs');

/** The form of a verdict over the log. */
export const verdictSchema: z.ZodType<LogVerdict> = z.discriminatedUnion('isIntact', [
  z.object({
    isIntact: z.literal(true),
    checked: z.number(),
    anchor: z.number(),
    last: z.number(),
    hash: z.string(),
  }),
  z.object({ isIntact: z.literal(false), brokenAt: z.number(), why: z.string(), checked: z.number() }),
]);

const list = createRoute({
  method: 'get',
  path: '/logs',
  tags: ['provisioning'],
  summary:
    'The provisioning log, newest first; with after oldest first. next is the highest number seen, to follow with; older leads to the page before',
  request: { query },
  responses: { 200: answers('Records', pageSchema), ...problems },
});

const one = createRoute({
  method: 'get',
  path: '/logs/{number}',
  tags: ['provisioning'],
  summary: 'One record of the provisioning log, with its steps and the requests that were sent',
  request: { params: z.object({ number: z.coerce.number().int().min(1) }) },
  responses: { 200: answers('The record', logSchema), ...problems },
});

const exportRoute = createRoute({
  method: 'get',
  path: '/logs/export',
  tags: ['provisioning'],
  summary:
    'The provisioning log as a file, oldest first, with the filters of the list: JSON lines in the shape of provisioningObjectSummary, or one of three CSV files that changeId joins',
  request: { query: query.extend({ format: z.enum(['json', 'csv']).default('json'), part: partSchema }) },
  responses: {
    200: { description: 'The file', content: { 'text/csv': { schema: z.string() } } },
  },
});

const verify = createRoute({
  method: 'get',
  path: '/logs/verify',
  tags: ['provisioning'],
  summary: 'Recomputes the chain of hashes over the provisioning log, and names the first record that is not as it was',
  responses: { 200: answers('The verdict', verdictSchema), ...problems },
});

/** Adds the routes of the provisioning log. */
export function addLogRoutes(api: AdminApi, services: Services): void {
  const { apps, store } = services;

  api.openapi(list, async (context) => {
    const asked = context.req.valid('query');
    const found = await store.engine.log(await toLogQuery(services, asked));
    const names = new Map((await apps.list()).map((app) => [app.id, app.definition.name]));
    const items = found.map((record) => showLog(record, names.get(record.jobId) ?? record.jobId));
    const highest = items.reduce((most, { number }) => Math.max(most, number), asked.after ?? 0);
    const last = items.at(-1);
    const hasOlder = asked.after === undefined && last !== undefined && items.length === asked.limit;
    return context.json({ items, next: String(highest), ...(hasOlder ? { older: String(last.number) } : {}) }, 200);
  });

  api.openapi(verify, async (context) => context.json(await store.engine.verifyLog(), 200));

  api.openapi(one, async (context) => {
    const { number } = context.req.valid('param');
    const [record] = await store.engine.log({ number, limit: 1 });
    if (record === undefined) {
      const hint = 'Old records are pruned; see LOCKSTEP_LOG_RETENTION_DAYS.';
      throw new LockstepError('notFound', `the log has no record ${number}`, { hint });
    }
    const app = (await apps.list()).find(({ id }) => id === record.jobId)?.definition.name ?? record.jobId;
    return context.json(showLog(record, app), 200);
  });

  // A stream has no form the router's types could check, so it is described and handled apart.
  api.openAPIRegistry.registerPath(exportRoute);
  api.get('/logs/export', async (context) => {
    const parsed = exportRoute.request.query.safeParse(context.req.query());
    if (!parsed.success) throw new LockstepError('badRequest', z.prettifyError(parsed.error));
    const asked = parsed.data;
    const names = new Map((await apps.list()).map((app) => [app.id, app.definition.name]));
    const logQuery = await toLogQuery(services, asked);
    const file = asked.format === 'csv' ? CSV_FILES[asked.part] : 'ProvisioningLogs.jsonl';
    return new Response(streamOf(exportChunks(services, { asked, logQuery, names })), {
      headers: {
        'content-type': asked.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
        'content-disposition': `attachment; filename="${file}"`,
        'cache-control': 'no-store',
      },
    });
  });
}

const EXPORT_PAGE = 500;

interface ExportOptions {
  readonly asked: { readonly format: 'json' | 'csv'; readonly part: CsvPart; readonly after?: number | undefined };
  readonly logQuery: LogQuery;
  readonly names: ReadonlyMap<string, string>;
}

/** The whole log behind `after`, page by page; a failure in the middle breaks the stream off. */
async function* exportChunks({ store }: Services, options: ExportOptions): AsyncGenerator<Uint8Array> {
  const { asked, logQuery, names } = options;
  const encoder = new TextEncoder();
  if (asked.format === 'csv') yield encoder.encode(csvHead(asked.part));
  let after = asked.after ?? 0;
  for (;;) {
    const page = await store.engine.log({ ...logQuery, after, limit: EXPORT_PAGE });
    const lines = page.map((record) => {
      if (asked.format === 'csv') return csvLines(asked.part, record);
      return `${JSON.stringify(objectSummary(record, names.get(record.jobId) ?? record.jobId))}\n`;
    });
    if (lines.length > 0) yield encoder.encode(lines.join(''));
    if (page.length < EXPORT_PAGE) return;
    after = page.at(-1)?.number ?? after;
  }
}

async function toLogQuery(services: Services, asked: z.infer<typeof query>): Promise<LogQuery> {
  const { app, user, cycle, change, from, to, status, action, after, before, limit } = asked;
  return {
    limit,
    ...(app === undefined ? {} : { jobId: (await services.apps.find(app)).id }),
    ...(user === undefined ? {} : await whoIs(services, user)),
    ...(cycle === undefined ? {} : { cycleId: cycle }),
    ...(change === undefined ? {} : { changeId: change }),
    ...(from === undefined ? {} : { fromMs: Date.parse(from) }),
    ...(to === undefined ? {} : { toMs: Date.parse(to) }),
    ...(status === undefined ? {} : { status }),
    ...(action === undefined ? {} : { action }),
    ...(after === undefined ? {} : { after }),
    ...(before === undefined ? {} : { before }),
  };
}

/** So many people and groups of one name are looked for in the log. */
const NAMESAKES_MAX = 50;

/**
 * Somebody the directory knows is looked up by id; then everybody whose name begins so; other texts, such as names of people
 * who are gone, are looked for in the names of the log.
 */
async function whoIs(
  { directory }: Services,
  name: string,
): Promise<Pick<LogQuery, 'sourceId' | 'sourceIds' | 'identity'>> {
  try {
    return { sourceId: (await directory.findPrincipal(name)).objectId };
  } catch (error) {
    if (!(error instanceof LockstepError)) throw error;
  }
  const filter = `displayName sw ${JSON.stringify(name)}`;
  const pages = await Promise.all([
    directory.list('User', { filter, count: NAMESAKES_MAX, withDeleted: true }),
    directory.list('Group', { filter, count: NAMESAKES_MAX, withDeleted: true }),
  ]);
  const known = pages.flatMap(({ total, entries }) =>
    total > NAMESAKES_MAX ? [] : entries.map(({ objectId }) => objectId),
  );
  return known.length === 0 ? { identity: name } : { sourceIds: known };
}
