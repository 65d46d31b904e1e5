import type { Operation } from './operation.ts';

/** SQL flavour, for the few places where the two databases use different words. */
export type SqlFlavour = 'sqlite' | 'postgres';

/** A database that runs operations. */
export interface Database {
  readonly flavour: SqlFlavour;
  /**
   * Runs a reading operation. On SQLite it sees one state; on PostgreSQL each of its statements sees what was committed
   * when it began, so an operation of several must not depend on their agreeing.
   */
  read<T>(operation: () => Operation<T>): Promise<T>;
  /**
   * Runs a writing operation in a transaction: all of it or nothing. Resolves when it is on disk. The operation may
   * run again when the database asks for a retry, so it must not keep state outside itself.
   */
  write<T>(operation: () => Operation<T>): Promise<T>;
  /** Finishes what is under way and closes. */
  close(): Promise<void>;
}

/** A unique index refused a row. */
export class UniqueViolation extends Error {
  override readonly name = 'UniqueViolation';
  /** Name of the index or constraint, or the columns, as far as the database tells. */
  readonly index: string;

  constructor(index: string, cause: unknown) {
    super(`unique index ${index} refused a row`, { cause });
    this.index = index;
  }
}

/** Awaits a write; when a unique index refused it, the refusal that says so in the caller's words is thrown instead. */
export async function refuseDuplicate<T>(written: Promise<T>, refusal: (index: string) => Error): Promise<T> {
  try {
    return await written;
  } catch (error) {
    throw error instanceof UniqueViolation ? refusal(error.index) : error;
  }
}
