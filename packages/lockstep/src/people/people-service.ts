import type { PersonStore, StoredPerson, StoredSession } from '@lockstep/store';
import type { AuditService } from '../audit/audit-service.ts';
import { LockstepError } from '../lockstep-error.ts';
import type { BackOff } from './back-off.ts';
import type { OneTime } from './one-time.ts';
import { checkPassword, hashPassword, isPassword } from './password.ts';
import type { Principal } from './principal.ts';
import { permissionsOfRole, type Role, readRole } from './role.ts';
import type { SessionService } from './session-service.ts';

/** From where somebody signs in. */
export interface Visitor {
  readonly address: string;
  readonly agent: string;
  /** The session cookie the browser held before. */
  readonly before?: string | undefined;
}

/** A session just opened; `token` goes into the cookie. */
export interface Entered {
  readonly token: string;
  readonly person: StoredPerson;
}

/** People who sign in to the console. */
export interface PeopleService {
  hasOwner(): Promise<boolean>;
  /** The address of a page where the first owner is made, good once and for an hour; `undefined` when there is one. */
  ownerLink(publicUrl: string): Promise<string | undefined>;
  /** Whether a link is still good, and for which name (`null` = one is to be chosen). */
  peekLink(token: string): Promise<{ readonly name: string | null } | undefined>;
  /** Uses a link up: sets the password and signs in. @throws {LockstepError} `invalidValue`, `conflict`, `notFound` */
  acceptLink(link: AcceptedLink, visitor: Visitor): Promise<Entered & { readonly isFirstOwner: boolean }>;
  /** @throws {LockstepError} `tooManyAttempts` */
  signIn(credentials: Credentials, visitor: Visitor): Promise<Entered | undefined>;
  /** Who a session of the console stands for. */
  principalOf(session: StoredSession): Promise<Principal | undefined>;
  /** False for somebody who has not chosen one, or signs in with the directory. */
  hasPassword(personId: string): Promise<boolean>;
  /**
   * Ends every session of the person, and opens a new one for the browser that asked: whoever copied its cookie is out too.
   * @throws {LockstepError} `invalidValue`, `tooManyAttempts`, `conflict` for somebody without a password
   */
  changePassword(change: PasswordChange, visitor: Visitor): Promise<Entered>;
  list(): Promise<readonly StoredPerson[]>;
  /** Makes a person without a password, and a link to choose one, good for 24 hours. @throws {LockstepError} `conflict` */
  invite(name: string, role: Role): Promise<{ readonly id: string; readonly token: string }>;
  /** A new link for somebody who is there already; the old password stays good until it is used. */
  resetLink(id: string): Promise<string>;
  /** @throws {LockstepError} `notFound`, `conflict` for the last owner */
  setRole(id: string, role: Role): Promise<void>;
  /** Ends the person's sessions too. @throws {LockstepError} `notFound`, `conflict` for the last owner */
  remove(id: string): Promise<void>;
}

export interface AcceptedLink {
  readonly token: string;
  /** Of the first owner; whom a link was made for has one. */
  readonly name: string;
  readonly password: string;
}

export interface Credentials {
  readonly name: string;
  readonly password: string;
}

export interface PasswordChange {
  readonly personId: string;
  readonly current: string;
  readonly next: string;
}

export interface PeopleServiceOptions {
  readonly people: PersonStore;
  readonly sessions: SessionService;
  readonly oneTime: OneTime;
  readonly backOff: BackOff;
  readonly audit: AuditService;
  readonly nowMs: () => number;
  readonly newId: () => string;
}

const LINK_MS = 86_400_000;
/** Whoever reads it where it was printed becomes owner of everything, so it is short. */
const OWNER_LINK_MS = 3_600_000;
const NAME_LENGTH_MAX = 200;

