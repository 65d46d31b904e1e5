import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BegunRun, EndedRun } from '../src/feed/feed-store.ts';
import { T0 } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

const begun: BegunRun = {
  startedMs: T0,
  actor: 'owner key (cli)',
  file: 'people.csv',
  settings: { format: 'csv', key: 'employeeId', prune: true },
};

const done: EndedRun = { endedMs: T0 + 5, state: 'done', counts: { created: 2, unchanged: 1 }, refusal: null };

const refused: EndedRun = {
  endedMs: T0 + 9,
  state: 'refused',
  counts: null,
  refusal: {
    code: 'invalidValue',
    message: 'line 2: what?',
    hint: null,
    faults: 30,
    issues: [{ place: 'line 2', message: 'what?' }],
  },
};

/** Feeds of the directory and their runs. */
export function feedStoreContract(open: OpenStore): void {
  describe('feeds of the directory', () => {
    const store = storeForSuite(open);

    it('tells a run from its beginning to its end, and the last that was good', async () => {
      const { feeds } = store();
      assert.equal(await feeds.begin('hr', begun), 1);
      const running = { ...begun, number: 1, state: 'running', endedMs: null, counts: null, refusal: null };
      assert.deepEqual(await feeds.feeds({ limit: 9 }), [{ id: 'hr', doneMs: null, runs: [running] }]);
      await feeds.end('hr', 1, done);
      assert.equal(await feeds.begin('hr', { ...begun, startedMs: T0 + 6, file: null }), 2);
      await feeds.end('hr', 2, refused);
      const first = { ...begun, ...done, number: 1 };
      const second = { ...begun, ...refused, startedMs: T0 + 6, file: null, number: 2 };
      assert.deepEqual(await feeds.feeds({ limit: 9 }), [{ id: 'hr', doneMs: T0 + 5, runs: [second, first] }]);
      assert.deepEqual(await feeds.runs('hr', { limit: 1 }), [second]);
      assert.deepEqual(await feeds.runs('hr', { limit: 9, before: 2 }), [first]);
    });

    it('pages feeds by their ids, tells ten runs of each, and forgets one with all its runs', async () => {
      const { feeds } = store();
      for (let count = 0; count < 12; count += 1) await feeds.begin('a', begun);
      await feeds.begin('b', begun);
      const page = await feeds.feeds({ limit: 2 });
      assert.deepEqual(
        page.map(({ id, runs }) => [id, runs.map(({ number }) => number)]),
        [
          ['a', [12, 11, 10, 9, 8, 7, 6, 5, 4, 3]],
          ['b', [1]],
        ],
      );
      assert.deepEqual(
        (await feeds.feeds({ limit: 2, after: 'a' })).map(({ id }) => id),
        ['b', 'hr'],
      );
      assert.equal(await feeds.forget('a'), true);
      assert.equal(await feeds.forget('a'), false);
      assert.deepEqual(await feeds.runs('a', { limit: 9 }), []);
    });

    it('keeps the newest 500 runs of a feed, and gives runs that begin at once numbers of their own', async () => {
      const { feeds } = store();
      const numbers: number[] = [];
      for (let round = 0; round < 51; round += 1) {
        numbers.push(...(await Promise.all(Array.from({ length: 10 }, () => feeds.begin('many', begun)))));
      }
      assert.equal(new Set(numbers).size, 510);
      const kept = await feeds.runs('many', { limit: 1_000 });
      assert.deepEqual([kept.length, kept[0]?.number, kept.at(-1)?.number], [500, 510, 11]);
    });
  });
}
