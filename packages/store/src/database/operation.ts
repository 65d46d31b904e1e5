/** A value that both databases take and give. Times are epoch milliseconds, booleans 0 or 1. */
export type SqlValue = string | number | null;

export interface SqlStatement {
  /** SQL with `?` for each parameter, in the words both databases know. */
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

export type SqlRow = Readonly<Record<string, SqlValue>>;

/**
 * A database operation written once for both databases: it yields statements and is handed their rows. SQLite runs it
 * to the end without giving way, PostgreSQL awaits each statement; the operation cannot tell.
 */
export type Operation<T> = Generator<SqlStatement, T, readonly SqlRow[]>;

/** Runs one statement and gives its rows. */
export function* rows<Row extends object>(sql: string, ...parameters: readonly SqlValue[]): Operation<readonly Row[]> {
  const found = yield { sql, parameters };
  // The row's shape is that of the statement's column list, which stands beside the type argument at each call.
  return found as readonly unknown[] as readonly Row[];
}

/** Runs one statement and gives its first row. */
export function* row<Row extends object>(sql: string, ...parameters: readonly SqlValue[]): Operation<Row | undefined> {
  return (yield* rows<Row>(sql, ...parameters))[0];
}

/** `?, ?, ?` for `count` parameters. */
export function marks(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ');
}

/** Splits a list into parts of at most `size`, so that no statement exceeds the databases' parameter limits. */
export function parts<T>(list: readonly T[], size = 400): readonly (readonly T[])[] {
  const result: (readonly T[])[] = [];
  for (let at = 0; at < list.length; at += size) result.push(list.slice(at, at + size));
  return result;
}
