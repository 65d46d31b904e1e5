import { createRoute } from '@hono/zod-openapi';
import type { Expiry, ExpiryPlace, ExpirySource } from '@lockstep/store';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { answers, itemsOf, limitOf, problems, timeText } from './shapes.ts';

/** Something that ends by itself and has to be renewed before. */
export interface ExpiryShape {
  /**
   * `appToken` opens an app for the engine, `token` and `client` open a provider, `apiKey` the admin API; `clientSecret` is what single sign-on by OpenID Connect
   * proves itself with, `certificate` what a directory signs SAML with.
   */
  readonly kind: 'appToken' | 'token' | 'client' | 'apiKey' | 'clientSecret' | 'certificate';
  readonly id: string;
  readonly label: string;
  readonly expiresAt: string;
  readonly hasEnded: boolean;
  /** The provider it belongs to; null for keys, and for the console's own sign-in. */
  readonly provider: { readonly id: string; readonly title: string } | null;
}

const expirySchema: z.ZodType<ExpiryShape> = z.object({
  kind: z.enum(['appToken', 'token', 'client', 'apiKey', 'clientSecret', 'certificate']),
  id: z.string(),
  label: z.string(),
  expiresAt: z.string(),
  hasEnded: z.boolean(),
  provider: z.object({ id: z.string(), title: z.string() }).nullable(),
});

/** The form of a page of what ends. */
export const expiriesSchema: z.ZodType<{ readonly items: readonly ExpiryShape[]; readonly next?: string }> =
  itemsOf(expirySchema);

/** What has ended stays in the list for so long. */
const ENDED_MS = 30 * 86_400_000;

const list = createRoute({
  method: 'get',
  path: '/secrets/expiring',
  tags: ['secrets'],
  summary:
    'Tokens, clients, keys, client secrets and certificates with an end, soonest first, with what ended in 30 days',
  request: {
    query: z.object({
      after: optionalKey(z.string().max(1_000)).describe('The next of the page before'),
      limit: limitOf(50, 200),
    }),
  },
  responses: { 200: answers('What ends', expiriesSchema), ...problems },
});

/** Adds the route of what ends soon. */
export function addExpiryRoutes(api: AdminApi, { store, clock }: Pick<Services, 'store' | 'clock'>): void {
  api.openapi(list, async (context) => {
    const { after, limit } = context.req.valid('query');
    const nowMs = clock.nowMs();
    const place = after === undefined ? {} : { after: readPlace(after) };
    const found = await store.expiries.page({ fromMs: nowMs - ENDED_MS, ...place, limit });
    const items = found.map((one) => showExpiry(one, nowMs));
    const last = found.length < limit ? undefined : found.at(-1);
    return context.json(last === undefined ? { items } : { items, next: placeText(last) }, 200);
  });
}

const PLACE = /^(\d{1,15})\.(apiKey|app|client|connection|token)\.(.+)$/s;

function placeText({ expiresMs, source, id }: ExpiryPlace): string {
  return `${expiresMs}.${source}.${id}`;
}

function readPlace(text: string): ExpiryPlace {
  const [, expiresMs, source, id] = PLACE.exec(text) ?? [];
  if (id === undefined) throw new LockstepError('badRequest', 'after: it is not the next of a page');
  // The pattern lets nothing else through.
  return { expiresMs: Number(expiresMs), source: source as ExpirySource, id };
}

function showExpiry(one: Expiry, nowMs: number): ExpiryShape {
  const { id, label, expiresMs, tenantId, tenantTitle } = one;
  return {
    kind: kindOf(one),
    id,
    label: one.source === 'connection' ? '' : label,
    expiresAt: timeText(expiresMs),
    hasEnded: expiresMs <= nowMs,
    provider: tenantId === null ? null : { id: tenantId, title: tenantTitle ?? tenantId },
  };
}

/** The label of a connection is its protocol. */
function kindOf({ source, label }: Expiry): ExpiryShape['kind'] {
  if (source === 'app') return 'appToken';
  if (source !== 'connection') return source;
  return label === 'saml' ? 'certificate' : 'clientSecret';
}