/** Makes the people over the store. */
export function createPeopleService(options: PeopleServiceOptions): PeopleService {
  const { people, sessions, oneTime, audit } = options;
  const note = (actor: string, action: string): Promise<void> => audit.record({ actor, action, subject: actor });
  const enter = async (person: StoredPerson, visitor: Visitor, method: string): Promise<Entered> => {
    const { token } = await sessions.open({ kind: 'console', subject: person.id, method, roles: [], ...visitor });
    return { token, person };
  };
  return {
    hasOwner: () => people.hasOwner(),
    ownerLink: async (publicUrl) => {
      if (await people.hasOwner()) return undefined;
      await oneTime.clear('ownerLink');
      return `${publicUrl}/first-run?token=${await oneTime.make('ownerLink', {}, OWNER_LINK_MS)}`;
    },
    peekLink: async (token) => {
      const isOwners = (await oneTime.peek('ownerLink', token)) !== undefined;
      // A link that was printed before somebody else became owner makes no second one.
      if (isOwners) return (await people.hasOwner()) ? undefined : { name: null };
      const detail = await oneTime.peek('personLink', token);
      const person = detail === undefined ? undefined : await people.findPerson({ id: String(detail['personId']) });
      return person === undefined ? undefined : { name: person.name };
    },
    acceptLink: async (link, visitor) => {
      const person = await usePersonLink(options, link);
      const entered = person ?? (await useOwnerLink(options, link));
      await note(nameOf(entered), person === undefined ? 'first owner made' : 'password chosen by link');
      return { ...(await enter(entered, visitor, 'link')), isFirstOwner: person === undefined };
    },
    signIn: async ({ name, password }, visitor) => {
      const nameKey = foldName(name);
      const person = await options.backOff.guard({ nameKey, address: visitor.address }, async () => {
        const known = await people.findPerson({ nameKey });
        return (await isPassword(password, known?.password)) ? known : undefined;
      });
      if (person === undefined) {
        await audit.record({ actor: `address ${visitor.address}`, action: 'sign-in refused', subject: 'console' });
        return undefined;
      }
      await note(nameOf(person), 'signed in');
      return enter(person, visitor, 'password');
    },
    principalOf: async (session) => {
      if (session.kind !== 'console') return undefined;
      const person = await people.findPerson({ id: session.subject });
      const role = person === undefined ? undefined : readRole(person.role);
      if (person === undefined || role === undefined) return undefined;
      const own = { personId: person.id, sessionHash: session.hash };
      return { kind: 'person', name: nameOf(person), role, permissions: permissionsOfRole[role], ...own };
    },
    hasPassword: async (id) => ((await people.findPerson({ id }))?.password ?? null) !== null,
    changePassword: async ({ personId, current, next }, visitor) => {
      const person = await requirePerson(people, personId);
      if (person.password === null) throw withoutPassword();
      const who = { nameKey: foldName(person.name), address: visitor.address };
      const isRight = await options.backOff.guard(who, async () =>
        (await isPassword(current, person.password)) ? true : undefined,
      );
      if (isRight !== true) throw new LockstepError('invalidValue', 'the current password is wrong');
      await savePassword(options, person, next);
      await sessions.endAll({ kind: 'console', subject: person.id });
      await note(nameOf(person), 'password changed');
      return enter(person, visitor, 'password');
    },
    ...createPeopleAdministration(options),
  };
}

/** What an owner does with people. */
function createPeopleAdministration(
  options: PeopleServiceOptions,
): Pick<PeopleService, 'list' | 'invite' | 'resetLink' | 'setRole' | 'remove'> {
  const { people, sessions, oneTime } = options;
  return {
    list: () => people.listPeople(),
    invite: async (name, role) => {
      const person = await addPerson(options, { name, role, password: null });
      return { id: person.id, token: await oneTime.make('personLink', { personId: person.id }, LINK_MS) };
    },
    resetLink: async (id) => oneTime.make('personLink', { personId: (await requirePerson(people, id)).id }, LINK_MS),
    setRole: async (id, role) => {
      await requirePerson(people, id);
      if (!(await people.changePerson(id, { role }))) throw lastOwner();
    },
    remove: async (id) => {
      await requirePerson(people, id);
      if (!(await people.removePerson(id))) throw lastOwner();
      await sessions.endAll({ kind: 'console', subject: id });
    },
  };
}

