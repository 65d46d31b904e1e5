import { type Database, refuseDuplicate } from '../database/database.ts';
import { type Operation, row, rows } from '../database/operation.ts';

/** Somebody who signs in to the console. */
export interface StoredPerson {
  readonly id: string;
  /** As it was typed. */
  readonly name: string;
  readonly role: string;
  /** Hash with its parameters; null = no password was chosen yet. */
  readonly password: string | null;
  readonly createdMs: number;
  /** When the password was chosen. */
  readonly passwordMs: number | null;
}

/** A key of the admin API: its hash, never itself. */
export interface StoredApiKey {
  readonly id: string;
  /** Lower-case hex SHA-256 of the whole key. */
  readonly hash: string;
  readonly label: string;
  readonly role: string;
  /** Permissions it is limited to; empty = all of its role. */
  readonly scopes: readonly string[];
  /** Who made it, as the audit log names them. */
  readonly createdBy: string;
  readonly createdMs: number;
  readonly expiresMs: number | null;
  readonly revokedMs: number | null;
  readonly lastUsedMs: number | null;
}

/** Failed sign-ins of a name or an address. */
export interface Attempts {
  readonly failures: number;
  readonly lastMs: number;
  /** No attempt is looked at before this. */
  readonly blockedUntilMs: number;
}

/** People of the console, keys of the admin API, and failed sign-ins. */
export interface PersonStore {
  /** @param nameKey the name folded; unique. @throws what `taken` gives when it is taken */
  addPerson(person: StoredPerson, nameKey: string, taken: () => Error): Promise<void>;
  /**
   * Adds the first owner. Of several who try at once one gets it: a table of one row decides, not a look before.
   * @throws what `refused` gives when there is an owner, or the name is taken
   */
  addFirstOwner(person: StoredPerson, nameKey: string, refused: (why: 'owner' | 'name') => Error): Promise<void>;
  hasOwner(): Promise<boolean>;
  findPerson(by: { readonly id: string } | { readonly nameKey: string }): Promise<StoredPerson | undefined>;
  listPeople(): Promise<readonly StoredPerson[]>;
  /** Changes what is given. False when there is no such person, or it was the last owner and would be none any more. */
  changePerson(id: string, change: PersonChange): Promise<boolean>;
  /** False when there is no such person, or it is the last owner. */
  removePerson(id: string): Promise<boolean>;
  addKey(key: StoredApiKey): Promise<void>;
  findKey(id: string): Promise<StoredApiKey | undefined>;
  listKeys(): Promise<readonly StoredApiKey[]>;
  /** False when there is no such key, or it was revoked before. */
  revokeKey(id: string, nowMs: number): Promise<boolean>;
  touchKey(id: string, nowMs: number): Promise<void>;
  attempts(subject: string): Promise<Attempts | undefined>;
  saveAttempts(subject: string, attempts: Attempts): Promise<void>;
  clearAttempts(subject: string): Promise<void>;
  pruneAttempts(beforeMs: number): Promise<void>;
}

export interface PersonChange {
  readonly role?: string;
  readonly password?: string;
  readonly passwordMs?: number;
}

/** The people over a database. */
export function createPersonStore({ read, write }: Database): PersonStore {
  return {
    addPerson: (person, nameKey, taken) =>
      refuseDuplicate(
        write(() => addPerson(person, nameKey)),
        taken,
      ),
    addFirstOwner: (person, nameKey, refused) =>
      refuseDuplicate(
        write(() => addFirstOwner(person, nameKey, refused)),
        (index) => refused(index.includes('first_owner') ? 'owner' : 'name'),
      ),
    hasOwner: () => read(() => hasOwner()),
    findPerson: (by) =>
      read(function* () {
        const [column, value] = 'id' in by ? ['id', by.id] : ['name_key', by.nameKey];
        const found = yield* row<PersonRow>(`select * from person where ${column} = ?`, value);
        return found === undefined ? undefined : toPerson(found);
      }),
    listPeople: () =>
      read(function* () {
        return (yield* rows<PersonRow>('select * from person order by created_ms, id')).map(toPerson);
      }),
    changePerson: (id, change) => write(() => changePerson(id, change)),
    removePerson: (id) => write(() => removePerson(id)),
    addKey: (key) => write(() => addKey(key)),
    findKey: (id) =>
      read(function* () {
        const found = yield* row<KeyRow>('select * from api_key where id = ?', id);
        return found === undefined ? undefined : toKey(found);
      }),
    listKeys: () =>
      read(function* () {
        return (yield* rows<KeyRow>('select * from api_key order by created_ms, id')).map(toKey);
      }),
    revokeKey: (id, nowMs) =>
      write(function* () {
        const sql = 'update api_key set revoked_ms = ? where id = ? and revoked_ms is null returning id';
        return (yield* row(sql, nowMs, id)) !== undefined;
      }),
    touchKey: (id, nowMs) =>
      write(function* () {
        yield* rows('update api_key set last_used_ms = ? where id = ?', nowMs, id);
      }),
    attempts: (subject) =>
      read(function* () {
        const found = yield* row<AttemptRow>('select * from sign_in_attempt where subject = ?', subject);
        if (found === undefined) return undefined;
        return { failures: found.failures, lastMs: found.last_ms, blockedUntilMs: found.blocked_until_ms };
      }),
    saveAttempts: (subject, attempts) => write(() => saveAttempts(subject, attempts)),
    clearAttempts: (subject) =>
      write(function* () {
        yield* rows('delete from sign_in_attempt where subject = ?', subject);
      }),
    pruneAttempts: (beforeMs) =>
      write(function* () {
        yield* rows('delete from sign_in_attempt where last_ms < ? and blocked_until_ms < ?', beforeMs, beforeMs);
      }),
  };
}

interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly password: string | null;
  readonly created_ms: number;
  readonly password_ms: number | null;
}

interface KeyRow {
  readonly id: string;
  readonly hash: string;
  readonly label: string;
  readonly role: string;
  readonly scopes: string;
  readonly created_by: string;
  readonly created_ms: number;
  readonly expires_ms: number | null;
  readonly revoked_ms: number | null;
  readonly last_used_ms: number | null;
}

interface AttemptRow {
  readonly failures: number;
  readonly last_ms: number;
  readonly blocked_until_ms: number;
}

function* addPerson(person: StoredPerson, nameKey: string): Operation<void> {
  yield* rows(
    'insert into person (id, name, name_key, role, password, created_ms, password_ms) values (?, ?, ?, ?, ?, ?, ?)',
    person.id,
    person.name,
    nameKey,
    person.role,
    person.password,
    person.createdMs,
    person.passwordMs,
  );
}

function* hasOwner(): Operation<boolean> {
  return (yield* row("select id from person where role = 'owner' limit 1")) !== undefined;
}

function* addFirstOwner(
  person: StoredPerson,
  nameKey: string,
  refused: (why: 'owner' | 'name') => Error,
): Operation<void> {
  if (yield* hasOwner()) throw refused('owner');
  yield* addPerson(person, nameKey);
  const sql = 'insert into first_owner (one, person_id, made_ms) values (1, ?, ?)';
  yield* rows(sql, person.id, person.createdMs);
}

/** Somebody else than `id` who is owner has to be left; the rows are locked, so that two owners cannot both go. */
function* hasOtherOwner(id: string): Operation<boolean> {
  const owners = yield* rows<{ readonly id: string }>(
    "update person set role = role where role = 'owner' returning id",
  );
  return owners.some((one) => one.id !== id) || !owners.some((one) => one.id === id);
}

function* changePerson(id: string, change: PersonChange): Operation<boolean> {
  if (change.role !== undefined && change.role !== 'owner' && !(yield* hasOtherOwner(id))) return false;
  const found = yield* row(
    `update person set role = coalesce(?, role), password = coalesce(?, password),
       password_ms = coalesce(?, password_ms) where id = ? returning id`,
    change.role ?? null,
    change.password ?? null,
    change.passwordMs ?? null,
    id,
  );
  return found !== undefined;
}

function* removePerson(id: string): Operation<boolean> {
  if (!(yield* hasOtherOwner(id))) return false;
  return (yield* row('delete from person where id = ? returning id', id)) !== undefined;
}

function* addKey(key: StoredApiKey): Operation<void> {
  yield* rows(
    `insert into api_key (id, hash, label, role, scopes, created_by, created_ms, expires_ms, revoked_ms, last_used_ms)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    key.id,
    key.hash,
    key.label,
    key.role,
    JSON.stringify(key.scopes),
    key.createdBy,
    key.createdMs,
    key.expiresMs,
    key.revokedMs,
    key.lastUsedMs,
  );
}

function* saveAttempts(subject: string, attempts: Attempts): Operation<void> {
  yield* rows(
    `insert into sign_in_attempt (subject, failures, last_ms, blocked_until_ms) values (?, ?, ?, ?)
     on conflict (subject) do update set failures = sign_in_attempt.failures + 1, last_ms = excluded.last_ms,
       blocked_until_ms = excluded.blocked_until_ms`,
    subject,
    attempts.failures,
    attempts.lastMs,
    attempts.blockedUntilMs,
  );
}

function toPerson(found: PersonRow): StoredPerson {
  const { id, name, role, password } = found;
  return { id, name, role, password, createdMs: found.created_ms, passwordMs: found.password_ms };
}

function toKey(found: KeyRow): StoredApiKey {
  return {
    id: found.id,
    hash: found.hash,
    label: found.label,
    role: found.role,
    // Written by `addKey`, and by nobody else.
    scopes: JSON.parse(found.scopes) as string[],
    createdBy: found.created_by,
    createdMs: found.created_ms,
    expiresMs: found.expires_ms,
    revokedMs: found.revoked_ms,
    lastUsedMs: found.last_used_ms,
  };
}
