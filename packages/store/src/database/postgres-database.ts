import { setTimeout as wait } from 'node:timers/promises';
import { ScimError } from '@lockstep/scim';
import { Pool, type PoolClient, types } from 'pg';
import { type Database, UniqueViolation } from './database.ts';
import type { Operation, SqlRow, SqlStatement, SqlValue } from './operation.ts';
import { createStatementNames, type NamedStatement } from './statement-names.ts';

export interface PostgresOptions {
  /** Connection string: `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** Connections at most. Default 10. */
  readonly poolSize?: number;
}

/** serialization_failure and deadlock_detected: the server rolled back and asks for another try. */
const RETRY_CODES: ReadonlySet<string> = new Set(['40001', '40P01']);
const UNIQUE_VIOLATION = '23505';
const ATTEMPTS_MAX = 10;
const RETRY_STEP_MS = 5;
const INT8_OID = 20;

/**
 * PostgreSQL over a pool of connections. Writes run at read committed: the operations lock the rows they change, and
 * unique indexes decide the rest. A write is acknowledged when its commit is on disk.
 */
export function openPostgres(options: PostgresOptions): Database {
  const pool = new Pool({
    connectionString: options.url,
    max: options.poolSize ?? 10,
    application_name: 'lockstep',
    options: '-c synchronous_commit=on',
    types: { getTypeParser: (oid, format) => (oid === INT8_OID ? Number : types.getTypeParser(oid, format)) },
  });
  // A connection that breaks while idle is replaced at its next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  // One that breaks between two statements of a transaction tells so at the next statement, which fails.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const nameOf = createStatementNames();
  let closing: Promise<void> | undefined;

  const execute = async (client: PoolClient, statement: SqlStatement): Promise<readonly SqlRow[]> => {
    refuseNul(statement.parameters);
    const named: NamedStatement = nameOf(statement.sql);
    try {
      // The driver types rows loosely; the schema has only text, integers and nulls.
      const result = await client.query({ ...named, values: [...statement.parameters] });
      return result.rows as readonly unknown[] as readonly SqlRow[];
    } catch (error) {
      throw asUniqueViolation(error);
    }
  };

  const drive = async <T>(client: PoolClient, operation: Operation<T>): Promise<T> => {
    let step = operation.next();
    while (step.done !== true) {
      let found: readonly SqlRow[];
      try {
        found = await execute(client, step.value);
      } catch (error) {
        step = operation.throw(error);
        continue;
      }
      step = operation.next(found);
    }
    return step.value;
  };

  const inTransaction = async <T>(operation: () => Operation<T>): Promise<T> => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const value = await drive(client, operation());
      const ended = await client.query('commit');
      // The server answers a commit of a failed transaction with ROLLBACK and no error.
      if (ended.command !== 'COMMIT') throw new Error('the transaction had failed and was rolled back');
      client.release();
      return value;
    } catch (error) {
      await giveBack(client);
      throw error;
    }
  };

  return {
    flavour: 'postgres',
    read: async (operation) => {
      const client = await pool.connect();
      try {
        return await drive(client, operation());
      } finally {
        client.release();
      }
    },
    write: async (operation) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await inTransaction(operation);
        } catch (error) {
          if (attempt === ATTEMPTS_MAX || !RETRY_CODES.has(codeOf(error) ?? '')) throw error;
          await wait(attempt * RETRY_STEP_MS);
        }
      }
    },
    close: () => {
      closing ??= pool.end();
      return closing;
    },
  };
}

/** Rolls back and returns a connection; one that cannot even do that is dropped. */
async function giveBack(client: PoolClient): Promise<void> {
  try {
    await client.query('rollback');
    client.release();
  } catch (error) {
    client.release(error instanceof Error ? error : true);
  }
}

/** PostgreSQL keeps no U+0000 in text; no resource holds one, so whoever asks with one has made a mistake. */
function refuseNul(parameters: readonly SqlValue[]): void {
  const isBroken = parameters.some((value) => typeof value === 'string' && value.includes('\0'));
  if (isBroken) throw new ScimError('invalidValue', 'text must not hold the character U+0000');
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function asUniqueViolation(error: unknown): unknown {
  if (codeOf(error) !== UNIQUE_VIOLATION || !(error instanceof Error)) return error;
  const constraint = 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : error.message;
  return new UniqueViolation(constraint, error);
}
