import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { dumpSchema } from '../../contract/dump-schema.ts';
import { openSqliteStore, openStore } from '../open-store.ts';
import { migrate, NewerSchema } from './migrate.ts';
import { rows } from './operation.ts';
import { openSqlite } from './sqlite-database.ts';

describe('migrations', () => {
  it('lead to the dumped schema; after adding one run `node tools/dump-schema.ts`', async () => {
    const store = await openSqliteStore({ file: ':memory:' }, 0);
    const dumped = readFileSync(join(import.meta.dirname, '..', 'migrations', 'schema.sqlite.sql'), 'utf8');
    assert.equal(await dumpSchema(store.database), dumped);
    await store.close();
  });

  it('run once', async () => {
    const database = openSqlite({ file: ':memory:' });
    const first = await openStore(database, 0);
    await migrate(database);
    assert.equal((await openStore(database, 0)).directoryRealm, first.directoryRealm);
    await database.close();
  });

  it('refuse a database that a newer version wrote, and close it', async () => {
    const database = openSqlite({ file: ':memory:' });
    await migrate(database);
    await database.write(() => rows("insert into migration (number, name) values (9999, 'later')"));
    await assert.rejects(openStore(database, 0), NewerSchema);
    await assert.rejects(
      database.write(() => rows('select 1')),
      /closed/,
    );
  });
});
