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

/** Something to look for in a list: `marks` for an `in (...)`, and its parameters. */
export interface InList {
  readonly marks: string;
  readonly parameters: readonly SqlValue[];
}

/**
 * The list behind `in`. Its last value is repeated up to a power of two, so that lists of all lengths make a dozen
 * statements and not hundreds, which the databases keep prepared.
 */
export function inList(values: readonly SqlValue[]): InList {
  const last = values.at(-1);
  if (last === undefined) return { marks: 'null', parameters: [] };
  let size = 1;
  while (size < values.length) size *= 2;
  const padding = Array.from({ length: size - values.length }, () => last);
  let text = paddedMarks.get(size);
  if (text === undefined) {
    text = marks(size);
    paddedMarks.set(size, text);
  }
  return { marks: text, parameters: [...values, ...padding] };
}

const paddedMarks: Map<number, string> = new Map();

/** Splits a list into parts of at most `size`, so that no statement exceeds the databases' parameter limits. */
export function parts<T>(list: readonly T[], size = 400): readonly (readonly T[])[] {
  const result: (readonly T[])[] = [];
  for (let at = 0; at < list.length; at += size) result.push(list.slice(at, at + size));
  return result;
}
