import { createRoute } from '@hono/zod-openapi';
import type { Webhook } from '@lockstep/store';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { requireTenant } from './provider-routes.ts';
import { answers, itemsOf, limitOf, problems, takes, timeText } from './shapes.ts';

/** An endpoint that is told of events, without its secret. */
export interface WebhookShape {
  readonly id: string;
  readonly url: string;
  readonly createdAt: string;
  /** The entry of the feed it was told last. */
  readonly position: number;
  /** How often the next entry has failed. */
  readonly attempts: number;
  readonly nextAttemptAt: string | null;
  readonly lastError: string | null;
  /** Switched off it is told nothing, and what happens waits. */
  readonly isOn: boolean;
}

/** An event the endpoint did not take in all attempts. */
export interface DeadLetterShape {
  readonly entry: number;
  readonly deadAt: string;
  readonly attempts: number;
  readonly error: string;
}

const webhookFields = {
  id: z.string(),
  url: z.string(),
  createdAt: z.string(),
  position: z.number(),
  attempts: z.number(),
  nextAttemptAt: z.string().nullable(),
  lastError: z.string().nullable(),
  isOn: z.boolean(),
};
const webhookSchema: z.ZodType<WebhookShape> = z.object(webhookFields);

const outcomeSchema = z.object({ delivered: z.boolean(), error: optionalKey(z.string()) });

const newWebhook = z.strictObject({ url: z.string().min(1).max(2_000), after: optionalKey(z.number().int().min(0)) });
const letterSchema: z.ZodType<DeadLetterShape> = z.object({
  entry: z.number(),
  deadAt: z.string(),
  attempts: z.number(),
  error: z.string(),
});

const id = z.object({ id: z.string() });
const ids = id.extend({ webhookId: z.string() });

const create = createRoute({
  method: 'post',
  path: '/providers/{id}/webhooks',
  tags: ['providers'],
  summary: 'Makes an endpoint that is told what happens; its signing secret appears here and never again',
  request: { params: id, body: takes(newWebhook) },
  responses: { 201: answers('The endpoint', z.object({ ...webhookFields, secret: z.string() })), ...problems },
});

const list = createRoute({
  method: 'get',
  path: '/providers/{id}/webhooks',
  tags: ['providers'],
  summary: 'Endpoints of a tenant, how far each has come and what stops it',
  request: { params: id },
  responses: { 200: answers('Endpoints', itemsOf(webhookSchema)), ...problems },
});

const change = createRoute({
  method: 'patch',
  path: '/providers/{id}/webhooks/{webhookId}',
  tags: ['providers'],
  summary: 'Switches an endpoint on or off; switched on it is told first what waited',
  request: { params: ids, body: takes(z.strictObject({ isOn: z.boolean() })) },
  responses: { 200: answers('The endpoint', webhookSchema), ...problems },
});

const sendTest = createRoute({
  method: 'post',
  path: '/providers/{id}/webhooks/{webhookId}/test',
  tags: ['providers'],
  summary: 'Sends an event of the type endpoint.test, now; it is no entry of the feed',
  request: { params: ids },
  responses: { 200: answers('Whether it was taken', outcomeSchema), ...problems },
});

const remove = createRoute({
  method: 'delete',
  path: '/providers/{id}/webhooks/{webhookId}',
  tags: ['providers'],
  summary: 'Removes an endpoint with its dead letters',
  request: { params: ids },
  responses: { 204: { description: 'It is told nothing any more' }, ...problems },
});

const deadLetters = createRoute({
  method: 'get',
  path: '/providers/{id}/webhooks/{webhookId}/dead-letters',
  tags: ['providers'],
  summary: 'Events the endpoint did not take in all attempts, oldest first',
  request: {
    params: ids,
    query: z.object({ after: z.coerce.number().int().min(0).default(0), limit: limitOf(100, 1_000) }),
  },
  responses: { 200: answers('Dead letters', itemsOf(letterSchema)), ...problems },
});

const redeliver = createRoute({
  method: 'post',
  path: '/providers/{id}/webhooks/{webhookId}/dead-letters/{entry}/redeliver',
  tags: ['providers'],
  summary: 'Sends a dead letter once more; it is struck off when the endpoint takes it',
  request: { params: ids.extend({ entry: z.coerce.number().int().min(1) }) },
  responses: {
    200: answers('Whether it was taken', outcomeSchema),
    ...problems,
  },
});

/** Adds the routes of webhooks. */
export function addWebhookRoutes(api: AdminApi, services: Services): void {
  const { webhooks } = services;
  const kept = services.store.webhooks;

  api.openapi(create, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    const { webhook, secret } = await webhooks.add(tenant.id, context.req.valid('json'));
    return context.json({ ...toShape(webhook), secret }, 201);
  });

  api.openapi(list, async (context) => {
    const tenant = await requireTenant(services, context.req.valid('param').id);
    return context.json({ items: (await kept.list(tenant.id)).map(toShape) }, 200);
  });

  api.openapi(change, async (context) => {
    const webhook = await requireWebhook(services, context.req.valid('param'));
    const { isOn } = context.req.valid('json');
    await kept.setOn(webhook.tenantId, webhook.id, isOn);
    return context.json(toShape({ ...webhook, isOn }), 200);
  });

  api.openapi(sendTest, async (context) => {
    const error = await webhooks.sendTest(await requireWebhook(services, context.req.valid('param')));
    return context.json(toOutcome(error), 200);
  });

  api.openapi(remove, async (context) => {
    const webhook = await requireWebhook(services, context.req.valid('param'));
    await kept.remove(webhook.tenantId, webhook.id);
    return context.body(null, 204);
  });

  api.openapi(deadLetters, async (context) => {
    const webhook = await requireWebhook(services, context.req.valid('param'));
    const query = context.req.valid('query');
    const letters = await kept.deadLetters(webhook.id, query);
    const items = letters.map(({ deadMs, ...letter }) => ({ ...letter, deadAt: timeText(deadMs) }));
    const last = letters.length < query.limit ? undefined : letters.at(-1)?.entry;
    return context.json({ items, ...(last === undefined ? {} : { next: String(last) }) }, 200);
  });

  api.openapi(redeliver, async (context) => {
    const { entry, ...path } = context.req.valid('param');
    const error = await webhooks.redeliver(await requireWebhook(services, path), entry);
    return context.json(toOutcome(error), 200);
  });
}

/** @throws {LockstepError} `notFound` */
async function requireWebhook(
  services: Services,
  path: { readonly id: string; readonly webhookId: string },
): Promise<Webhook> {
  const tenant = await requireTenant(services, path.id);
  const webhook = await services.store.webhooks.find(tenant.id, path.webhookId);
  if (webhook !== undefined) return webhook;
  throw new LockstepError('notFound', `the provider has no webhook ${JSON.stringify(path.webhookId)}`);
}

function toOutcome(error: string | undefined): z.infer<typeof outcomeSchema> {
  return error === undefined ? { delivered: true } : { delivered: false, error };
}

function toShape(webhook: Webhook): WebhookShape {
  return {
    id: webhook.id,
    url: webhook.url,
    createdAt: timeText(webhook.createdMs),
    position: webhook.position,
    attempts: webhook.attempts,
    nextAttemptAt: webhook.attempts === 0 ? null : timeText(webhook.nextAttemptMs),
    lastError: webhook.lastError,
    isOn: webhook.isOn,
  };
}