async function requirePerson(people: PersonStore, id: string): Promise<StoredPerson> {
  const person = await people.findPerson({ id });
  if (person === undefined) throw new LockstepError('notFound', `there is no person ${JSON.stringify(id)}`);
  return person;
}

function lastOwner(): LockstepError {
  const hint = 'Make another person owner first.';
  return new LockstepError('conflict', 'this is the last owner', { hint });
}

function withoutPassword(): LockstepError {
  const hint = 'Change it in the directory.';
  return new LockstepError('conflict', 'you sign in with the directory and have no password here', { hint });
}

function nameOf(person: StoredPerson): string {
  return `person ${person.name}`;
}

/** Names differ by more than case, width and blanks at the ends. */
function foldName(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

type Parts = Pick<PeopleServiceOptions, 'people' | 'sessions' | 'oneTime' | 'nowMs' | 'newId'>;

interface Made {
  readonly name: string;
  readonly role: Role;
  readonly password: string | null;
}

async function addPerson(parts: Parts, made: Made): Promise<StoredPerson> {
  const person = newPerson(parts, made);
  await parts.people.addPerson(person, foldName(person.name), () => nameTaken(person.name));
  return person;
}

/** @throws {LockstepError} `invalidValue` */
function newPerson({ newId, nowMs }: Parts, made: Made): StoredPerson {
  const name = made.name.normalize('NFKC').trim();
  if (name === '' || name.length > NAME_LENGTH_MAX || /\p{C}/u.test(name)) {
    throw new LockstepError('invalidValue', `the name has to have 1 to ${NAME_LENGTH_MAX} visible characters`);
  }
  const now = nowMs();
  const passwordMs = made.password === null ? null : now;
  return { ...made, name, id: newId(), createdMs: now, passwordMs };
}

function nameTaken(name: string): LockstepError {
  return new LockstepError('conflict', `there is a person ${JSON.stringify(name)} already`);
}

async function savePassword({ people, nowMs }: Parts, person: StoredPerson, password: string): Promise<void> {
  checkPassword(password, person.name);
  await people.changePerson(person.id, { password: await hashPassword(password), passwordMs: nowMs() });
}

/** What is refused is refused before the link is used up. */
async function usePersonLink(parts: Parts, link: AcceptedLink): Promise<StoredPerson | undefined> {
  const seen = await parts.oneTime.peek('personLink', link.token);
  if (seen === undefined) return undefined;
  const person = await parts.people.findPerson({ id: String(seen['personId']) });
  if (person === undefined) return undefined;
  checkPassword(link.password, person.name);
  if ((await parts.oneTime.take('personLink', link.token)) === undefined) return undefined;
  await savePassword(parts, person, link.password);
  await parts.sessions.endAll({ kind: 'console', subject: person.id });
  return person;
}

/** The link is used up once it made somebody: a name that is taken, or a race that is lost, must not leave nobody. */
async function useOwnerLink(parts: Parts, link: AcceptedLink): Promise<StoredPerson> {
  if ((await parts.oneTime.peek('ownerLink', link.token)) === undefined) throw usedUp();
  checkPassword(link.password, link.name);
  const person = newPerson(parts, { name: link.name, role: 'owner', password: await hashPassword(link.password) });
  const refused = (why: 'owner' | 'name'): LockstepError => (why === 'owner' ? tooLate() : nameTaken(person.name));
  await parts.people.addFirstOwner(person, foldName(person.name), refused);
  await parts.oneTime.clear('ownerLink');
  return person;
}

function usedUp(): LockstepError {
  const hint = 'Start the server again for a new link while there is no owner, or ask an owner for one.';
  return new LockstepError('notFound', 'this link was used, or has ended', { hint });
}

function tooLate(): LockstepError {
  const hint = 'Ask them for a link, or sign in.';
  return new LockstepError('conflict', 'somebody else has become the owner already', { hint });
}
