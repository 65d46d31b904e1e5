import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import type { CycleSummary, Escrow, LogRecord, StagedRemoval } from '@lockstep/engine/ports';
import { rows, type SqlValue } from '../src/database/operation.ts';
import type { Store } from '../src/open-store.ts';
import { T0 } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

/** Fences, the life of jobs, held removals, history, and the chain of the log. */
export function engineLifeContract(open: OpenStore): void {
  fenceContract(open);
  lifeContract(open);
  stagedContract(open);
  chainContract(open);
}

function fenceContract(open: OpenStore): void {
  describe('late writes of a holder that lost its lease', () => {
    const store = storeForSuite(open);

    it('are refused whole: intents, outcomes, memberships and the life of the job', async () => {
      const { engine } = store();
      const job = randomUUID();
      const lease = (holder: string, nowMs: number): Promise<number | undefined> =>
        engine.acquireLease(job, holder, { nowMs, untilMs: nowMs + 1_000 });
      const mine = await lease('a', T0);
      const intent = { id: 'i', objectType: 'user', sourceId: 'u', action: 'create', atMs: T0 } as const;
      assert.equal(await engine.recordIntents(job, [intent], mine), true);
      const theirs = await lease('b', T0 + 5_000);
      const link = { sourceId: 'u', objectType: 'user', targetId: 't', view: {}, state: 'managed' } as const;
      const outcome = { objectType: 'user', sourceId: 'u', intentId: 'i', link, log: logOf(job) } as const;
      const members = { groupId: 'g', addedUserIds: ['u'], removedUserIds: [] };
      assert.equal(await engine.recordIntents(job, [{ ...intent, id: 'j' }], mine), false);
      assert.equal(await engine.recordOutcomes(job, [outcome], mine), false);
      assert.equal(await engine.recordMembers(job, members, mine), false);
      assert.equal(await engine.changeLife(job, () => ({ state: 'Paused', hasRun: true }), mine), undefined);
      assert.deepEqual(await engine.openIntents(job), [intent]);
      assert.deepEqual(await engine.countLinks(job), { users: 0, groups: 0 });
      assert.deepEqual(await engine.log({ jobId: job, limit: 1 }), []);
      assert.deepEqual(await engine.sentMembers(job, 'g', { limit: 1 }), []);
      assert.deepEqual(await engine.life(job), { state: 'NotRun', hasRun: false });
      assert.equal(await engine.recordOutcomes(job, [outcome], theirs), true);
      assert.deepEqual(await engine.openIntents(job), []);
    });
  });
}

function lifeContract(open: OpenStore): void {
  describe('the life of a job', () => {
    const store = storeForSuite(open);

    it('is changed by many at once without losing a change', async () => {
      const job = randomUUID();
      const quarantine = {
        reason: 'TooManyDeletes',
        message: '',
        currentBeganMs: 0,
        nextAttemptMs: 0,
        seriesBeganMs: 0,
      };
      await Promise.all(
        Array.from({ length: 10 }, () =>
          store().engine.changeLife(job, (life) => ({
            state: 'Quarantine',
            hasRun: true,
            quarantine: {
              ...quarantine,
              reason: 'TooManyDeletes',
              seriesCount: (life.quarantine?.seriesCount ?? 0) + 1,
            },
          })),
        ),
      );
      assert.equal((await store().engine.life(job)).quarantine?.seriesCount, 10);
    });

    it('has a history of its last 200 cycles, newest first', async () => {
      const job = randomUUID();
      for (let at = 0; at < 203; at += 1) await store().engine.recordCycle(job, cycleOf(`c${at}`, T0 + at));
      await store().engine.recordCycle(job, cycleOf('c202', T0 + 500));
      const cycles = await store().engine.cycles(job, 1_000);
      assert.equal(cycles.length, 200);
      assert.deepEqual(cycles[0], cycleOf('c202', T0 + 500));
      assert.equal(cycles.at(-1)?.cycleId, 'c3');
    });

    it('keeps failures of objects and of references apart, and counts neither patience nor what works', async () => {
      const { engine } = store();
      const job = randomUUID();
      const link = (id: string) =>
        ({ sourceId: id, objectType: 'user', targetId: id, view: {}, state: 'managed' }) as const;
      await engine.recordOutcomes(job, [
        { objectType: 'user', sourceId: 'a', link: link('a'), escrow: escrowOf('a') },
        { objectType: 'user', sourceId: 'b', link: link('b'), referenceEscrow: escrowOf('b') },
        { objectType: 'user', sourceId: 'c', escrow: { ...escrowOf('c'), errorCode: 'TooManyRequests' } },
      ]);
      assert.deepEqual(await engine.failureCounts(job), { failures: 1, referenceFailures: 1, successes: 1 });
      assert.deepEqual(await engine.escrows(job, 'user', ['a', 'b']), [escrowOf('a')]);
      assert.deepEqual(await engine.referenceEscrows(job, 'user', ['a', 'b']), [escrowOf('b')]);
      assert.deepEqual(await engine.dueReferenceEscrows(job, T0, 10), [escrowOf('b')]);
      await engine.reset(job, { watermark: false, links: false, escrows: true });
      assert.deepEqual(await engine.failureCounts(job), { failures: 0, referenceFailures: 0, successes: 2 });
    });
  });
}

