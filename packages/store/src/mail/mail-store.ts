import type { Database } from '../database/database.ts';
import { type Operation, row, rows } from '../database/operation.ts';

/** A mail that waits to be sent, was sent, or was given up. */
export interface StoredMail {
  /** Names the event; a second mail of the same key is never made. */
  readonly eventKey: string;
  readonly createdMs: number;
  readonly state: 'waiting' | 'sent' | 'failed';
  /** Not tried before this. */
  readonly dueMs: number;
  readonly attempts: number;
  readonly recipients: readonly string[];
  /** Mails of one digest go out as one. Absent = by itself. */
  readonly digest?: string;
  readonly content: MailContent;
  /** Why the last attempt failed. */
  readonly error: string | null;
}

/** What a mail says; text and HTML are made from it when it is sent. Holds no secret. */
export interface MailContent {
  readonly subject: string;
  /** Paragraphs of plain text. */
  readonly paragraphs: readonly string[];
  /** Rows of two columns. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly link?: string;
}

/** Mails that are to be sent, kept so that a restart neither loses nor doubles one. */
export interface MailStore {
  /** False when a mail of the key was made before. */
  add(
    mail: Pick<StoredMail, 'eventKey' | 'createdMs' | 'dueMs' | 'recipients' | 'digest' | 'content'>,
  ): Promise<boolean>;
  find(eventKey: string): Promise<StoredMail | undefined>;
  /** Takes mails whose time has come, oldest first, away from other processes until `untilMs`. */
  claimDue(nowMs: number, untilMs: number, limit: number): Promise<readonly StoredMail[]>;
  settle(eventKey: string, outcome: MailOutcome): Promise<void>;
  count(state: StoredMail['state']): Promise<number>;
  /** Mails whose last attempt failed, those that were given up among them; the newest first. */
  failures(limit: number): Promise<readonly StoredMail[]>;
  /** Drops mails from before a time that are not waiting, at most `limit`. */
  prune(beforeMs: number, limit: number): Promise<number>;
}

/** What became of an attempt. */
export type MailOutcome =
  | { readonly state: 'sent' }
  | { readonly state: 'failed'; readonly error: string }
  | { readonly state: 'waiting'; readonly error: string; readonly dueMs: number };

/** The mails over a database. */
export function createMailStore({ read, write }: Database): MailStore {
  return {
    add: (mail) => write(() => add(mail)),
    find: (eventKey) => read(() => find(eventKey)),
    claimDue: (nowMs, untilMs, limit) => write(() => claimDue(nowMs, untilMs, limit)),
    settle: (eventKey, outcome) => write(() => settle(eventKey, outcome)),
    count: (state) =>
      read(function* () {
        const found = yield* row<{ readonly count: number }>(
          'select count(*) as count from mail where state = ?',
          state,
        );
        return found?.count ?? 0;
      }),
    failures: (limit) =>
      read(function* () {
        const sql = 'select * from mail where error is not null order by created_ms desc, event_key limit ?';
        return (yield* rows<MailRow>(sql, limit)).map(toMail);
      }),
    prune: (beforeMs, limit) => write(() => prune(beforeMs, limit)),
  };
}

function* add(mail: Parameters<MailStore['add']>[0]): Operation<boolean> {
  const made = yield* row(
    `insert into mail (event_key, created_ms, state, due_ms, recipients, digest, content)
     values (?, ?, 'waiting', ?, ?, ?, ?) on conflict (event_key) do nothing returning event_key`,
    mail.eventKey,
    mail.createdMs,
    mail.dueMs,
    JSON.stringify(mail.recipients),
    mail.digest ?? null,
    JSON.stringify(mail.content),
  );
  return made !== undefined;
}

interface MailRow {
  readonly event_key: string;
  readonly created_ms: number;
  readonly state: StoredMail['state'];
  readonly due_ms: number;
  readonly attempts: number;
  readonly recipients: string;
  readonly digest: string | null;
  readonly content: string;
  readonly error: string | null;
}

function* find(eventKey: string): Operation<StoredMail | undefined> {
  const found = yield* row<MailRow>('select * from mail where event_key = ?', eventKey);
  return found === undefined ? undefined : toMail(found);
}

function* claimDue(nowMs: number, untilMs: number, limit: number): Operation<readonly StoredMail[]> {
  const found = yield* rows<MailRow>(
    `update mail set due_ms = ?, attempts = attempts + 1 where event_key in
       (select event_key from mail where state = 'waiting' and due_ms <= ? order by due_ms limit ?)
       and state = 'waiting' and due_ms <= ? returning *`,
    untilMs,
    nowMs,
    limit,
    nowMs,
  );
  return found.map(toMail).toSorted((a, b) => a.createdMs - b.createdMs);
}

function* settle(eventKey: string, outcome: MailOutcome): Operation<void> {
  const error = 'error' in outcome ? outcome.error : null;
  if (outcome.state === 'waiting') {
    yield* rows('update mail set due_ms = ?, error = ? where event_key = ?', outcome.dueMs, error, eventKey);
    return;
  }
  yield* rows('update mail set state = ?, error = ? where event_key = ?', outcome.state, error, eventKey);
}

function* prune(beforeMs: number, limit: number): Operation<number> {
  const gone = yield* rows(
    `delete from mail where event_key in
       (select event_key from mail where created_ms < ? and state <> 'waiting' limit ?) returning event_key`,
    beforeMs,
    limit,
  );
  return gone.length;
}

function toMail(found: MailRow): StoredMail {
  return {
    eventKey: found.event_key,
    createdMs: found.created_ms,
    state: found.state,
    dueMs: found.due_ms,
    attempts: found.attempts,
    // Both written by `add`, and by nobody else.
    recipients: JSON.parse(found.recipients) as string[],
    content: JSON.parse(found.content) as MailContent,
    ...(found.digest === null ? {} : { digest: found.digest }),
    error: found.error,
  };
}
