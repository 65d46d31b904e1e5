import type { Fetch } from '@lockstep/scim/client';
import type { Store, StoredConnection, StoredPerson } from '@lockstep/store';
import type { AuditService } from '../audit/audit-service.ts';
import { LockstepError } from '../lockstep-error.ts';
import type { PeopleParts } from '../people/open-people.ts';
import type { Visitor } from '../people/people-service.ts';
import type { Role } from '../people/role.ts';
import { hashSecretText, newSecretText } from '../people/secret-text.ts';
import { sealOwner } from '../secrets/seal-owner.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { SignInRefused, type Vouched } from './connection.ts';
import {
  CONSOLE_CONNECTION,
  type ConsoleConnection,
  type NewConsoleConnection,
  roleOf,
  toConnection,
  toStored,
} from './console-connection.ts';
import { beginOidc, finishOidc, type OidcConnection, readPending } from './oidc.ts';
import type { BegunSignIn, OidcAnswer } from './sso-service.ts';

/** How a sign-in began. */
export type ConsoleBegin =
  | ({ readonly kind: 'begun' } & BegunSignIn)
  | { readonly kind: 'testFailed'; readonly reason: string };

/** How a sign-in ended. */
export type ConsoleOutcome =
  /** `token` is the text of the session's cookie. */
  | { readonly kind: 'entered'; readonly token: string }
  /** A test: nobody was signed in. */
  | { readonly kind: 'tested'; readonly facts: ConsoleTestFacts }
  | { readonly kind: 'testFailed'; readonly reason: string };

/** What a test sign-in found. */
export interface ConsoleTestFacts {
  readonly name: string;
  readonly objectId: string;
  /** Values of the claim `roles`. */
  readonly roles: readonly string[];
  /** What they make somebody in the console. */
  readonly role: Role;
}

/** Signing in to the console with a directory, beside names and passwords, which always stay. */
export interface ConsoleSignIn {
  find(): Promise<ConsoleConnection | undefined>;
  /** Switches it off, and ends what was opened by it. @throws {LockstepError} */
  save(given: NewConsoleConnection): Promise<ConsoleConnection>;
  /** @throws {LockstepError} `notFound` */
  switch(isOn: boolean): Promise<ConsoleConnection>;
  remove(): Promise<boolean>;
  /** The address of a test sign-in, good once and for an hour, also while it is off. @throws {LockstepError} `notFound` */
  testLink(): Promise<string>;
  /** @param test value of a test link @throws {SignInRefused} */
  begin(test: string | undefined): Promise<ConsoleBegin>;
  /** @throws {SignInRefused} */
  finish(answer: OidcAnswer, visitor: Visitor): Promise<ConsoleOutcome>;
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
const TEST_MS = 3_600_000;
const NAME_LENGTH_MAX = 200;
/** Makes the console's sign-in over the store. */
export function createConsoleSignIn(options: ConsoleSignInOptions): ConsoleSignIn {
  const { store } = options;
  const { signIn } = store;
  const { oneTime } = options.people;
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
      if (known === undefined) throw none();
      return write({ ...known.stored, state: isOn ? 'enforced' : 'off' });
    },
    remove: async () => {
      const isGone = await signIn.removeConnection(CONSOLE_CONNECTION);
      await endSessions(options);
      return isGone;
    },
    testLink: async () => {
      const known = await read();
      if (known === undefined) throw none();
      const { revision } = known.stored;
      return `${options.publicUrl()}/sign-in/oidc/start?test=${await oneTime.make('consoleTest', { revision }, TEST_MS)}`;
    },
    begin: async (test) => {
      if (test === undefined) return begin(options, requireOn(await read()), false);
      const detail = await oneTime.take('consoleTest', test);
      const known = await read();
      if (detail === undefined || known === undefined || detail['revision'] !== known.stored.revision) {
        throw new SignInRefused('the test link was used, has ended, or is of earlier settings');
      }
      return orFailedTest(() => begin(options, known, true));
    },
    finish: async (answer, visitor) => {
      const state = new URLSearchParams(answer.query).get('state') ?? '';
      const detail = await oneTime.take('consoleState', state);
      const pending = readPending(detail);
      if (detail === undefined || pending === undefined) {
        throw new SignInRefused('the sign-in was not begun here, was ended before, or took too long');
      }
      const found = await read();
      const isTest = detail['isTest'] === true;
      const known = isTest && found !== undefined ? found : requireOn(found);
      if (detail['flow'] !== hashSecretText(answer.flow ?? '') || detail['revision'] !== known.stored.revision) {
        throw new SignInRefused('the sign-in was begun by another browser, or the settings changed meanwhile');
      }
      const vouch = () => finishOidc(openConnection(options, known), { query: answer.query, state, pending });
      if (isTest) return orFailedTest(async () => test(options, known, await vouch()));
      const who = await vouch();
      const token = await enter(options, { who, role: roleOf(who, known.connection.roleValues), visitor });
      return { kind: 'entered', token };
    },
  };
}

async function begin(options: ConsoleSignInOptions, known: Known, isTest: boolean): Promise<ConsoleBegin> {
  const [flow, state] = [newSecretText(), newSecretText()];
  const { url, pending } = await beginOidc(openConnection(options, known), state);
  const detail = { flow: hashSecretText(flow), revision: known.stored.revision, isTest, ...pending };
  await options.people.oneTime.keep('consoleState', state, { detail, lifeMs: FLOW_MS });
  return { kind: 'begun', url, flow };
}

/** Tells what a sign-in would have made of somebody, and notes that it went well. Opens nothing and makes nobody. */
async function test(
  { store, audit, nowMs }: ConsoleSignInOptions,
  { stored, connection }: Known,
  who: Vouched,
): Promise<ConsoleOutcome> {
  const role = roleOf(who, connection.roleValues);
  await store.signIn.noteTested(CONSOLE_CONNECTION, stored.revision, nowMs());
  await audit.record({
    actor: `directory object ${who.objectId}`,
    action: 'test sign-in succeeded',
    subject: 'console',
  });
  return { kind: 'tested', facts: { name: who.name ?? who.objectId, objectId: who.objectId, roles: who.roles, role } };
}

/** Whoever tests is told why it failed; everybody else is not. */
async function orFailedTest<T>(
  work: () => Promise<T>,
): Promise<T | { readonly kind: 'testFailed'; readonly reason: string }> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    return { kind: 'testFailed', reason: error.message };
  }
}

function none(): LockstepError {
  return new LockstepError('notFound', 'the console has no sign-in by directory yet');
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