function stagedContract(open: OpenStore): void {
  describe('removals that are held', () => {
    const store = storeForSuite(open);

    it('are listed, decided by id or all, found by object, and dropped', async () => {
      const { engine } = store();
      const job = randomUUID();
      const removals = [stagedOf('1', 'u1'), stagedOf('2', 'u2'), stagedOf('3', 'u3')];
      await engine.recordOutcomes(job, [{ objectType: 'user', sourceId: 'u1', staged: removals }]);
      assert.deepEqual(await engine.staged(job, { limit: 2 }), removals.slice(0, 2));
      assert.deepEqual(await engine.staged(job, { after: '2', limit: 2 }), removals.slice(2));
      assert.equal(await engine.decideStaged(job, { state: 'approved', ids: ['2', '2', 'unknown'] }), 1);
      assert.equal(await engine.decideStaged(job, { state: 'rejected' }), 2);
      assert.equal(await engine.decideStaged(job, { state: 'approved' }), 0);
      assert.deepEqual(await engine.countStaged(job), { pending: 0, approved: 1, rejected: 2 });
      assert.deepEqual(await engine.stagedOf(job, 'user', ['u2']), [{ ...stagedOf('2', 'u2'), state: 'approved' }]);
      assert.deepEqual(await engine.staged(job, { expiredMs: T0 + 8, limit: 9 }), []);
      await engine.recordOutcomes(job, [{ objectType: 'user', sourceId: 'u1', unstaged: ['1', '2'] }]);
      assert.deepEqual(await engine.countStaged(job), { pending: 0, approved: 0, rejected: 1 });
    });
  });
}

