// Writes the schema of both databases after all migrations into packages/store/src/migrations/schema.*.sql. Starts a
// PostgreSQL server of its own. Run it after adding a migration, and look at what it changes.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dumpSchema } from '../packages/store/contract/dump-schema.ts';
import { startPostgres } from '../packages/store/contract/start-postgres.ts';
import { openPostgresStore, openSqliteStore } from '../packages/store/src/open-store.ts';

const folder = join(import.meta.dirname, '..', 'packages', 'store', 'src', 'migrations');

const server = await startPostgres();
try {
  for (const store of [
    await openSqliteStore({ file: ':memory:' }, 0),
    await openPostgresStore({ url: await server.freshDatabase() }, 0),
  ]) {
    const file = join(folder, `schema.${store.database.flavour}.sql`);
    writeFileSync(file, await dumpSchema(store.database));
    await store.close();
    process.stdout.write(`${file}\n`);
  }
} finally {
  await server.stop();
}
