import type { FeedEntry, RealmKey, RealmStore } from '@lockstep/provider/ports';
import { type Fetch, TransportError } from '@lockstep/scim/client';
import type { Webhook } from '@lockstep/store';
import { eventBody, testBody } from './event-body.ts';
import { signWebhook } from './sign-webhook.ts';

export interface DeliveryPorts {
  readonly realms: RealmStore;
  /** The way out, with the address rules of the installation. */
  readonly fetch: Fetch;
  /** Opens the sealed secret of an endpoint. */
  readonly secretOf: (webhook: Webhook) => string;
  nowMs(): number;
}

/** What an endpoint made of one event: nothing to say when it took it, else why not. */
export type DeliveryFailure = string | undefined;

/** How long an endpoint may take to answer. */
const TIMEOUT_MS = 15_000;

/** Sends one event. The id of the message is that of the feed entry, so an endpoint that gets it twice can tell. */
export async function deliverEvent(
  ports: DeliveryPorts,
  to: { readonly webhook: Webhook; readonly realm: RealmKey; readonly entry: FeedEntry },
): Promise<DeliveryFailure> {
  const { webhook, realm, entry } = to;
  const include = { members: false, groups: false };
  const current = await ports.realms.read(realm, entry.resourceId, { type: entry.type, include });
  const body = JSON.stringify(eventBody(entry, current?.text));
  return send(ports, webhook, { id: messageId(webhook, entry), body });
}

/**
 * Sends an event that stands for nothing, to see whether an endpoint takes it. It is no entry of the feed.
 *
 * @param unique makes the message's id one of its own
 */
export function deliverTest(ports: DeliveryPorts, webhook: Webhook, unique: string): Promise<DeliveryFailure> {
  return send(ports, webhook, {
    id: `test_${webhook.tenantId}_${unique}`,
    body: JSON.stringify(testBody(ports.nowMs())),
  });
}

/** Signed as Standard Webhooks asks for. Any 2xx means taken; redirects are not followed. */
async function send(
  ports: DeliveryPorts,
  webhook: Webhook,
  { id, body }: { readonly id: string; readonly body: string },
): Promise<DeliveryFailure> {
  const timestampSeconds = Math.floor(ports.nowMs() / 1_000);
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': signWebhook(ports.secretOf(webhook), { id, timestampSeconds, body }),
  };
  try {
    const { status } = await ports.fetch({ method: 'POST', url: webhook.url, headers, body, timeoutMs: TIMEOUT_MS });
    return status >= 200 && status < 300 ? undefined : `the endpoint answered ${status}`;
  } catch (error) {
    if (error instanceof TransportError) return error.message;
    throw error;
  }
}

function messageId(webhook: Webhook, entry: FeedEntry): string {
  return `evt_${webhook.tenantId}_${entry.entry}`;
}
