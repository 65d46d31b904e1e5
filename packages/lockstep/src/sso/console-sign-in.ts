import type { JsonObject } from '@lockstep/scim';
import type { Fetch } from '@lockstep/scim/client';
import type { Store, StoredConnection, StoredPerson } from '@lockstep/store';
import { z } from 'zod';
import type { AuditService } from '../audit/audit-service.ts';
import { LockstepError } from '../lockstep-error.ts';
import type { PeopleParts } from '../people/open-people.ts';
import type { Visitor } from '../people/people-service.ts';
import { type Role, roles } from '../people/role.ts';
import { hashSecretText, newSecretText } from '../people/secret-text.ts';
import { sealOwner } from '../secrets/seal-owner.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { type OidcSettings, oidcSettings, readSsoSettings, SignInRefused, type Vouched } from './connection.ts';
import { beginOidc, finishOidc, type OidcConnection, readPending } from './oidc.ts';
import type { BegunSignIn, OidcAnswer } from './sso-service.ts';

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
}

export interface NewConsoleConnection {
  readonly settings: unknown;
  readonly roleValues?: Partial<RoleValues> | undefined;
  /** Absent = the one that is there stays. */
  readonly secret?: string | undefined;
  readonly secretExpiresMs?: number | null | undefined;
}

/** Signing in to the console with a directory, beside names and passwords, which always stay. */
export interface ConsoleSignIn {
  find(): Promise<ConsoleConnection | undefined>;
  /** Switches it off, and ends what was opened by it. @throws {LockstepError} */
  save(given: NewConsoleConnection): Promise<ConsoleConnection>;
  /** @throws {LockstepError} `notFound` */
  switch(isOn: boolean): Promise<ConsoleConnection>;
  remove(): Promise<boolean>;
  /** @throws {SignInRefused} */
  begin(): Promise<BegunSignIn>;
  /** Gives the text of the session's cookie. @throws {SignInRefused} */
  finish(answer: OidcAnswer, visitor: Visitor): Promise<string>;
}

export interface ConsoleSignInOptions {
  readonly store: Store;
  readonly secrets: SecretBox;
  readonly fetch: Fetch;
  readonly people: PeopleParts;
  readonly audit: AuditService;
  readonly publicUrl: () => string;
  readonly nowMs: () => number;
  readonly newId: () => string;
}

const FLOW_MS = 600_000;
const NAME_LENGTH_MAX = 200;
const values = z.array(z.string().min(1).max(200)).max(100);
const storedSchema = z.object({ oidc: z.unknown(), roleValues: z.record(z.enum(roles), values) });

/** Makes the console's sign-in over the store. */
export function createConsoleSignIn(options: ConsoleSignInOptions): ConsoleSignIn {
  const { store } = options;
  const { signIn } = store;
  const read = async (): Promise<Known | undefined> => {
    const stored = await signIn.connection(CONSOLE_CONNECTION);
    return stored === undefined ? undefined : { stored, connection: toConnection(stored) };
  };
  const write = async (stored: StoredConnection): Promise<ConsoleConnection> => {
    await signIn.saveConnection(stored);
    await endSessions(options);
    return toConnection(stored);
  };
  return {
    find: async () => (await read())?.connection,
    save: async (given) => write(toStored(options, given, (await read())?.stored)),
    switch: async (isOn) => {
      const known = await read();
      if (known === undefined) throw new LockstepError('notFound', 'the console has no sign-in by directory yet');
      return write({ ...known.stored, state: isOn ? 'enforced' : 'off' });
    },
    remove: async () => {
      const isGone = await signIn.removeConnection(CONSOLE_CONNECTION);
      await endSessions(options);
      return isGone;
    },
    begin: async () => {
      const { stored, connection } = requireOn(await read());
      const [flow, state] = [newSecretText(), newSecretText()];
      const { url, pending } = await beginOidc(openConnection(options, { stored, connection }), state);
      const detail = { flow: hashSecretText(flow), revision: stored.revision, ...pending };
      await options.people.oneTime.keep('consoleState', state, { detail, lifeMs: FLOW_MS });
      return { url, flow };
    },
    finish: async (answer, visitor) => {
      const known = requireOn(await read());
      const state = new URLSearchParams(answer.query).get('state') ?? '';
      const detail = await options.people.oneTime.take('consoleState', state);
      const pending = readPending(detail);
      if (detail === undefined || pending === undefined) {
        throw new SignInRefused('the sign-in was not begun here, was ended before, or took too long');
      }
      if (detail['flow'] !== hashSecretText(answer.flow ?? '') || detail['revision'] !== known.stored.revision) {
        throw new SignInRefused('the sign-in was begun by another browser, or the settings changed meanwhile');
      }
      const who = await finishOidc(openConnection(options, known), { query: answer.query, state, pending });
      return enter(options, { who, role: roleOf(who, known.connection.roleValues), visitor });
    },
  };
}