function chainContract(open: OpenStore): void {
  describe('the chain of the log', () => {
    const store = storeForSuite(open);

    it('is intact after many wrote at once, and names the first record that was tampered with', async () => {
      await Promise.all(Array.from({ length: 12 }, () => write(store(), 3)));
      const before = await store().engine.verifyLog();
      assert.ok(before.isIntact && before.checked >= 36);
      const first = before.last - 20;
      const tampering: readonly (readonly [string, SqlValue, string])[] = [
        ['record', '{"a":1}', 'hash'],
        ['hash', 'x', 'hash'],
        ['status', 'failure', 'columns'],
        ['identity', 'somebody else', 'columns'],
        ['at_ms', 1, 'columns'],
      ];
      for (const [column, value, why] of tampering) {
        const restore = await tamper(store(), { column, value, number: first });
        const verdict = await store().engine.verifyLog();
        assert.ok(!verdict.isIntact, column);
        assert.deepEqual([verdict.brokenAt, verdict.why.includes(why)], [first, true], column);
        await restore();
      }
      assert.equal((await store().engine.verifyLog()).isIntact, true);
    });

    it('names a record that is missing, in the middle and at the end', async () => {
      await write(store(), 5);
      const { number = 0 } = (await store().engine.log({ limit: 1 }))[0] ?? {};
      for (const gone of [number, number - 2]) {
        await store().database.write(() => rows('delete from provisioning_log where number = ?', gone));
        const verdict = await store().engine.verifyLog();
        assert.ok(!verdict.isIntact);
        assert.equal(verdict.brokenAt, gone);
      }
    });
  });

  describe('pruning the log', () => {
    const store = storeForSuite(open);

    it('takes old records from the beginning, in turns, and leaves the chain whole', async () => {
      await write(store(), 10, T0);
      await write(store(), 5, T0 + 1_000);
      assert.equal(await store().engine.pruneLog(T0 + 1_000, 4), 4);
      assert.equal(await store().engine.pruneLog(T0 + 1_000, 100), 6);
      assert.equal(await store().engine.pruneLog(T0 + 1_000, 100), 0);
      const verdict = await store().engine.verifyLog();
      assert.ok(verdict.isIntact);
      assert.deepEqual([verdict.checked, verdict.last - verdict.anchor], [5, 5]);
      await write(store(), 1, T0 + 2_000);
      assert.equal(await store().engine.pruneLog(T0 + 9_000, 100), 6);
      const empty = await store().engine.verifyLog();
      assert.ok(empty.isIntact && empty.checked === 0);
      await write(store(), 1, T0 + 9_000);
      assert.equal((await store().engine.verifyLog()).isIntact, true);
    });

    it('is found by change and time', async () => {
      const job = randomUUID();
      const [early, late] = [logOf(job, T0), logOf(job, T0 + 10)];
      const logs = [early, late].map((log) => ({ objectType: 'user', sourceId: 's', log }) as const);
      await store().engine.recordOutcomes(job, logs);
      const ids = async (query: object): Promise<readonly string[]> =>
        (await store().engine.log({ jobId: job, limit: 10, ...query })).map((one) => one.id);
      assert.deepEqual(await ids({ changeId: late.changeId }), [late.id]);
      assert.deepEqual(await ids({ fromMs: T0 + 10 }), [late.id]);
      assert.deepEqual(await ids({ toMs: T0 + 10 }), [early.id]);
    });
  });
}

async function write(store: Store, count: number, atMs: number = T0): Promise<void> {
  const job = randomUUID();
  const outcomes = Array.from(
    { length: count },
    () => ({ objectType: 'user', sourceId: 's', log: logOf(job, atMs) }) as const,
  );
  await store.engine.recordOutcomes(job, outcomes);
}

async function tamper(
  store: Store,
  change: { readonly column: string; readonly value: SqlValue; readonly number: number },
): Promise<() => Promise<void>> {
  const { column, value, number } = change;
  const set = (to: SqlValue): Promise<unknown> =>
    store.database.write(() => rows(`update provisioning_log set ${column} = ? where number = ?`, to, number));
  const [found] = await store.database.read(() =>
    rows<{ readonly old: SqlValue }>(`select ${column} as old from provisioning_log where number = ?`, number),
  );
  await set(value);
  return async () => {
    await set(found?.old ?? null);
  };
}

function escrowOf(sourceId: string): Escrow {
  const shared = { failures: 1, firstFailedMs: T0, nextAttemptMs: T0, errorCode: 'code', message: 'why' };
  return { objectType: 'user', sourceId, ...shared };
}

function stagedOf(id: string, sourceId: string): StagedRemoval {
  return {
    id,
    objectType: 'user',
    sourceId,
    displayName: 'somebody',
    kind: 'disable',
    reason: 'why',
    changes: [],
    stagedMs: T0,
    expiresMs: T0 + 9,
    state: 'pending',
    fingerprint: 'f',
    cycleId: 'c',
  };
}

function cycleOf(cycleId: string, endedMs: number): CycleSummary {
  const counts = { created: 0, linked: 0, updated: 0, disabled: 0, deleted: 0, skipped: 0, failed: 0, skippedBy: {} };
  return { cycleId, kind: 'incremental', startedMs: endedMs, endedMs, state: 'succeeded', counts };
}

function logOf(jobId: string, atMs: number = T0): LogRecord {
  return {
    number: 0,
    id: randomUUID(),
    jobId,
    cycleId: 'c',
    changeId: randomUUID(),
    atMs,
    durationMs: 3,
    action: 'create',
    status: 'success',
    source: { id: 's', displayName: 'Šomebody', type: 'User' },
    target: null,
    steps: [],
    modifiedProperties: [],
    isLinked: false,
  };
}
