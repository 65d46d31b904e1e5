import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { openSqliteStore } from '@lockstep/store';
import { runWords } from '../../test/run-words.ts';
import { tempFolder } from '../../test/temp-folder.ts';

test('log verify reads the database itself, and names the first record that was changed', async (t) => {
  const folder = tempFolder(t);
  const file = join(folder, 'lockstep.db');
  const store = await openSqliteStore({ file }, 0);
  const record = {
    number: 0,
    id: 'r',
    jobId: 'j',
    cycleId: 'c',
    changeId: 'x',
    atMs: 1,
    durationMs: 1,
    action: 'create',
    status: 'success',
    source: { id: 's', displayName: 'Eva', type: 'User' },
    target: null,
    steps: [],
    modifiedProperties: [],
    isLinked: false,
  } as const;
  const outcomes = [1, 2, 3].map(() => ({ objectType: 'user', sourceId: 's', log: record }) as const);
  await store.engine.recordOutcomes('j', outcomes);
  await store.close();
  const good = await runWords(['log', 'verify', '--data', folder]);
  assert.equal(good.code, 0);
  assert.match(good.out, /the log is intact: 3 records/);
  const database = new DatabaseSync(file);
  database.exec(`update provisioning_log set record = replace(record, 'Eva', 'Eve') where number = 2`);
  database.close();
  const bad = await runWords(['log', 'verify', '--data', folder, '--json']);
  assert.equal(bad.code, 1);
  assert.equal(JSON.parse(bad.out).brokenAt, 2);
});
