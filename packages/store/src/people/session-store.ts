import type { Database } from '../database/database.ts';
import { inList, type Operation, row, rows } from '../database/operation.ts';

/** A session as it is kept: the hash of what the cookie holds, never that itself. */
export interface StoredSession {
  /** Lower-case hex SHA-256 of the cookie's value. */
  readonly hash: string;
  /** Names the session where it is listed; opens nothing. */
  readonly id: string;
  readonly kind: 'console' | 'portal';
  /** Absent for the console. */
  readonly tenantId?: string;
  /** Id of the person, or of the tenant's account. */
  readonly subject: string;
  /** How the sign-in was done, such as `password` or `oidc`. */
  readonly method: string;
  readonly roles: readonly string[];
  readonly createdMs: number;
  readonly seenMs: number;
  /** It ends then, however busy it is. */
  readonly endsMs: number;
  /** Head of the tenant's change feed at sign-in; 0 for the console. */
  readonly feedEntry: number;
  readonly address: string;
  readonly agent: string;
}

/** Whose sessions are meant. */
export interface SessionOwner {
  readonly kind: StoredSession['kind'];
  readonly tenantId?: string;
  /** Absent = everybody's. */
  readonly subject?: string;
}

/** Sessions. */
export interface SessionStore {
  add(session: StoredSession): Promise<void>;
  find(hash: string): Promise<StoredSession | undefined>;
  touch(hash: string, nowMs: number): Promise<void>;
  /** Newest first, at most 1,000. */
  list(owner: SessionOwner): Promise<readonly StoredSession[]>;
  /** By the id it is listed with, among the owner's. False when there is none. */
  end(id: string, owner: SessionOwner): Promise<boolean>;
  endByHash(hash: string): Promise<void>;
  /** Ends those of an owner, except one; returns how many. */
  endAll(owner: SessionOwner, exceptHash?: string): Promise<number>;
  /** Ends those of an account that were opened before an entry of the tenant's feed; returns how many. */
  endBefore(tenantId: string, accountId: string, feedEntry: number): Promise<number>;
  /** Ends those of a tenant that were opened by one of the methods; returns how many. */
  endByMethod(tenantId: string, methods: readonly string[]): Promise<number>;
  /** Tenants with open sessions, each with the lowest entry of its feed that one of them was opened at. */
  watched(): Promise<readonly { readonly tenantId: string; readonly fromEntry: number }[]>;
  /** Drops those that have ended. */
  prune(nowMs: number, idleMs: number): Promise<void>;
}

const LIST_MAX = 1_000;

/** The sessions over a database. */
export function createSessionStore({ read, write }: Database): SessionStore {
  return {
    add: (session) => write(() => add(session)),
    find: (hash) =>
      read(function* () {
        const found = yield* row<SessionRow>('select * from session where hash = ?', hash);
        return found === undefined ? undefined : toSession(found);
      }),
    touch: (hash, nowMs) =>
      write(function* () {
        yield* rows('update session set seen_ms = ? where hash = ?', nowMs, hash);
      }),
    list: (owner) =>
      read(function* () {
        const { sql, values } = ownedBy(owner);
        const text = `select * from session where ${sql} order by created_ms desc limit ${LIST_MAX}`;
        return (yield* rows<SessionRow>(text, ...values)).map(toSession);
      }),
    end: (id, owner) =>
      write(function* () {
        const { sql, values } = ownedBy(owner);
        return (yield* row(`delete from session where id = ? and ${sql} returning id`, id, ...values)) !== undefined;
      }),
    endByHash: (hash) =>
      write(function* () {
        yield* rows('delete from session where hash = ?', hash);
      }),
    endAll: (owner, exceptHash) =>
      write(function* () {
        const { sql, values } = ownedBy(owner);
        const text = `delete from session where hash <> ? and ${sql} returning id`;
        return (yield* rows(text, exceptHash ?? '', ...values)).length;
      }),
    endBefore: (tenantId, accountId, feedEntry) =>
      write(function* () {
        const sql = `delete from session where kind = 'portal' and tenant_id = ? and subject = ? and feed_entry < ?
          returning id`;
        return (yield* rows(sql, tenantId, accountId, feedEntry)).length;
      }),
    endByMethod: (tenantId, methods) =>
      write(function* () {
        const wanted = inList(methods);
        const sql = `delete from session where kind = 'portal' and tenant_id = ? and method in (${wanted.marks})
          returning id`;
        return (yield* rows(sql, tenantId, ...wanted.parameters)).length;
      }),
    watched: () =>
      read(function* () {
        return yield* rows<{ readonly tenantId: string; readonly fromEntry: number }>(
          `select tenant_id as "tenantId", min(feed_entry) as "fromEntry" from session
           where kind = 'portal' and tenant_id is not null group by tenant_id`,
        );
      }),
    prune: (nowMs, idleMs) =>
      write(function* () {
        yield* rows('delete from session where ends_ms <= ? or seen_ms <= ?', nowMs, nowMs - idleMs);
      }),
  };
}

interface SessionRow {
  readonly hash: string;
  readonly id: string;
  readonly kind: StoredSession['kind'];
  readonly tenant_id: string | null;
  readonly subject: string;
  readonly method: string;
  readonly roles: string;
  readonly created_ms: number;
  readonly seen_ms: number;
  readonly ends_ms: number;
  readonly feed_entry: number;
  readonly address: string;
  readonly agent: string;
}

function ownedBy(owner: SessionOwner): { readonly sql: string; readonly values: readonly string[] } {
  const parts = ['kind = ?'];
  const values: string[] = [owner.kind];
  if (owner.tenantId !== undefined) {
    parts.push('tenant_id = ?');
    values.push(owner.tenantId);
  }
  if (owner.subject !== undefined) {
    parts.push('subject = ?');
    values.push(owner.subject);
  }
  return { sql: parts.join(' and '), values };
}

function* add(session: StoredSession): Operation<void> {
  yield* rows(
    `insert into session (hash, id, kind, tenant_id, subject, method, roles, created_ms, seen_ms, ends_ms, feed_entry,
       address, agent) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    session.hash,
    session.id,
    session.kind,
    session.tenantId ?? null,
    session.subject,
    session.method,
    JSON.stringify(session.roles),
    session.createdMs,
    session.seenMs,
    session.endsMs,
    session.feedEntry,
    session.address,
    session.agent,
  );
}

function toSession(found: SessionRow): StoredSession {
  const { hash, id, kind, subject, method, address, agent } = found;
  return {
    hash,
    id,
    kind,
    ...(found.tenant_id === null ? {} : { tenantId: found.tenant_id }),
    subject,
    method,
    // Written by `add`, and by nobody else.
    roles: JSON.parse(found.roles) as string[],
    createdMs: found.created_ms,
    seenMs: found.seen_ms,
    endsMs: found.ends_ms,
    feedEntry: found.feed_entry,
    address,
    agent,
  };
}
