import { createHmac, randomBytes } from 'node:crypto';

/** What is signed: Standard Webhooks joins the three with dots. */
export interface SignedContent {
  readonly id: string;
  /** Whole seconds since 1970. */
  readonly timestampSeconds: number;
  readonly body: string;
}

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** A new signing secret: `whsec_` and 256 random bits in base64. */
export function newWebhookSecret(): string {
  return `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/** The header `webhook-signature` of Standard Webhooks: `v1,` and the HMAC-SHA256 in base64. */
export function signWebhook(secret: string, { id, timestampSeconds, body }: SignedContent): string {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestampSeconds}.${body}`).digest('base64')}`;
}
