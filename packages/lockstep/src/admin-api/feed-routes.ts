import { createRoute } from '@hono/zod-openapi';
import type { FeedRun } from '@lockstep/store';
import { z } from 'zod';
import type { Feed } from '../directory/feed-service.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { answers, itemsOf, limitOf, problems, timeText } from './shapes.ts';

/** One run of a feed, as the API shows it. */
export interface FeedRunShape extends Omit<FeedRun, 'startedMs' | 'endedMs'> {
  readonly startedAt: string;
  readonly endedAt: string | null;
}

/** Something that brings people into the directory, with how it does. */
export interface FeedShape {
  readonly id: string;
  /** `declared`: named in lockstep.yaml; `file`: files that somebody imports. */
  readonly kind: 'declared' | 'file';
  /** As it is declared; null for files. */
  readonly name: string | null;
  readonly state: 'healthy' | 'running' | 'refused' | 'failed' | 'brokenOff' | 'overdue';
  /** For an overdue one: the longest it took before, in milliseconds. */
  readonly usualMs?: number;
  readonly lastGoodAt: string | null;
  readonly lastRun: FeedRunShape | null;
}

const runSchema: z.ZodType<FeedRunShape> = z.object({
  number: z.number(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  state: z.enum(['running', 'done', 'refused', 'failed']),
  actor: z.string(),
  file: z.string().nullable(),
  settings: z.object({ format: z.string(), key: z.string(), prune: z.boolean() }),
  counts: z.record(z.string(), z.number()).nullable(),
  refusal: z
    .object({
      code: z.string(),
      message: z.string(),
      hint: z.string().nullable(),
      faults: z.number(),
      issues: z.array(z.object({ place: z.string(), message: z.string() })),
    })
    .nullable(),
});

/** The form of a feed. */
export const feedSchema: z.ZodType<FeedShape> = z.object({
  id: z.string(),
  kind: z.enum(['declared', 'file']),
  name: z.string().nullable(),
  state: z.enum(['healthy', 'running', 'refused', 'failed', 'brokenOff', 'overdue']),
  usualMs: optionalKey(z.number()),
  lastGoodAt: z.string().nullable(),
  lastRun: runSchema.nullable(),
});

const tags = ['directory'];
const params = z.object({ feed: z.string().max(1_000) });

const list = createRoute({
  method: 'get',
  path: '/directory/feeds',
  tags,
  summary: 'What brings people into the directory: each feed with its health and its last run',
  request: { query: z.object({ after: optionalKey(z.string().max(1_000)), limit: limitOf(100, 1_000) }) },
  responses: { 200: answers('Feeds', itemsOf(feedSchema)), ...problems },
});

const runs = createRoute({
  method: 'get',
  path: '/directory/feeds/{feed}/runs',
  tags,
  summary: 'Runs of a feed, newest first, at most its last 500; a refused one with the first 20 faults',
  request: {
    params,
    query: z.object({
      after: optionalKey(z.coerce.number().int().min(1)).describe('The next of the page before'),
      limit: limitOf(50, 500),
    }),
  },
  responses: { 200: answers('Runs', itemsOf(runSchema)), ...problems },
});

const forget = createRoute({
  method: 'delete',
  path: '/directory/feeds/{feed}',
  tags,
  summary: 'Forgets a feed and its runs, such as one that is no longer declared; people stay',
  request: { params },
  responses: { 204: { description: 'It is forgotten' }, ...problems },
});

/** Adds the routes of the directory's feeds. */
export function addFeedRoutes(api: AdminApi, { feeds }: Pick<Services, 'feeds'>): void {
  api.openapi(list, async (context) => {
    const page = context.req.valid('query');
    const items = (await feeds.list(page)).map(showFeed);
    const last = items.length < page.limit ? undefined : items.at(-1)?.id;
    return context.json(last === undefined ? { items } : { items, next: last }, 200);
  });
  api.openapi(runs, async (context) => {
    const { after, limit } = context.req.valid('query');
    const page = { limit, ...(after === undefined ? {} : { before: after }) };
    const items = (await feeds.runs(context.req.valid('param').feed, page)).map(showRun);
    const last = items.length < limit ? undefined : items.at(-1)?.number;
    return context.json(last === undefined ? { items } : { items, next: String(last) }, 200);
  });
  api.openapi(forget, async (context) => {
    await feeds.forget(context.req.valid('param').feed);
    return context.body(null, 204);
  });
}

function showFeed({ id, source, health, doneMs, newest }: Feed): FeedShape {
  return {
    id,
    kind: source.kind,
    name: source.kind === 'declared' ? source.name : null,
    state: health.state,
    ...(health.state === 'overdue' ? { usualMs: health.usualMs } : {}),
    lastGoodAt: doneMs === null ? null : timeText(doneMs),
    lastRun: newest === undefined ? null : showRun(newest),
  };
}

function showRun({ startedMs, endedMs, ...rest }: FeedRun): FeedRunShape {
  return { ...rest, startedAt: timeText(startedMs), endedAt: endedMs === null ? null : timeText(endedMs) };
}
