import type { WebhookShape } from 'lockstep/admin-api/answers';

/** How an endpoint stands: it takes what happens, is switched off, or the next event has failed and waits. */
export type WebhookHealth =
  | { readonly is: 'well' }
  | { readonly is: 'off' }
  | { readonly is: 'retrying'; readonly attempts: number; readonly nextAt: string; readonly error: string };

/** Reads the standing of an endpoint. */
export function healthOf({
  attempts,
  nextAttemptAt,
  lastError,
  isOn,
}: Pick<WebhookShape, 'attempts' | 'nextAttemptAt' | 'lastError' | 'isOn'>): WebhookHealth {
  if (!isOn) return { is: 'off' };
  if (attempts === 0 || nextAttemptAt === null) return { is: 'well' };
  return { is: 'retrying', attempts, nextAt: nextAttemptAt, error: lastError ?? '' };
}

/** Whether a text can be an endpoint's address: http or https, without a user name in it. */
export function isEndpointUrl(text: string): boolean {
  const url = URL.parse(text.trim());
  if (url === null) return false;
  return ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.password === '';
}
