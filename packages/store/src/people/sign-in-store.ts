import type { JsonObject } from '@lockstep/scim';
import { type Database, refuseDuplicate } from '../database/database.ts';
import { type Operation, row, rows } from '../database/operation.ts';

/** How far single sign-on of a tenant is switched on. */
export type SignInState = 'off' | 'test' | 'enforced';

/** The single sign-on of a tenant. */
export interface StoredConnection {
  readonly tenantId: string;
  readonly protocol: 'oidc' | 'saml';
  readonly state: SignInState;
  /** Holds no secret. */
  readonly settings: JsonObject;
  /** Sealed; null = there is none. */
  readonly secret: string | null;
  /** When the secret ends, or with SAML the last of the directory's certificates. */
  readonly secretExpiresMs: number | null;
  /** Another one at each change of settings or secret. */
  readonly revision: string;
  /** The revision that a test sign-in succeeded with. */
  readonly testedRevision: string | null;
  readonly testedMs: number | null;
}

/** Which account somebody of the directory signs in to, for ever. */
export interface StoredPin {
  readonly tenantId: string;
  /** Who it is in the directory; unique in the tenant. */
  readonly subject: string;
  readonly accountId: string;
  readonly linkedMs: number;
  readonly linkedBy: string;
}

/** Connections, pinned accounts, and values that are good once. */
export interface SignInStore {
  connection(tenantId: string): Promise<StoredConnection | undefined>;
  connections(): Promise<readonly StoredConnection[]>;
  /** Writes the whole connection. */
  saveConnection(connection: StoredConnection): Promise<void>;
  /** Notes a test that succeeded, if the revision is still that. */
  noteTested(tenantId: string, revision: string, nowMs: number): Promise<boolean>;
  removeConnection(tenantId: string): Promise<boolean>;
  pin(tenantId: string, subject: string): Promise<StoredPin | undefined>;
  /** @throws what `taken` gives when the subject or the account is pinned already */
  addPin(pin: StoredPin, taken: () => Error): Promise<void>;
  /** Living accounts that are not protected, at most two, by `externalId` or by a folded value at `emails.value`. */
  findAccounts(realm: number, by: AccountKey): Promise<readonly SignInAccount[]>;
  /** False when the value was there already. */
  addOnce(value: OnceValue): Promise<boolean>;
  /** Looks without taking. */
  peekOnce(kind: string, hash: string, nowMs: number): Promise<JsonObject | undefined>;
  /** Takes a value away; of several who try at once one gets it. */
  takeOnce(kind: string, hash: string, nowMs: number): Promise<JsonObject | undefined>;
  /** Takes away all values of a kind. */
  clearOnce(kind: string): Promise<void>;
  pruneOnce(nowMs: number): Promise<void>;
}

/** What an account is found by. */
export type AccountKey = { readonly id: string } | { readonly externalId: string } | { readonly email: string };

/** An account of a tenant, as far as signing in needs it. */
export interface SignInAccount {
  readonly id: string;
  readonly isActive: boolean;
  /** Rendered JSON, as in `StoredResource`. */
  readonly text: string;
}

/** A value that is good once: a link, a state, an assertion that was seen. */
export interface OnceValue {
  readonly kind: string;
  /** Lower-case hex SHA-256 of the value. */
  readonly hash: string;
  readonly detail: JsonObject;
  readonly expiresMs: number;
}

/** The sign-in of tenants over a database. */
export function createSignInStore({ read, write }: Database): SignInStore {
  return {
    connection: (tenantId) =>
      read(function* () {
        const found = yield* row<ConnectionRow>('select * from sign_in_connection where tenant_id = ?', tenantId);
        return found === undefined ? undefined : toConnection(found);
      }),
    connections: () =>
      read(function* () {
        const found = yield* rows<ConnectionRow>('select * from sign_in_connection order by tenant_id');
        return found.map(toConnection);
      }),
    saveConnection: (connection) => write(() => saveConnection(connection)),
    noteTested: (tenantId, revision, nowMs) =>
      write(function* () {
        const sql = `update sign_in_connection set tested_revision = revision, tested_ms = ?
          where tenant_id = ? and revision = ? returning tenant_id`;
        return (yield* row(sql, nowMs, tenantId, revision)) !== undefined;
      }),
    removeConnection: (tenantId) =>
      write(function* () {
        const sql = 'delete from sign_in_connection where tenant_id = ? returning tenant_id';
        return (yield* row(sql, tenantId)) !== undefined;
      }),
    pin: (tenantId, subject) => read(() => findPin(tenantId, subject)),
    addPin: (pin, taken) =>
      refuseDuplicate(
        write(() => addPin(pin)),
        taken,
      ),
    findAccounts: (realm, by) => read(() => findAccounts(realm, by)),
    addOnce: (value) => write(() => addOnce(value)),
    peekOnce: (kind, hash, nowMs) =>
      read(function* () {
        const sql = 'select detail from once_value where kind = ? and hash = ? and expires_ms > ?';
        return detailOf(yield* row<DetailRow>(sql, kind, hash, nowMs));
      }),
    takeOnce: (kind, hash, nowMs) =>
      write(function* () {
        const sql = 'delete from once_value where kind = ? and hash = ? and expires_ms > ? returning detail';
        return detailOf(yield* row<DetailRow>(sql, kind, hash, nowMs));
      }),
    clearOnce: (kind) =>
      write(function* () {
        yield* rows('delete from once_value where kind = ?', kind);
      }),
    pruneOnce: (nowMs) =>
      write(function* () {
        yield* rows('delete from once_value where expires_ms <= ?', nowMs);
      }),
  };
}

