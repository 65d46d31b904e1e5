import type { JsonObject } from '@lockstep/scim';
import type { SignInStore } from '@lockstep/store';
import { hashSecretText, newSecretText } from './secret-text.ts';

/** What one-time values are for. */
export type OneTimeKind =
  | 'ownerLink'
  | 'personLink'
  | 'breakGlass'
  | 'portalLink'
  | 'portalAdminLink'
  | 'testSignIn'
  | 'consoleTest'
  | 'oidcState'
  | 'consoleState'
  | 'samlRequest'
  | 'samlSeen';

/** Values that are good once and end by themselves. Only their hash is kept. */
export interface OneTime {
  /** Makes a random value. */
  make(kind: OneTimeKind, detail: JsonObject, lifeMs: number): Promise<string>;
  /** Notes a value that came from outside; false when it was noted before. */
  note(kind: OneTimeKind, value: string, untilMs: number): Promise<boolean>;
  /** Notes a value of one's own with what belongs to it. */
  keep(kind: OneTimeKind, value: string, of: { readonly detail: JsonObject; readonly lifeMs: number }): Promise<void>;
  /** Looks without using it up. */
  peek(kind: OneTimeKind, value: string): Promise<JsonObject | undefined>;
  /** Uses it up; of several who try at once one gets it. */
  take(kind: OneTimeKind, value: string): Promise<JsonObject | undefined>;
  /** Makes all of a kind worthless. */
  clear(kind: OneTimeKind): Promise<void>;
  prune(): Promise<void>;
}

/** Makes the one-time values over the store. */
export function createOneTime(store: SignInStore, nowMs: () => number): OneTime {
  return {
    make: async (kind, detail, lifeMs) => {
      const value = newSecretText();
      await store.addOnce({ kind, hash: hashSecretText(value), detail, expiresMs: nowMs() + lifeMs });
      return value;
    },
    note: (kind, value, untilMs) =>
      store.addOnce({ kind, hash: hashSecretText(value), detail: {}, expiresMs: untilMs }),
    keep: async (kind, value, { detail, lifeMs }) => {
      await store.addOnce({ kind, hash: hashSecretText(value), detail, expiresMs: nowMs() + lifeMs });
    },
    peek: (kind, value) => store.peekOnce(kind, hashSecretText(value), nowMs()),
    take: (kind, value) => store.takeOnce(kind, hashSecretText(value), nowMs()),
    clear: (kind) => store.clearOnce(kind),
    prune: () => store.pruneOnce(nowMs()),
  };
}
