import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe } from 'node:test';
import { storeContract, T0 } from '../contract/index.ts';
import { openSqliteStore } from './open-store.ts';

describe('the store in memory', () => {
  storeContract(() => openSqliteStore({ file: ':memory:' }, T0));
});

describe('the store in a SQLite file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-store-'));
  let count = 0;
  after(() => rmSync(folder, { recursive: true }));
  storeContract(() => {
    count += 1;
    return openSqliteStore({ file: join(folder, `${count}.db`), durability: 'normal' }, T0);
  });
});
