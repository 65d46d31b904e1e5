import type { ExpiryShape } from 'lockstep/admin-api/answers';

/** Where something that ends is made anew. */
export type Renewal =
  | { readonly to: '/settings/keys' }
  | { readonly to: '/settings/sign-in' }
  | { readonly to: '/apps/$app/connection'; readonly app: string }
  | { readonly to: '/providers/$provider'; readonly provider: string; readonly tab: 'connection' | 'sign-in' };

/** Tokens of apps are entered anew at the app, tokens and clients made anew at their provider, keys at the keys, secrets and certificates where people sign in. */
export function renewalOf({ kind, id, provider }: Pick<ExpiryShape, 'kind' | 'id' | 'provider'>): Renewal {
  if (kind === 'appToken') return { to: '/apps/$app/connection', app: id };
  if (kind === 'apiKey') return { to: '/settings/keys' };
  if (provider === null) return { to: '/settings/sign-in' };
  const isSignIn = kind === 'clientSecret' || kind === 'certificate';
  return { to: '/providers/$provider', provider: provider.id, tab: isSignIn ? 'sign-in' : 'connection' };
}

const SOON_MS = 30 * 86_400_000;

/** How urgent an end is: past, within 30 days, or later. */
export function urgencyOf({ expiresAt, hasEnded }: Pick<ExpiryShape, 'expiresAt' | 'hasEnded'>, nowMs: number) {
  if (hasEnded) return 'ended';
  return Date.parse(expiresAt) - nowMs <= SOON_MS ? 'soon' : 'later';
}
