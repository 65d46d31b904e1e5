import type { FeedEntry, RealmKey, TenantStore } from '@lockstep/provider/ports';
import type { Store, Webhook, WebhookStore } from '@lockstep/store';
import { LockstepError } from '../lockstep-error.ts';
import { sealOwner } from '../secrets/seal-owner.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { type DeliveryFailure, type DeliveryPorts, deliverEvent, deliverTest } from './deliver-event.ts';
import { newWebhookSecret } from './sign-webhook.ts';

export interface WebhookServiceOptions extends Pick<DeliveryPorts, 'fetch' | 'nowMs'> {
  readonly store: Pick<Store, 'realms' | 'tenants' | 'webhooks'>;
  readonly secrets: SecretBox;
  newId(): string;
  /** Calls back after `ms`; returns how to call it off. */
  after(ms: number, callback: () => void): () => void;
  /** Told of failures that are not the endpoint's. */
  report(message: string, error: unknown): void;
}

/** An endpoint just made. `secret` is shown now and never again. */
export interface NewWebhook {
  readonly webhook: Webhook;
  readonly secret: string;
}

/** Endpoints of tenants and the delivery of events to them. */
export interface WebhookService {
  /**
   * @param options.after feed entry behind which to begin; default: what happens from now on
   * @throws {LockstepError} `invalidValue` for an address that is no http or https URL or holds credentials
   */
  add(tenantId: string, options: { readonly url: string; readonly after?: number }): Promise<NewWebhook>;
  /**
   * Delivers what is due and resolves when nothing more is. Events of one endpoint go out one after the other, each only
   * after the one before was taken or dead-lettered.
   */
  deliverDue(): Promise<void>;
  /**
   * Sends a dead letter once more, now; it is struck off when the endpoint takes it.
   * @throws {LockstepError} `notFound`
   */
  redeliver(webhook: Webhook, entry: number): Promise<DeliveryFailure>;
  /** Sends an event that stands for nothing, now, also to an endpoint that is switched off. */
  sendTest(webhook: Webhook): Promise<DeliveryFailure>;
  /** Looks for events again and again. */
  start(): void;
  /** Begins no more deliveries and waits for those under way. */
  stop(): Promise<void>;
}

/** Waits before the second attempt, the third, and so on; who fails after the last goes to the dead letters. */
export const RETRY_WAITS_MS: readonly number[] = [
  5_000, 30_000, 120_000, 600_000, 3_600_000, 21_600_000, 43_200_000, 86_400_000,
];

const LOOK_EVERY_MS = 500;
const LEASE_MS = 60_000;
const PAGE = 50;
const ENDPOINTS_AT_ONCE = 20;
const URL_LENGTH_MAX = 2_000;

