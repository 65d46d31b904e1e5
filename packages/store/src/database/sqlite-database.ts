import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { foldText, parseDateTime } from '@lockstep/scim';
import { type Database, UniqueViolation } from './database.ts';
import type { Operation, SqlRow, SqlStatement, SqlValue } from './operation.ts';

export interface SqliteOptions {
  /** File path, or `:memory:`. */
  readonly file: string;
  /** How far a commit goes: `full` is on disk, power loss included (default); `normal` only survives a crash of the process. */
  readonly durability?: 'full' | 'normal';
}

/** The file is held by another process. */
export class DatabaseInUse extends Error {
  override readonly name = 'DatabaseInUse';
}

interface Prepared {
  readonly statement: StatementSync;
  readonly columns: readonly string[];
}

interface PendingWrite {
  readonly run: () => void;
  readonly fail: (error: unknown) => void;
  readonly settle: () => void;
}

/** Extended result codes of SQLite that mean "a unique index or primary key refused the row". */
const UNIQUE_CODES: ReadonlySet<number> = new Set([2067, 1555]);
const BUSY_CODE = 5;
const STATEMENTS_MAX = 1_000;

/**
 * SQLite by the runtime's own driver: one connection in WAL mode. Writes of one turn of the event loop are committed
 * together with one flush to disk, each in a savepoint of its own, and acknowledged only after that.
 *
 * @throws {DatabaseInUse} when another process has the file open
 */
export function openSqlite(options: SqliteOptions): Database {
  const database = openFile(options);
  const statements = new Map<string, Prepared>();
  let queue: PendingWrite[] = [];
  let isScheduled = false;
  let isClosed = false;

  const prepare = (sql: string): Prepared => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    // Filters make any number of texts; those in use are back after one more preparation each.
    if (statements.size >= STATEMENTS_MAX) statements.clear();
    const made = prepareArrays(database, sql);
    statements.set(sql, made);
    return made;
  };

  const execute = (statement: SqlStatement): readonly SqlRow[] => {
    try {
      return readRows(prepare(statement.sql), statement.parameters);
    } catch (error) {
      throw asUniqueViolation(error);
    }
  };

  const drive = <T>(operation: Operation<T>): T => {
    let step = operation.next();
    while (step.done !== true) {
      try {
        step = operation.next(execute(step.value));
      } catch (error) {
        step = operation.throw(error);
      }
    }
    return step.value;
  };

  const commitTogether = (batch: readonly PendingWrite[]): void => {
    database.exec('begin immediate');
    for (const pending of batch) {
      pending.run();
      // A full disk ends the transaction under our feet; what follows must not commit one by one.
      if (!database.isTransaction) throw new Error('the database ended the transaction; nothing of it was kept');
    }
    database.exec('commit');
  };

  const flush = (): void => {
    isScheduled = false;
    const batch = queue;
    queue = [];
    if (batch.length === 0) return;
    try {
      commitTogether(batch);
    } catch (error) {
      if (database.isTransaction) database.exec('rollback');
      for (const pending of batch) pending.fail(error);
      return;
    }
    for (const pending of batch) pending.settle();
  };

  const inSavepoint = <T>(operation: () => Operation<T>): T => {
    prepare('savepoint one').statement.run();
    try {
      const value = drive(operation());
      prepare('release one').statement.run();
      return value;
    } catch (error) {
      prepare('rollback to one').statement.run();
      prepare('release one').statement.run();
      throw error;
    }
  };

  return {
    flavour: 'sqlite',
    read: async (operation) => drive(operation()),
    write: (operation) =>
      new Promise((resolve, reject) => {
        if (isClosed) {
          reject(new Error('the database is closed'));
          return;
        }
        let settle = (): void => undefined;
        queue.push({
          run: () => {
            try {
              const value = inSavepoint(operation);
              settle = () => resolve(value);
            } catch (error) {
              settle = () => reject(error);
            }
          },
          fail: reject,
          settle: () => settle(),
        });
        if (!isScheduled) {
          isScheduled = true;
          setImmediate(flush);
        }
      }),
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      flush();
      statements.clear();
      database.close();
    },
  };
}

/** Rows come as arrays and are made objects here: the driver's own objects take twice the time. */
function prepareArrays(database: DatabaseSync, sql: string): Prepared {
  const statement = database.prepare(toSqlite(sql));
  statement.setReturnArrays(true);
  return { statement, columns: statement.columns().map((column) => column.name) };
}

function readRows({ statement, columns }: Prepared, parameters: readonly SqlValue[]): readonly SqlRow[] {
  // The driver types rows as objects, and values as more than the schema has: text, integers and nulls.
  const found = statement.all(...parameters) as readonly unknown[] as readonly (readonly SqlValue[])[];
  return found.map((values) => {
    const row: Record<string, SqlValue> = {};
    for (let at = 0; at < columns.length; at += 1) row[columns[at] ?? ''] = values[at] ?? null;
    return row;
  });
}

function openFile(options: SqliteOptions): DatabaseSync {
  const database = new DatabaseSync(options.file, { timeout: 0 });
  try {
    database.exec('pragma locking_mode = exclusive');
    database.exec('pragma journal_mode = wal');
    database.exec(`pragma synchronous = ${options.durability ?? 'full'}`);
    database.exec(
      'pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = -65536; pragma wal_autocheckpoint = 8192; pragma mmap_size = 0',
    );
    // Takes the exclusive lock now rather than at the first write.
    database.exec('begin immediate; commit');
    database.function('fold_text', { deterministic: true }, (text) =>
      typeof text === 'string' ? foldText(text) : null,
    );
    database.function('instant_of', { deterministic: true }, (text) =>
      typeof text === 'string' ? (parseDateTime(text) ?? null) : null,
    );
    return database;
  } catch (error) {
    database.close();
    if (sqliteCode(error) === BUSY_CODE)
      throw new DatabaseInUse(`${options.file} is in use by another process`, { cause: error });
    throw error;
  }
}

function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode : undefined;
}

function asUniqueViolation(error: unknown): unknown {
  const code = sqliteCode(error);
  if (code === undefined || !UNIQUE_CODES.has(code) || !(error instanceof Error)) return error;
  const index = /failed: (?:index ')?([^']+)'?$/.exec(error.message)?.[1] ?? error.message;
  return new UniqueViolation(index, error);
}

/**
 * SQLite's wording of a statement. A single writer needs no row locks. A bare parameter behind `limit` makes SQLite plan
 * the statement anew whenever it is bound, which costs three times the look-up itself; inside an expression it does not.
 */
function toSqlite(sql: string): string {
  return sql.replace(/ for (update|key share)$/, '').replace(/\b(limit|offset) \?/g, '$1 (? + 0)');
}
