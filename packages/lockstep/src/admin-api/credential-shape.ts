import type { TokenScope } from '@lockstep/provider';
import type { StoredClient } from '@lockstep/provider/ports';
import { z } from 'zod';
import { optionalKey } from '../optional-key.ts';
import { timeText } from './shapes.ts';

const scopes: readonly [TokenScope, ...TokenScope[]] = ['read', 'create', 'update', 'delete'];

/** What tokens and OAuth clients show alike. */
export interface CredentialShape {
  readonly id: string;
  readonly label: string;
  readonly scopes: TokenScope[];
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

/** The fields of `CredentialShape`. */
export const credentialFields: { readonly [Name in keyof CredentialShape]: z.ZodType<CredentialShape[Name]> } = {
  id: z.string(),
  label: z.string(),
  scopes: z.array(z.enum(scopes)),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
};

/** What is asked for when a token or a client is made; everything may be left out. */
export interface NewCredential {
  readonly label?: string;
  readonly scopes?: TokenScope[];
  readonly expiresAt?: string;
}

export const newCredential: z.ZodType<NewCredential> = z.strictObject({
  label: optionalKey(z.string().min(1).max(200)),
  scopes: optionalKey(z.array(z.enum(scopes)).min(1)),
  expiresAt: optionalKey(z.iso.datetime({ offset: true })),
});

/** The same in the words of the provider. */
export function readNewCredential({ expiresAt, ...asked }: NewCredential): Omit<NewCredential, 'expiresAt'> & {
  readonly expiresMs?: number;
} {
  return { ...asked, ...(expiresAt === undefined ? {} : { expiresMs: Date.parse(expiresAt) }) };
}

export function showCredential(stored: Omit<StoredClient, 'tenantId' | 'hash'>): CredentialShape {
  return {
    id: stored.id,
    label: stored.label,
    scopes: [...stored.scopes],
    createdAt: timeText(stored.createdMs),
    expiresAt: timeOrNull(stored.expiresMs),
    lastUsedAt: timeOrNull(stored.lastUsedMs),
  };
}

/** A time as it is shown; null for one that is not. */
export function timeOrNull(ms: number | null): string | null {
  return ms === null ? null : timeText(ms);
}
