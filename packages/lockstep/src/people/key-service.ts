import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { PersonStore, StoredApiKey } from '@lockstep/store';
import { LockstepError } from '../lockstep-error.ts';
import type { Principal } from './principal.ts';
import { type Permission, permissionsOfRole, type Role, readPermission, readRole } from './role.ts';

/** What a new key is made from. */
export interface NewApiKey {
  readonly label: string;
  readonly role: Role;
  /** Permissions it is limited to; empty = all of its role. */
  readonly scopes: readonly Permission[];
  readonly expiresMs: number | null;
}

/** Keys of the admin API beside the owner's key in the data folder. */
export interface KeyService {
  /** @throws {LockstepError} `forbidden` when the key could do more than who makes it; `invalidValue` */
  make(key: NewApiKey, by: Principal): Promise<{ readonly id: string; readonly text: string }>;
  list(): Promise<readonly StoredApiKey[]>;
  revoke(id: string): Promise<boolean>;
  /** Who a key stands for; `undefined` when it opens nothing. */
  principalOf(text: string): Promise<Principal | undefined>;
}

const FORM = /^lsk_([0-9a-f]{16})_[0-9a-f]{64}$/;
const TOUCH_MS = 60_000;
const NO_HASH = '0'.repeat(64);

/** Makes the keys over the store. */
export function createKeyService(people: PersonStore, nowMs: () => number): KeyService {
  return {
    make: async ({ label, role, scopes, expiresMs }, by) => {
      const asked = grantedBy(role, scopes);
      if (asked.length === 0) throw new LockstepError('invalidValue', `the role ${role} has none of these scopes`);
      if (asked.some((one) => !by.permissions.includes(one))) {
        throw new LockstepError('forbidden', 'a key cannot be allowed more than who makes it');
      }
      if (expiresMs !== null && expiresMs <= nowMs()) {
        throw new LockstepError('invalidValue', 'the key would have ended already');
      }
      const id = randomBytes(8).toString('hex');
      const text = `lsk_${id}_${randomBytes(32).toString('hex')}`;
      const times = { createdMs: nowMs(), expiresMs, revokedMs: null, lastUsedMs: null };
      await people.addKey({ id, hash: hash('sha256', text), label, role, scopes, createdBy: by.name, ...times });
      return { id, text };
    },
    list: () => people.listKeys(),
    revoke: (id) => people.revokeKey(id, nowMs()),
    principalOf: async (text) => {
      const id = FORM.exec(text)?.[1];
      if (id === undefined) return undefined;
      const key = await people.findKey(id);
      const isSame = timingSafeEqual(Buffer.from(hash('sha256', text)), Buffer.from(key?.hash ?? NO_HASH));
      if (key === undefined || !isSame) return undefined;
      const now = nowMs();
      if (key.revokedMs !== null || (key.expiresMs ?? Number.POSITIVE_INFINITY) <= now) return undefined;
      if (now - (key.lastUsedMs ?? 0) >= TOUCH_MS) await people.touchKey(id, now);
      return toPrincipal(key);
    },
  };
}

function grantedBy(role: Role, scopes: readonly Permission[]): readonly Permission[] {
  const all = permissionsOfRole[role];
  return scopes.length === 0 ? all : all.filter((permission) => scopes.includes(permission));
}

function toPrincipal({ id, label, role: named, scopes: stored }: StoredApiKey): Principal | undefined {
  const role = readRole(named);
  if (role === undefined) return undefined;
  const scopes = stored.flatMap((scope) => readPermission(scope) ?? []);
  // Scopes that nobody knows any more must not widen a key to its whole role.
  if (scopes.length === 0 && stored.length > 0) return undefined;
  return { kind: 'apiKey', name: `key ${label} (${id})`, role, permissions: grantedBy(role, scopes) };
}
