import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { foldText } from '@lockstep/scim';
import { freshDatabase } from '../../contract/test-postgres.ts';
import type { Database } from '../database/database.ts';
import { rows } from '../database/operation.ts';
import { openPostgres } from '../database/postgres-database.ts';
import { sql } from './sql-condition.ts';
import { isSafelyFolded, textColumn } from './sql-value.ts';

describe('folding on PostgreSQL', () => {
  let database: Database;
  before(async () => {
    database = openPostgres({ url: await freshDatabase() });
  });
  after(() => database.close());

  it('differs from foldText only in characters that no comparison is pushed down with', async () => {
    const { folded } = textColumn(sql`chr(n)`, 'postgres');
    const found = await database.read(() =>
      rows<{ readonly n: number; readonly folded: string }>(
        `select n, ${folded.sql} as folded from generate_series(1, 1114111) n where n not between 55296 and 57343`,
      ),
    );
    for (const { n, folded: theirs } of found) {
      const ours = foldText(String.fromCodePoint(n));
      if (ours === theirs) continue;
      assert.equal(isSafelyFolded(ours) || isSafelyFolded(theirs), false, n.toString(16));
    }
  });

  for (const text of ['İI', 'ıI\u0307', 'K', 'Åß', 'ẞ', 'ΑΣ', 'ΑΣΑ', 'Σ Σ.', 'a\u0315\u0300', 'ǅ', 'ﬁ', 'Я']) {
    it(`folds ${text} as foldText does`, async () => {
      const { folded } = textColumn(sql`${text}::text`, 'postgres');
      const [found] = await database.read(() =>
        rows<{ readonly folded: string }>(`select ${folded.sql} as folded`, ...folded.parameters),
      );
      assert.equal(found?.folded, foldText(text));
    });
  }
});
