import type { Database } from '../database/database.ts';
import { type Operation, row, rows, type SqlValue } from '../database/operation.ts';

/** One change of the configuration. Rows are added and, when they are old, pruned; nothing changes one. */
export interface AuditEntry {
  /** Rises with each entry. */
  readonly number: number;
  readonly atMs: number;
  /** Who asked: label of the key and the way, such as `owner key (cli)`. */
  readonly actor: string;
  /** What was asked: method and path, such as `PUT /apps`. */
  readonly action: string;
  /** What it is about, such as `app Zenya`. */
  readonly subject: string;
  /** Secrets are masked by whoever makes the entry. */
  readonly differences: readonly AuditDifference[];
}

/** One value that changed. */
export interface AuditDifference {
  readonly what: string;
  /** `null` = it is not there. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What to look for. Newest first. */
export interface AuditQuery {
  /** Part of the subject, without regard to case. */
  readonly subject?: string;
  /** Part of the actor, without regard to case. */
  readonly actor?: string;
  /** Part of the action, without regard to case. */
  readonly action?: string;
  /** Not before, and before. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Only entries with a lower number: the page behind this one. */
  readonly before?: number;
  readonly limit: number;
}

/** The audit log of the configuration: append and read. */
export interface AuditStore {
  /** Gives the entry's number. */
  append(entry: Omit<AuditEntry, 'number'>): Promise<number>;
  list(query: AuditQuery): Promise<readonly AuditEntry[]>;
  /** `undefined` when there is none, or it was pruned. */
  find(number: number): Promise<AuditEntry | undefined>;
  /** Drops entries from before a time, the oldest first, at most `limit`. Gives how many went. */
  prune(beforeMs: number, limit: number): Promise<number>;
}

/** The audit log over a database. */
export function createAuditStore({ read, write }: Database): AuditStore {
  return {
    append: (entry) => write(() => append(entry)),
    list: (query) => read(() => listAudit(query)),
    find: (number) =>
      read(function* () {
        const found = yield* row<AuditRow>(`select ${COLUMNS} from config_audit where number = ?`, number);
        return found === undefined ? undefined : toEntry(found);
      }),
    prune: (beforeMs, limit) => write(() => prune(beforeMs, limit)),
  };
}

/** The counter row stays locked until the commit, so the numbers have no gap that is filled later. */
function* append(entry: Omit<AuditEntry, 'number'>): Operation<number> {
  const head = yield* row<{ readonly number: number }>('update audit_head set number = number + 1 returning number');
  const number = head?.number ?? 1;
  yield* rows(
    'insert into config_audit (number, at_ms, actor, action, subject, differences) values (?, ?, ?, ?, ?, ?)',
    number,
    entry.atMs,
    entry.actor,
    entry.action,
    entry.subject,
    JSON.stringify(entry.differences),
  );
  return number;
}

interface AuditRow {
  readonly number: number;
  readonly at_ms: number;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly differences: string;
}

const COLUMNS = 'number, at_ms, actor, action, subject, differences';

/** Entries that fit every given condition, newest first. */
export function* listAudit(query: AuditQuery): Operation<readonly AuditEntry[]> {
  const conditions: string[] = ['number > 0'];
  const parameters: SqlValue[] = [];
  const add = (condition: string, ...values: readonly (SqlValue | undefined)[]): void => {
    const given = values.filter((value) => value !== undefined);
    if (given.length < values.length) return;
    conditions.push(condition);
    parameters.push(...given);
  };
  add('number < ?', query.before);
  add('at_ms >= ?', query.fromMs);
  add('at_ms < ?', query.toMs);
  for (const column of ['subject', 'actor', 'action'] as const) {
    add(holds(column), likeText(query[column]?.toLowerCase()), likeText(query[column]));
  }
  const sql = `select ${COLUMNS} from config_audit where ${conditions.join(' and ')} order by number desc limit ?`;
  return (yield* rows<AuditRow>(sql, ...parameters, query.limit)).map(toEntry);
}

/**
 * Looked for in the column's index, which is far smaller than the entries with their differences. A database may fold
 * no letters but those of ASCII, so the text is looked for as it was typed too.
 */
function holds(column: string): string {
  const isLike = `lower(${column}) like ? escape '!' or ${column} like ? escape '!'`;
  return `number in (select number from config_audit where ${isLike})`;
}

/** A LIKE pattern for text that holds another text; the wildcards in it are taken literally. */
function likeText(part: string | undefined): string | undefined {
  return part === undefined ? undefined : `%${part.replace(/[!%_]/g, '!$&')}%`;
}

function* prune(beforeMs: number, limit: number): Operation<number> {
  const gone = yield* rows(
    `delete from config_audit where number in
       (select number from config_audit where at_ms < ? order by number limit ?) returning number`,
    beforeMs,
    limit,
  );
  return gone.length;
}

function toEntry(found: AuditRow): AuditEntry {
  const { number, at_ms: atMs, actor, action, subject } = found;
  // Written by `append` from such a list, and by nobody else.
  return { number, atMs, actor, action, subject, differences: JSON.parse(found.differences) as AuditDifference[] };
}
