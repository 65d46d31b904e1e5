import { createRoute } from '@hono/zod-openapi';
import type { AuditEntry } from '@lockstep/store';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { answers, itemsOf, limitOf, problems, timeText } from './shapes.ts';

/** One change of the configuration, as the API shows it. */
export interface AuditShape extends Omit<AuditEntry, 'atMs'> {
  readonly at: string;
}

/** The form of an audit entry. */
export const auditSchema: z.ZodType<AuditShape> = z.object({
  number: z.number(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  differences: z.array(z.object({ what: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
});

const part = optionalKey(z.string().min(1).max(200));

const list = createRoute({
  method: 'get',
  path: '/audit',
  tags: ['server'],
  summary: 'Changes of the configuration, newest first; filters are parts of the text in any case',
  request: {
    query: z.object({
      subject: part,
      actor: part,
      action: part,
      from: optionalKey(z.iso.datetime({ offset: true })).describe('Not before this time'),
      to: optionalKey(z.iso.datetime({ offset: true })).describe('Before this time'),
      after: optionalKey(z.coerce.number().int().min(1)).describe('The next of the page before'),
      limit: limitOf(100, 1_000),
    }),
  },
  responses: { 200: answers('Entries', itemsOf(auditSchema)), ...problems },
});

const one = createRoute({
  method: 'get',
  path: '/audit/{number}',
  tags: ['server'],
  summary: 'One change of the configuration',
  request: { params: z.object({ number: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }) },
  responses: { 200: answers('The entry', auditSchema), ...problems },
});

/** Adds the routes of the audit log. */
export function addAuditRoutes(api: AdminApi, { store }: Pick<Services, 'store'>): void {
  api.openapi(list, async (context) => {
    const { from, to, after, limit, ...parts } = context.req.valid('query');
    const found = await store.audit.list({
      ...parts,
      ...(from === undefined ? {} : { fromMs: Date.parse(from) }),
      ...(to === undefined ? {} : { toMs: Date.parse(to) }),
      ...(after === undefined ? {} : { before: after }),
      limit,
    });
    const items = found.map(show);
    const last = items.length < limit ? undefined : items.at(-1)?.number;
    return context.json(last === undefined ? { items } : { items, next: String(last) }, 200);
  });
  api.openapi(one, async (context) => {
    const found = await store.audit.find(context.req.valid('param').number);
    if (found !== undefined) return context.json(show(found), 200);
    const hint = 'Entries older than the retention are dropped.';
    throw new LockstepError('notFound', 'there is no such entry in the audit log', { hint });
  });
}

function show({ atMs, ...rest }: AuditEntry): AuditShape {
  return { ...rest, at: timeText(atMs) };
}