interface Known {
  readonly stored: StoredConnection;
  readonly connection: ConsoleConnection;
}

function requireOn(known: Known | undefined): Known {
  if (known?.connection.isOn === true) return known;
  throw new SignInRefused('signing in by directory is off');
}

function openConnection(
  { secrets, publicUrl, fetch }: ConsoleSignInOptions,
  { stored, connection }: Known,
): OidcConnection {
  const owner = sealOwner.signIn(CONSOLE_CONNECTION);
  const secret = stored.secret === null ? '' : secrets.open(stored.secret, owner);
  return { settings: connection.settings, secret, redirectUri: `${publicUrl()}/sign-in/oidc/callback`, fetch };
}

function toConnection(stored: StoredConnection): ConsoleConnection {
  const { oidc, roleValues } = storedSchema.parse(stored.settings);
  const settings = readSsoSettings(oidcSettings, oidc);
  return { settings, roleValues, isOn: stored.state !== 'off', secretExpiresMs: stored.secretExpiresMs };
}

function toStored(
  { secrets, newId }: ConsoleSignInOptions,
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

function roleOf(who: Vouched, roleValues: RoleValues): Role {
  const role = roles.find((one) => roleValues[one].some((value) => who.roles.includes(value)));
  if (role !== undefined) return role;
  throw new SignInRefused(`none of the roles from the directory (${who.roles.join(', ')}) is one of the console`);
}

interface Arrived {
  readonly who: Vouched;
  readonly role: Role;
  readonly visitor: Visitor;
}

/** Each sign-in makes the person what the directory says now; nobody who has a password is ever taken over. */
async function enter(options: ConsoleSignInOptions, { who, role, visitor }: Arrived): Promise<string> {
  const { store, people, audit } = options;
  const pin = await store.signIn.pin(CONSOLE_CONNECTION, who.subject);
  const known = pin === undefined ? undefined : await store.people.findPerson({ id: pin.accountId });
  const person = known ?? (await addPerson(options, { who, role }, pin?.accountId));
  if (person.role !== role && !(await store.people.changePerson(person.id, { role }))) {
    throw new SignInRefused('the directory makes the last owner less; make another person owner first');
  }
  const shared = { kind: 'console', subject: person.id, method: 'oidc', roles: [] } as const;
  const { token } = await people.sessions.open({ ...shared, ...visitor });
  await audit.record({ actor: `person ${person.name}`, action: `signed in by oidc as ${role}`, subject: 'console' });
  return token;
}

async function addPerson(
  { store, nowMs, newId }: ConsoleSignInOptions,
  { who, role }: Pick<Arrived, 'who' | 'role'>,
  knownId: string | undefined,
): Promise<StoredPerson> {
  const label = (who.name ?? who.objectId).replace(/\p{C}/gu, '').slice(0, NAME_LENGTH_MAX);
  const id = knownId ?? newId();
  const person = { id, name: `${label} (directory)`, role, password: null, createdMs: nowMs(), passwordMs: null };
  const taken = (): Error => new SignInRefused('this person is signing in elsewhere at this moment; try again');
  // A key that nobody can type as a name: it is not what folding makes of any.
  await store.people.addPerson(person, `DIRECTORY ${who.subject}`, taken);
  if (knownId === undefined) {
    const pin = { tenantId: CONSOLE_CONNECTION, subject: who.subject, accountId: id, linkedMs: nowMs() };
    await store.signIn.addPin({ ...pin, linkedBy: 'directory' }, taken);
  }
  return person;
}

/** Sessions that were opened by the directory. */
async function endSessions({ store, people }: ConsoleSignInOptions): Promise<void> {
  const open = await store.sessions.list({ kind: 'console' });
  for (const { id, method } of open) if (method === 'oidc') await people.sessions.endOne(id, { kind: 'console' });
}
