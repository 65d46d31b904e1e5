import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { freshDatabase } from '../../contract/test-postgres.ts';
import { openPostgresStore } from '../open-store.ts';
import { type Database, UniqueViolation } from './database.ts';
import { type Operation, row, rows } from './operation.ts';
import { openPostgres } from './postgres-database.ts';

describe('a PostgreSQL database', () => {
  let database: Database;
  before(async () => {
    database = openPostgres({ url: await freshDatabase() });
    await database.write(() => rows('create table t (id bigint primary key, n bigint not null)'));
    await database.write(() => rows('insert into t (id, n) values (1, 0), (2, 0)'));
  });
  after(() => database.close());

  it('gives integers as numbers and absent values as null', async () => {
    const found = await database.read(() =>
      row('select count(*) as n, ?::bigint as big, null::text as nothing from t', 2 ** 50),
    );
    assert.deepEqual(found, { n: 2, big: 2 ** 50, nothing: null });
  });

  it('tries again after a deadlock, so that both sides get through', async () => {
    const addTo = (first: number, second: number): Promise<void> =>
      database.write(function* (): Operation<void> {
        yield* rows('update t set n = n + 1 where id = ?', first);
        yield* rows('select pg_sleep(0.05)');
        yield* rows('update t set n = n + 1 where id = ?', second);
      });
    await Promise.all([addTo(1, 2), addTo(2, 1)]);
    const found = await database.read(() => rows<{ readonly n: number }>('select n from t where id <= 2'));
    assert.deepEqual(
      found.map((one) => one.n),
      [2, 2],
    );
  });

  it('undoes everything of an operation that throws, and the connection is as good as new', async () => {
    for (let attempt = 0; attempt < 15; attempt += 1) {
      const failing = database.write(function* () {
        yield* rows('insert into t (id, n) values (?, 1)', 100 + attempt);
        throw new Error('no');
      });
      await assert.rejects(failing, /^Error: no$/);
    }
    assert.equal(await database.read(() => row('select 1 as one from t where id >= 100')), undefined);
  });

  it('names the index that refused a row', async () => {
    const refused = database.write(() => rows('insert into t (id, n) values (1, 1)'));
    await assert.rejects(refused, (error) => error instanceof UniqueViolation && error.index === 't_pkey');
  });

  it('does not take a swallowed failure for a commit', async () => {
    const swallowing = database.write(function* () {
      yield* rows('insert into t (id, n) values (200, 1)');
      try {
        yield* rows('insert into t (id, n) values (1, 1)');
      } catch {
        return 'done';
      }
      return 'not reached';
    });
    await assert.rejects(swallowing, /rolled back/);
    assert.equal(await database.read(() => row('select 1 as one from t where id = 200')), undefined);
  });

  it('refuses U+0000, which it cannot keep', async () => {
    await assert.rejects(
      database.read(() => rows('select ?::text', 'a\0b')),
      /U\+0000/,
    );
  });

  it('is migrated once, and has one directory, however many processes start at the same time', async () => {
    const url = await freshDatabase();
    const stores = await Promise.all(Array.from({ length: 6 }, () => openPostgresStore({ url, poolSize: 2 }, 0)));
    assert.equal(new Set(stores.map((store) => store.directoryRealm)).size, 1);
    await Promise.all(stores.map((store) => store.close()));
  });
});
