import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { type Database, UniqueViolation } from './database.ts';
import { row, rows } from './operation.ts';
import { DatabaseInUse, openSqlite } from './sqlite-database.ts';

describe('a SQLite database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-sqlite-'));
  after(() => rmSync(folder, { recursive: true }));

  it('is open in one process at a time, and says so', async () => {
    const file = join(folder, 'used.db');
    const database = openSqlite({ file });
    assert.throws(() => openSqlite({ file }), DatabaseInUse);
    await database.close();
    await openSqlite({ file }).close();
  });

  it('keeps the writes of one turn apart: what one of them breaks is its own', async () => {
    const database = await withTable();
    const results = await Promise.allSettled([insert(database, 1), insert(database, 1), insert(database, 2)]);
    assert.deepEqual(
      results.map((result) => result.status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    const refused = results[1];
    assert.ok(refused?.status === 'rejected' && refused.reason instanceof UniqueViolation);
    assert.equal(await count(database), 2);
    await database.close();
  });

  it('undoes everything of an operation that throws', async () => {
    const database = await withTable();
    const failing = database.write(function* () {
      yield* rows('insert into t (id) values (?)', 1);
      throw new Error('no');
    });
    await assert.rejects(failing, /^Error: no$/);
    assert.equal(await count(database), 0);
    await database.close();
  });

  it('finishes what was asked before it closes, and takes nothing after', async () => {
    const file = join(folder, 'closing.db');
    const database = openSqlite({ file });
    const made = database.write(() => rows('create table t (id integer primary key)'));
    const written = insert(database, 1);
    await database.close();
    await Promise.all([made, written]);
    await assert.rejects(insert(database, 2), /closed/);
    const again = openSqlite({ file });
    assert.equal(await count(again), 1);
    await again.close();
  });

  it('stays right when there are more statements than it keeps prepared', async () => {
    const database = await withTable();
    for (let number = 0; number < 2_200; number += 1) {
      const found = await database.read(() => row<{ readonly n: number }>(`select ${number} as n where 1 = ?`, 1));
      assert.equal(found?.n, number);
    }
    await insert(database, 1);
    assert.equal(await count(database), 1);
    await database.close();
  });
});

async function withTable(): Promise<Database> {
  const database = openSqlite({ file: ':memory:' });
  await database.write(() => rows('create table t (id integer primary key)'));
  return database;
}

function insert(database: Database, id: number): Promise<unknown> {
  return database.write(() => rows('insert into t (id) values (?)', id));
}

async function count(database: Database): Promise<number | undefined> {
  return (await database.read(() => row<{ readonly n: number }>('select count(*) as n from t')))?.n;
}
