import type { SealedKind } from '@lockstep/store';

/** What a sealed text is bound to, by what it belongs to: moved to another row it does not open. */
export const sealOwner: Readonly<Record<SealedKind, (id: string) => string>> = {
  app: (id) => id,
  webhook: (id) => `webhook ${id}`,
  signIn: (tenantId) => `sign-in ${tenantId}`,
  server: (name) => `server ${name}`,
};