/** Makes the service over the store. */
export function createWebhookService(options: WebhookServiceOptions): WebhookService {
  const { store, secrets, nowMs } = options;
  const { webhooks, tenants, realms } = store;
  const ports: DeliveryPorts = {
    realms,
    fetch: options.fetch,
    nowMs: () => nowMs(),
    secretOf: (webhook) => secrets.open(webhook.sealedSecret, sealOwner.webhook(webhook.id)),
  };
  let isStopped = false;
  let running: Promise<void> = Promise.resolve();
  let callOff: (() => void) | undefined;

  const attempt = async (webhook: Webhook, realm: RealmKey, entry: FeedEntry): Promise<boolean> => {
    const failure = await deliverEvent(ports, { webhook, realm, entry });
    if (failure === undefined) return webhooks.move(webhook.id, entry.entry, nowMs() + LEASE_MS);
    return noteFailure(webhooks, { webhook, entry: entry.entry, error: failure }, nowMs());
  };

  const deliverTo = async ({ id }: Webhook): Promise<void> => {
    const webhook = await webhooks.claim(id, nowMs(), nowMs() + LEASE_MS);
    const realm = webhook === undefined ? undefined : await realmOf(tenants, webhook);
    if (webhook === undefined || realm === undefined) return;
    try {
      await deliverPage(webhook, realm);
    } finally {
      await webhooks.release(id);
    }
  };

  const deliverPage = async (webhook: Webhook, realm: RealmKey): Promise<void> => {
    let current = webhook;
    for (const entry of await realms.feed(realm, webhook.position, PAGE)) {
      if (isStopped || !(await attempt(current, realm, entry))) return;
      current = { ...current, position: entry.entry, attempts: 0 };
    }
  };

  const deliverDue = async (): Promise<void> => {
    while (!isStopped) {
      const due = await webhooks.due(nowMs(), ENDPOINTS_AT_ONCE);
      if (due.length === 0) return;
      const results = await Promise.allSettled(due.map(deliverTo));
      const failed = results.filter((result) => result.status === 'rejected');
      for (const { reason } of failed) options.report('events could not be delivered', reason);
      // What failed inside is due still; it is looked at again with the next round and not in a tight loop.
      if (failed.length > 0) return;
    }
  };

  const look = (): void => {
    running = deliverDue()
      .catch((error: unknown) => options.report('events could not be delivered', error))
      .then(() => {
        if (!isStopped) callOff = options.after(LOOK_EVERY_MS, look);
      });
  };

  return {
    deliverDue,
    add: async (tenantId, { url, after }) => {
      checkUrl(url);
      const tenant = await tenants.findTenant(tenantId);
      if (tenant === undefined) throw new LockstepError('notFound', `there is no provider ${JSON.stringify(tenantId)}`);
      const [id, secret] = [options.newId(), newWebhookSecret()];
      const position = after ?? (await realms.feedHead(tenant.realm));
      const sealedSecret = secrets.seal(secret, sealOwner.webhook(id));
      await webhooks.add({ id, tenantId, url, sealedSecret, createdMs: nowMs(), position });
      const webhook = await webhooks.find(tenantId, id);
      if (webhook === undefined) throw new LockstepError('conflict', 'the endpoint was removed meanwhile');
      return { webhook, secret };
    },
    redeliver: async (webhook, number) => {
      const realm = await realmOf(tenants, webhook);
      const [letter] = await webhooks.deadLetters(webhook.id, { after: number - 1, limit: 1 });
      const [entry] = realm === undefined ? [] : await realms.feed(realm, number - 1, 1);
      if (realm === undefined || letter?.entry !== number || entry?.entry !== number) {
        throw new LockstepError('notFound', `the endpoint has no dead letter ${number}`);
      }
      const failure = await deliverEvent(ports, { webhook, realm, entry });
      if (failure === undefined) await webhooks.removeDeadLetter(webhook.id, number);
      return failure;
    },
    sendTest: (webhook) => deliverTest(ports, webhook, options.newId()),
    start: look,
    stop: async () => {
      isStopped = true;
      callOff?.();
      await running;
    },
  };
}

/** @returns true when the endpoint moves on to the next entry: this one has been given up */
async function noteFailure(
  webhooks: WebhookStore,
  failed: { readonly webhook: Webhook; readonly entry: number; readonly error: string },
  nowMs: number,
): Promise<boolean> {
  const { webhook, entry, error } = failed;
  const attempts = webhook.attempts + 1;
  const waitMs = RETRY_WAITS_MS[attempts - 1];
  if (waitMs === undefined) {
    await webhooks.bury(webhook.id, { entry, attempts, error }, nowMs);
    return true;
  }
  await webhooks.postpone(webhook.id, { entry, attempts, error }, nowMs + waitMs);
  return false;
}

async function realmOf(tenants: TenantStore, webhook: Webhook): Promise<RealmKey | undefined> {
  return (await tenants.findTenant(webhook.tenantId))?.realm;
}

function checkUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  const hasCredentials = url !== undefined && `${url.username}${url.password}` !== '';
  if (isWeb && !hasCredentials && text.length <= URL_LENGTH_MAX) return;
  throw new LockstepError('invalidValue', 'url: give an http or https address without a user name in it');
}
