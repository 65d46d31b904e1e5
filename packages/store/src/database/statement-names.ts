/** A statement as the PostgreSQL driver takes it. With a name the server keeps it prepared, per connection. */
export interface NamedStatement {
  readonly name?: string;
  readonly text: string;
}

/** Each prepared statement costs memory on every connection, and filters can make any number of texts. */
const NAMES_MAX = 400;
const REMEMBERED_MAX = 2_000;
/** Texts with lists or filters in them are many and seldom come back: only those that do get a name. */
const USES_BEFORE_NAME = 3;

interface Entry {
  readonly text: string;
  name: string | undefined;
  uses: number;
}

/** Makes the function that turns the operations' SQL into PostgreSQL's, remembering the work and naming what comes back. */
export function createStatementNames(): (sql: string) => NamedStatement {
  const entries = new Map<string, Entry>();
  let named = 0;
  const entryOf = (sql: string): Entry => {
    const known = entries.get(sql);
    if (known !== undefined) return known;
    if (entries.size >= REMEMBERED_MAX) {
      for (const [key, entry] of entries) if (entry.name === undefined) entries.delete(key);
    }
    const made = { text: numberParameters(sql), name: undefined, uses: 0 };
    entries.set(sql, made);
    return made;
  };
  return (sql) => {
    const entry = entryOf(sql);
    entry.uses += 1;
    if (entry.name === undefined && entry.uses >= USES_BEFORE_NAME && named < NAMES_MAX) {
      named += 1;
      entry.name = `lockstep_${named}`;
    }
    return entry.name === undefined ? { text: entry.text } : { name: entry.name, text: entry.text };
  };
}

/** Turns each `?` outside quotes into `$1`, `$2` and so on. */
export function numberParameters(sql: string): string {
  let count = 0;
  // A quoted text or name is matched as a whole and left as it is; doubled quotes are two texts side by side.
  return sql.replace(/'[^']*'|"[^"]*"|\?/g, (found) => {
    if (found !== '?') return found;
    count += 1;
    return `$${count}`;
  });
}
