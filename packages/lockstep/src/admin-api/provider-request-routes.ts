import { createRoute } from '@hono/zod-openapi';
import type { RequestQuery } from '@lockstep/store';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { requireTenant } from './provider-routes.ts';
import {
  requestDetailSchema,
  requestSchema,
  requestSummarySchema,
  showDeviation,
  showRequest,
} from './request-shape.ts';
import { answers, flag, itemsOf, limitOf, problems } from './shapes.ts';

const id = z.object({ id: z.string() });
const PATH = '/providers/{id}/requests';
const TAGS = ['providers'];
const SUMMARY_DAYS = 7;
const DAY_MS = 86_400_000;

const querySchema = z.object({
  status: optionalKey(z.enum(['2xx', '3xx', '4xx', '5xx'])),
  deviating: flag.describe('Only those with a deviation'),
  deviation: optionalKey(z.string().min(1).max(100)).describe('Only those with the deviation of this name'),
  search: optionalKey(z.string().min(1).max(200)).describe('Part of method and path, in any case'),
  from: optionalKey(z.iso.datetime({ offset: true })).describe('Not before this time'),
  to: optionalKey(z.iso.datetime({ offset: true })).describe('Before this time'),
  after: optionalKey(z.coerce.number().int().min(1)).describe('The next of the page before'),
  limit: limitOf(100, 1_000),
});

const list = createRoute({
  method: 'get',
  path: PATH,
  tags: TAGS,
  summary: 'Requests of SCIM clients that are kept, newest first, with how each departs from the protocol',
  request: {
    params: id,
    query: querySchema,
  },
  responses: { 200: answers('Requests', itemsOf(requestSchema)), ...problems },
});

const summary = createRoute({
  method: 'get',
  path: `${PATH}/summary`,
  tags: TAGS,
  summary: 'Deviations of the last seven days by name, and how the log of requests stands',
  request: { params: id },
  responses: { 200: answers('The summary', requestSummarySchema), ...problems },
});

const one = createRoute({
  method: 'get',
  path: `${PATH}/{number}`,
  tags: TAGS,
  summary: 'One request with the form of its body, and what can be done about each deviation',
  request: { params: id.extend({ number: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }) },
  responses: { 200: answers('The request', requestDetailSchema), ...problems },
});

/** Adds the routes of the log of requests. */
export function addProviderRequestRoutes(api: AdminApi, services: Services): void {
  const { store, provider, requestLog, clock } = services;

  api.openapi(list, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    const query = context.req.valid('query');
    await requestLog.flush();
    const found = await store.requests.list(queryOf(tenant.id, query));
    const items = found.map(showRequest);
    const last = items.length < query.limit ? undefined : items.at(-1)?.number;
    return context.json(last === undefined ? { items } : { items, next: String(last) }, 200);
  });

  // Before the route of one request, whose number it would be taken for.
  api.openapi(summary, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    await Promise.all([provider.flush(), requestLog.flush()]);
    const [counts, standing] = await Promise.all([
      store.tenants.recentDeviations(tenant.id, clock.nowMs() - (SUMMARY_DAYS - 1) * DAY_MS),
      store.requests.standing(tenant.id),
    ]);
    const deviations = counts.map(({ rule, count }) => ({ ...showDeviation(rule), count }));
    const { mode: serverMode, retentionDays, keep } = requestLog;
    const own = tenant.settings.requestLog ?? serverMode;
    return context.json(
      { days: SUMMARY_DAYS, deviations, mode: own, serverMode, retentionDays, keep, ...standing },
      200,
    );
  });

  api.openapi(one, async (context) => {
    const { id: tenantId, number } = context.req.valid('param');
    const tenant = await requireTenant(services, tenantId);
    await requestLog.flush();
    const found = await store.requests.find(tenant.id, number);
    if (found !== undefined) {
      return context.json({ ...showRequest(found), form: found.form, told: found.deviations.map(showDeviation) }, 200);
    }
    const hint = 'Old requests are dropped, and so are the oldest when there are many.';
    throw new LockstepError('notFound', `there is no request ${number} in the log of this provider`, { hint });
  });
}

function queryOf(tenantId: string, query: z.output<typeof querySchema>): RequestQuery {
  const { status, deviating, from, to, after, ...rest } = query;
  return {
    tenantId,
    isDeviating: deviating,
    ...(status === undefined ? {} : { statusClass: Number(status[0]) }),
    ...(from === undefined ? {} : { fromMs: Date.parse(from) }),
    ...(to === undefined ? {} : { toMs: Date.parse(to) }),
    ...(after === undefined ? {} : { before: after }),
    ...rest,
  };
}
