import type { JsonObject } from '@lockstep/scim';
import type { StoredConnection } from '@lockstep/store';
import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';
import { type Role, roles } from '../people/role.ts';
import { sealOwner } from '../secrets/seal-owner.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { type OidcSettings, oidcSettings, readSsoSettings, SignInRefused, type Vouched } from './connection.ts';

/** Key of the console's own connection; no tenant's id holds such a sign. */
export const CONSOLE_CONNECTION = '@console';

/** Which values of the claim `roles` make somebody what in the console; the strongest counts. */
export type RoleValues = Readonly<Record<Role, readonly string[]>>;

/** What the console's sign-in is set up with. */
export interface ConsoleConnection {
  readonly settings: OidcSettings;
  readonly roleValues: RoleValues;
  readonly isOn: boolean;
  readonly secretExpiresMs: number | null;
  /** When a test sign-in went well with these very settings; null = none has. */
  readonly testedMs: number | null;
}

/** What the console's sign-in is to be set up with. */
export interface NewConsoleConnection {
  readonly settings: unknown;
  readonly roleValues?: Partial<RoleValues> | undefined;
  /** Absent = the one that is there stays. */
  readonly secret?: string | undefined;
  readonly secretExpiresMs?: number | null | undefined;
}

const values = z.array(z.string().min(1).max(200)).max(100);
const storedSchema = z.object({ oidc: z.unknown(), roleValues: z.record(z.enum(roles), values) });

/** The connection without its secret. */
export function toConnection(stored: StoredConnection): ConsoleConnection {
  const { oidc, roleValues } = storedSchema.parse(stored.settings);
  const settings = readSsoSettings(oidcSettings, oidc);
  const { secretExpiresMs, state, revision, testedRevision, testedMs } = stored;
  const tested = testedRevision === revision ? testedMs : null;
  return { settings, roleValues, isOn: state !== 'off', secretExpiresMs, testedMs: tested };
}

/** What is stored of new settings: switched off, under a new revision. @throws {LockstepError} `badRequest` */
export function toStored(
  { secrets, newId }: { readonly secrets: SecretBox; readonly newId: () => string },
  { settings: given, roleValues, secret, secretExpiresMs }: NewConsoleConnection,
  known: StoredConnection | undefined,
): StoredConnection {
  const settings = readSsoSettings(oidcSettings, given);
  const before = known === undefined ? undefined : toConnection(known).settings;
  // A secret goes to nobody but whom it was entered for.
  const kept = before?.issuer === settings.issuer && before.clientAuth === settings.clientAuth ? known : undefined;
  const sealed =
    secret === undefined ? (kept?.secret ?? null) : secrets.seal(secret, sealOwner.signIn(CONSOLE_CONNECTION));
  if (sealed === null) throw new LockstepError('badRequest', 'secret: it has to be given');
  const named = Object.fromEntries(roles.map((role) => [role, roleValues?.[role] ?? [role]]));
  return {
    tenantId: CONSOLE_CONNECTION,
    protocol: 'oidc',
    state: 'off',
    // Both were read by their form, so they are plain JSON.
    settings: { oidc: { ...settings }, roleValues: named } as unknown as JsonObject,
    secret: sealed,
    secretExpiresMs: secretExpiresMs === undefined ? (kept?.secretExpiresMs ?? null) : secretExpiresMs,
    revision: newId(),
    testedRevision: null,
    testedMs: null,
  };
}

/** What the roles of a token make somebody; the strongest counts. @throws {SignInRefused} when it is nothing */
export function roleOf(who: Vouched, roleValues: RoleValues): Role {
  const role = roles.find((one) => roleValues[one].some((value) => who.roles.includes(value)));
  if (role !== undefined) return role;
  throw new SignInRefused(`none of the roles from the directory (${who.roles.join(', ')}) is one of the console`);
}
