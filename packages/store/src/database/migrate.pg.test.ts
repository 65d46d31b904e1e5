import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { dumpSchema } from '../../contract/dump-schema.ts';
import { freshDatabase } from '../../contract/test-postgres.ts';
import { openPostgresStore } from '../open-store.ts';

describe('migrations on PostgreSQL', () => {
  it('lead to the dumped schema; after adding one run `node tools/dump-schema.ts`', async () => {
    const store = await openPostgresStore({ url: await freshDatabase() }, 0);
    const dumped = readFileSync(join(import.meta.dirname, '..', 'migrations', 'schema.postgres.sql'), 'utf8');
    assert.equal(await dumpSchema(store.database), dumped);
    await store.close();
  });
});
