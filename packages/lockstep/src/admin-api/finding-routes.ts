import { createRoute } from '@hono/zod-openapi';
import type { JsonObject } from '@lockstep/scim';
import type { Finding, Scan, ScanKind } from '@lockstep/store';
import { z } from 'zod';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { answers, itemsOf, jsonSchema, limitOf, problems, takes, timeText } from './shapes.ts';

/** One thing a look at an app found. */
export interface FindingShape extends Omit<Finding, 'foundMs' | 'scanId'> {
  readonly foundAt: string;
}

/** The last look at an app. */
export interface ScanShape extends Pick<Scan, 'id' | 'state' | 'detail'> {
  readonly startedAt: string;
  readonly endedAt: string | null;
}

/** What became of one finding. */
export interface SettledShape {
  readonly id: string;
  readonly state: 'done' | 'planned' | 'refused' | 'held' | 'failed';
  readonly text: string;
}

const anyObject: z.ZodType<JsonObject> = z.record(z.string(), jsonSchema);

/** The form of a finding. */
export const findingSchema: z.ZodType<FindingShape> = z.object({
  id: z.string(),
  class: z.string(),
  state: z.enum(['open', 'ignored', 'settled']),
  foundAt: z.string(),
  body: anyObject,
});

/** The form of a look. */
export const scanSchema: z.ZodType<ScanShape> = z.object({
  id: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  detail: anyObject,
});

/** The form of results. */
export const settledSchema: z.ZodType<{ readonly results: readonly SettledShape[] }> = z.object({
  results: z.array(
    z.object({ id: z.string(), state: z.enum(['done', 'planned', 'refused', 'held', 'failed']), text: z.string() }),
  ),
});

const tags = ['provisioning'];
const params = z.object({ app: z.string().max(200) });
const ids = optionalKey(z.array(z.string().max(1_000)).min(1).max(10_000));

function listRoute(kind: ScanKind, path: string) {
  return createRoute({
    method: 'get',
    path,
    tags,
    summary: `What the last look for ${kind === 'drift' ? 'drift' : 'accounts'} found`,
    request: {
      params,
      query: z.object({
        class: optionalKey(z.string().max(50)),
        state: optionalKey(z.enum(['open', 'ignored', 'settled'])),
        after: optionalKey(z.string().max(1_000)),
        limit: limitOf(100, 1_000),
      }),
    },
    responses: { 200: answers('Findings', itemsOf(findingSchema)), ...problems },
  });
}

function scanRoute(kind: ScanKind, path: string) {
  const what =
    kind === 'drift' ? 'Compares the whole app with what it should be' : 'Looks through the accounts of the app';
  return createRoute({
    method: 'post',
    path,
    tags,
    summary: `${what}; sends nothing that writes. The answer comes when it has ended`,
    request: { params },
    responses: { 200: answers('The look', scanSchema), ...problems },
  });
}

const scanAccounts = scanRoute('discovery', '/apps/{app}/import/scan');
const listAccounts = listRoute('discovery', '/apps/{app}/import');
const scanDrift = scanRoute('drift', '/apps/{app}/drift/scan');
const listDrift = listRoute('drift', '/apps/{app}/drift');

const applyAccounts = createRoute({
  method: 'post',
  path: '/apps/{app}/import/apply',
  tags,
  summary: 'Links, assigns, makes people of, or ignores accounts that were found, by id or all of a class',
  request: {
    params,
    body: takes(
      z.strictObject({
        action: z.enum(['link', 'assign', 'create', 'ignore']),
        ids,
        class: optionalKey(z.enum(['assigned', 'unassigned', 'local', 'ambiguous'])),
        filter: optionalKey(z.string().min(1).max(2_000)),
        role: optionalKey(z.string().min(1).max(120)),
        isDisabled: optionalKey(z.boolean()),
        isDryRun: optionalKey(z.boolean()),
        safeguardPercent: optionalKey(z.number().min(0).max(100)),
      }),
    ),
  },
  responses: { 200: answers('What became of each', settledSchema), ...problems },
});

const applyDrift = createRoute({
  method: 'post',
  path: '/apps/{app}/drift/apply',
  tags,
  summary: 'Overwrites the app under the guard, takes over what the app has, or ignores; by id or all that are open',
  request: { params, body: takes(z.strictObject({ action: z.enum(['overwrite', 'adopt', 'ignore']), ids })) },
  responses: { 200: answers('What became of each', settledSchema), ...problems },
});

/** Adds the routes of import and drift. */
export function addFindingRoutes(api: AdminApi, services: Services): void {
  const { apps, discovery, drift } = services;
  const idOf = async (name: string): Promise<string> => (await apps.find(name)).id;

  api.openapi(scanAccounts, async (context) =>
    context.json(showScan(await discovery.scan(await idOf(context.req.valid('param').app))), 200),
  );
  api.openapi(listAccounts, async (context) => {
    const asked = { app: await idOf(context.req.valid('param').app), kind: 'discovery' } as const;
    return context.json(await list(services, asked, context.req.valid('query')), 200);
  });
  api.openapi(applyAccounts, async (context) => {
    const outcomes = await discovery.apply(await idOf(context.req.valid('param').app), context.req.valid('json'));
    const isDryRun = context.req.valid('json').isDryRun === true;
    const results = outcomes.map(({ id, isDone, text }): SettledShape => {
      const undone = isDryRun && text.startsWith('Would ') ? 'planned' : 'refused';
      return { id, state: isDone ? 'done' : undone, text };
    });
    return context.json({ results }, 200);
  });
  api.openapi(scanDrift, async (context) =>
    context.json(showScan(await drift.scan(await idOf(context.req.valid('param').app))), 200),
  );
  api.openapi(listDrift, async (context) => {
    const asked = { app: await idOf(context.req.valid('param').app), kind: 'drift' } as const;
    return context.json(await list(services, asked, context.req.valid('query')), 200);
  });
  api.openapi(applyDrift, async (context) => {
    const results = await drift.apply(await idOf(context.req.valid('param').app), context.req.valid('json'));
    return context.json({ results: [...results] }, 200);
  });
}

async function list(
  { store }: Pick<Services, 'store'>,
  of: { readonly app: string; readonly kind: ScanKind },
  query: Parameters<Services['store']['findings']['findings']>[2],
): Promise<{ readonly items: FindingShape[]; readonly next?: string }> {
  const found = await store.findings.findings(of.app, of.kind, query);
  const items = found.map(({ foundMs, scanId: _scan, ...rest }) => ({ ...rest, foundAt: timeText(foundMs) }));
  const last = items.length < query.limit ? undefined : items.at(-1)?.id;
  return last === undefined ? { items } : { items, next: last };
}

function showScan({ id, state, detail, startedMs, endedMs }: Scan): ScanShape {
  return { id, state, detail, startedAt: timeText(startedMs), endedAt: endedMs === null ? null : timeText(endedMs) };
}