interface ConnectionRow {
  readonly tenant_id: string;
  readonly protocol: StoredConnection['protocol'];
  readonly state: SignInState;
  readonly settings: string;
  readonly secret: string | null;
  readonly secret_expires_ms: number | null;
  readonly revision: string;
  readonly tested_revision: string | null;
  readonly tested_ms: number | null;
}

interface DetailRow {
  readonly detail: string;
}

interface PinRow {
  readonly tenant_id: string;
  readonly subject: string;
  readonly account_id: string;
  readonly linked_ms: number;
  readonly linked_by: string;
}

function* findPin(tenantId: string, subject: string): Operation<StoredPin | undefined> {
  const found = yield* row<PinRow>('select * from sign_in_pin where tenant_id = ? and subject = ?', tenantId, subject);
  if (found === undefined) return undefined;
  const { account_id: accountId, linked_ms: linkedMs, linked_by: linkedBy } = found;
  return { tenantId, subject, accountId, linkedMs, linkedBy };
}

function* addPin(pin: StoredPin): Operation<void> {
  yield* rows(
    'insert into sign_in_pin (tenant_id, subject, account_id, linked_ms, linked_by) values (?, ?, ?, ?, ?)',
    pin.tenantId,
    pin.subject,
    pin.accountId,
    pin.linkedMs,
    pin.linkedBy,
  );
}

interface AccountRow {
  readonly id: string;
  readonly is_active: number;
  readonly text: string;
}

function* findAccounts(realm: number, by: AccountKey): Operation<readonly SignInAccount[]> {
  const living = "r.realm = ? and r.type = 'User' and r.deleted_ms is null and r.is_protected = 0";
  const columns = 'r.id, r.is_active, r.text';
  const found =
    'email' in by
      ? yield* rows<AccountRow>(
          `select distinct ${columns} from resource r join resource_value v on v.seq = r.seq
           where ${living} and v.realm = ? and v.type = 'User' and v.path = 'emails.value' and v.value = ? limit 2`,
          realm,
          realm,
          by.email,
        )
      : yield* rows<AccountRow>(
          `select ${columns} from resource r where ${living} and r.${'id' in by ? 'id' : 'external_id'} = ? limit 2`,
          realm,
          'id' in by ? by.id : by.externalId,
        );
  return found.map((one) => ({ id: one.id, isActive: one.is_active === 1, text: one.text }));
}

function* saveConnection(connection: StoredConnection): Operation<void> {
  yield* rows(
    `insert into sign_in_connection (tenant_id, protocol, state, settings, secret, secret_expires_ms, revision,
       tested_revision, tested_ms) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (tenant_id) do update set protocol = excluded.protocol, state = excluded.state,
       settings = excluded.settings, secret = excluded.secret, secret_expires_ms = excluded.secret_expires_ms,
       revision = excluded.revision, tested_revision = excluded.tested_revision, tested_ms = excluded.tested_ms`,
    connection.tenantId,
    connection.protocol,
    connection.state,
    JSON.stringify(connection.settings),
    connection.secret,
    connection.secretExpiresMs,
    connection.revision,
    connection.testedRevision,
    connection.testedMs,
  );
}

function* addOnce(value: OnceValue): Operation<boolean> {
  const made = yield* row(
    `insert into once_value (kind, hash, detail, expires_ms) values (?, ?, ?, ?)
     on conflict (kind, hash) do nothing returning kind`,
    value.kind,
    value.hash,
    JSON.stringify(value.detail),
    value.expiresMs,
  );
  return made !== undefined;
}

function detailOf(found: DetailRow | undefined): JsonObject | undefined {
  // Written by `addOnce`, and by nobody else.
  return found === undefined ? undefined : (JSON.parse(found.detail) as JsonObject);
}

function toConnection(found: ConnectionRow): StoredConnection {
  return {
    tenantId: found.tenant_id,
    protocol: found.protocol,
    state: found.state,
    // Written by `saveConnection`, and by nobody else.
    settings: JSON.parse(found.settings) as JsonObject,
    secret: found.secret,
    secretExpiresMs: found.secret_expires_ms,
    revision: found.revision,
    testedRevision: found.tested_revision,
    testedMs: found.tested_ms,
  };
}
