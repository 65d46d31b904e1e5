import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from './database.ts';
import { type Operation, row, rows } from './operation.ts';

const FOLDER = join(import.meta.dirname, '..', 'migrations');

/** The database was written by a newer version of this software. */
export class NewerSchema extends Error {
  override readonly name = 'NewerSchema';
}

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly statements: readonly string[];
}

/** Any number, the same in every process: the key of the lock that migrations hold on PostgreSQL. */
const MIGRATION_LOCK = 5_166_801;

/**
 * Brings the schema to the newest version: each numbered file once, its number first, all in one transaction under a
 * lock, so that two processes cannot both run it.
 *
 * @throws {NewerSchema} when the database holds migrations this version does not know
 */
export async function migrate(database: Database): Promise<void> {
  const known = readMigrations(database.flavour);
  await database.write(function* () {
    if (database.flavour === 'postgres') yield* rows('select pg_advisory_xact_lock(?)', MIGRATION_LOCK);
    yield* rows('create table if not exists migration (number bigint primary key, name text not null)');
    const last = yield* row<{ readonly number: number }>('select coalesce(max(number), 0) as number from migration');
    const done = last?.number ?? 0;
    const newest = known.at(-1)?.number ?? 0;
    if (done > newest) {
      throw new NewerSchema(`the database has schema ${done}, this version knows ${newest}: start the newer version`);
    }
    for (const migration of known.filter((one) => one.number > done)) yield* run(migration);
  });
}

function* run(migration: Migration): Operation<void> {
  yield* rows('insert into migration (number, name) values (?, ?)', migration.number, migration.name);
  for (const statement of migration.statements) yield* rows(statement);
}

function readMigrations(flavour: string): readonly Migration[] {
  // Beside them lies the dumped schema, which is no migration and has no number.
  const files = readdirSync(FOLDER).filter((file) => /^\d{4}-/.test(file) && file.endsWith(`.${flavour}.sql`));
  return files.sort().map((file) => ({
    number: Number.parseInt(file, 10),
    name: file.replace(`.${flavour}.sql`, ''),
    // The files hold no semicolon inside a statement.
    statements: readFileSync(join(FOLDER, file), 'utf8')
      .split(';')
      .map((text) => text.trim())
      .filter((text) => text !== ''),
  }));
}
