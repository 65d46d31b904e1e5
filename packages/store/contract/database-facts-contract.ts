import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { T0 } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

/** What a database says about itself. */
export function databaseFactsContract(open: OpenStore): void {
  describe('facts of the database', () => {
    const store = storeForSuite(open);

    it('tell version, schema and size, and count what is there', async () => {
      const { facts, database, audit } = store();
      const before = await facts();
      assert.equal(before.kind, database.flavour);
      assert.match(before.version, /^\d+\.\d+/);
      assert.ok(before.schema >= 9 && before.bytes > 10_000, JSON.stringify(before));
      await audit.append({ atMs: T0, actor: 'a', action: 'b', subject: 'c', differences: [] });
      const after = await facts();
      assert.equal(after.counts.auditEntries.count, before.counts.auditEntries.count + 1);
      assert.equal(after.counts.auditEntries.isMore, false);
    });
  });
}
