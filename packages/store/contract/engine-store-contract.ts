import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import type { Escrow, Intent, JobState, Link, LogQuery, LogRecord, PendingReference } from '@lockstep/engine/ports';
import { T0 } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

/** Leases, positions, links, the journal, escrows, sent members and the log of jobs. */
export function engineStoreContract(open: OpenStore): void {
  leaseContract(open);
  journalContract(open);
  memberContract(open);
  takeOverContract(open);
  logContract(open);
}

function leaseContract(open: OpenStore): void {
  describe('leases and positions of jobs', () => {
    const store = storeForSuite(open);
    const lease = (job: string, holder: string, nowMs: number): Promise<number | undefined> =>
      store().engine.acquireLease(job, holder, { nowMs, untilMs: nowMs + 1_000 });

    it('go to one of many who ask at once', async () => {
      const job = randomUUID();
      const fences = await Promise.all(Array.from({ length: 20 }, (_, holder) => lease(job, `h${holder}`, T0)));
      assert.deepEqual(
        fences.filter((fence) => fence !== undefined),
        [1],
      );
    });

    it('are renewed by their holder under the same fence, and pass on with a higher one when they run out', async () => {
      const job = randomUUID();
      assert.equal(await lease(job, 'a', T0), 1);
      assert.equal(await lease(job, 'a', T0 + 500), 1);
      assert.equal(await lease(job, 'b', T0 + 1_499), undefined);
      assert.equal(await lease(job, 'b', T0 + 1_500), 2);
      assert.equal(await lease(job, 'a', T0 + 1_501), undefined);
    });

    it('can be given back by their holder only', async () => {
      const job = randomUUID();
      await lease(job, 'a', T0);
      await store().engine.releaseLease(job, 'b');
      assert.equal(await lease(job, 'b', T0), undefined);
      await store().engine.releaseLease(job, 'a');
      assert.equal(await lease(job, 'b', T0), 2);
    });

    it('fence off a holder that lost them: its position is not stored', async () => {
      const jobId = randomUUID();
      const mine = (await lease(jobId, 'a', T0)) ?? 0;
      const state: JobState = { jobId, kind: 'incremental', watermark: 7 };
      assert.equal(await store().engine.saveState(state, mine), true);
      const theirs = (await lease(jobId, 'b', T0 + 5_000)) ?? 0;
      assert.equal(await store().engine.saveState({ ...state, watermark: 9 }, mine), false);
      assert.deepEqual(await store().engine.state(jobId), state);
      assert.equal(await store().engine.saveState({ ...state, watermark: 8 }, theirs), true);
    });

    it('start at the beginning for a job that has no position yet', async () => {
      const jobId = randomUUID();
      assert.deepEqual(await store().engine.state(jobId), { jobId, kind: 'initial', watermark: 0 });
      await lease(jobId, 'a', T0);
      assert.deepEqual(await store().engine.state(jobId), { jobId, kind: 'initial', watermark: 0 });
    });

    it('keep a pass and a summary as they were', async () => {
      const jobId = randomUUID();
      const fence = (await lease(jobId, 'a', T0)) ?? 0;
      const state: JobState = {
        jobId,
        kind: 'initial',
        watermark: 0,
        pass: { phase: 'groups', after: 'g1', head: 12, cycleId: 'c', hasLinks: true },
        lastCycle: {
          cycleId: 'b',
          kind: 'incremental',
          startedMs: T0,
          endedMs: T0 + 1,
          state: 'entryLevelErrors',
          counts: {
            created: 1,
            linked: 0,
            updated: 0,
            disabled: 0,
            deleted: 0,
            skipped: 2,
            failed: 0,
            skippedBy: { a: 2 },
          },
        },
      };
      await store().engine.saveState(state, fence);
      assert.deepEqual(await store().engine.state(jobId), state);
    });

    it('are forgotten part by part by a restart', async () => {
      const jobId = randomUUID();
      const fence = (await lease(jobId, 'a', T0)) ?? 0;
      await store().engine.saveState({ jobId, kind: 'incremental', watermark: 9 }, fence);
      await store().engine.recordOutcomes(jobId, [
        { objectType: 'user', sourceId: 'u', link: linkOf('u', 't') },
        { objectType: 'user', sourceId: 'v', escrow: escrowOf('v', T0) },
      ]);
      const none = { watermark: false, links: false, escrows: false };
      await store().engine.reset(jobId, { ...none, watermark: true });
      assert.deepEqual(await store().engine.state(jobId), { jobId, kind: 'initial', watermark: 0 });
      assert.deepEqual(
        [(await store().engine.countLinks(jobId)).users, await store().engine.countEscrows(jobId)],
        [1, 1],
      );
      await store().engine.reset(jobId, { ...none, escrows: true });
      assert.deepEqual(
        [(await store().engine.countLinks(jobId)).users, await store().engine.countEscrows(jobId)],
        [1, 0],
      );
      await store().engine.reset(jobId, { ...none, links: true });
      assert.equal((await store().engine.countLinks(jobId)).users, 0);
    });
  });
}

function journalContract(open: OpenStore): void {
  describe('the journal of a job', () => {
    const store = storeForSuite(open);

    it('keeps intents open until their outcome, oldest first, each job for itself', async () => {
      const [job, other] = [randomUUID(), randomUUID()];
      const second = intentOf('u2', { atMs: T0 + 2, action: 'update', targetId: 't2' });
      const first = intentOf('u1', { atMs: T0 + 1 });
      await store().engine.recordIntents(job, [second, first]);
      await store().engine.recordIntents(other, [{ ...first }]);
      assert.deepEqual(await store().engine.openIntents(job), [first, second]);
      await store().engine.recordOutcomes(job, [{ objectType: 'user', sourceId: 'u1', intentId: first.id }]);
      assert.deepEqual(await store().engine.openIntents(job), [second]);
      assert.deepEqual(await store().engine.openIntents(other), [first]);
    });

    it('stores a page of outcomes all or none', async () => {
      const job = randomUUID();
      const intent = intentOf('u1');
      await store().engine.recordIntents(job, [intent]);
      const broken = { ...logOf(job, {}), source: { id: 'x', displayName: 'x', type: 'User' }, status: undefined };
      const page = [
        { objectType: 'user', sourceId: 'u1', intentId: intent.id, link: linkOf('u1', 't1'), log: logOf(job, {}) },
        // A record without a status cannot be stored, whatever the types say: everything before it has to go too.
        { objectType: 'user', sourceId: 'u2', link: linkOf('u2', 't2'), log: broken as unknown as LogRecord },
      ] as const;
      await assert.rejects(store().engine.recordOutcomes(job, page));
      assert.deepEqual(await store().engine.openIntents(job), [intent]);
      assert.deepEqual(await store().engine.countLinks(job), { users: 0, groups: 0 });
      assert.deepEqual(await store().engine.log({ jobId: job, limit: 10 }), []);
    });

    it('stores, replaces and drops links', async () => {
      const job = randomUUID();
      const link = linkOf('u1', 't1', { view: { userName: 'ž', emails: [{ value: 'x' }] } });
      await store().engine.recordOutcomes(job, [
        { objectType: 'user', sourceId: 'u1', link },
        { objectType: 'user', sourceId: 'u2', link: linkOf('u2', 't2') },
        { objectType: 'group', sourceId: 'u1', link: linkOf('u1', 'g1', { objectType: 'group' }) },
      ]);
      assert.deepEqual(await store().engine.links(job, 'user', ['u1', 'nobody']), new Map([['u1', link]]));
      assert.deepEqual(await store().engine.linkByTarget(job, 'user', 't1'), link);
      assert.equal(await store().engine.linkByTarget(job, 'group', 't1'), undefined);
      assert.equal(await store().engine.linkByTarget(randomUUID(), 'user', 't1'), undefined);
      assert.deepEqual(await store().engine.countLinks(job), { users: 2, groups: 1 });
      const released = linkOf('u1', 't9', { state: 'released' });
      await store().engine.recordOutcomes(job, [
        { objectType: 'user', sourceId: 'u1', link: released },
        { objectType: 'user', sourceId: 'u2', link: null },
      ]);
      assert.deepEqual(await store().engine.linkPage(job, 'user', { limit: 10 }), [released]);
    });

    it('pages through links in one order', async () => {
      const job = randomUUID();
      const ids = ['B', 'a', 'b', 'é', 'Z'];
      await store().engine.recordOutcomes(
        job,
        ids.map((id) => ({ objectType: 'user', sourceId: id, link: linkOf(id, id) })),
      );
      const seen: string[] = [];
      for (let after: string | undefined; ; ) {
        const page = await store().engine.linkPage(job, 'user', {
          ...(after === undefined ? {} : { after }),
          limit: 2,
        });
        seen.push(...page.map((link) => link.sourceId));
        after = page.at(-1)?.sourceId;
        if (page.length < 2) break;
      }
      assert.deepEqual(seen, ['B', 'Z', 'a', 'b', 'é']);
    });

    it('keeps escrows until they are due, replaced or cleared', async () => {
      const job = randomUUID();
      const escrows = [escrowOf('u1', T0 + 2), escrowOf('u2', T0 + 1), escrowOf('u3', T0 + 9)];
      await store().engine.recordOutcomes(
        job,
        escrows.map((escrow) => ({ objectType: 'user', sourceId: escrow.sourceId, escrow })),
      );
      assert.deepEqual(await store().engine.dueEscrows(job, T0 + 2, 10), [escrows[1], escrows[0]]);
      assert.deepEqual(await store().engine.dueEscrows(job, T0 + 2, 1), [escrows[1]]);
      await store().engine.recordOutcomes(job, [
        { objectType: 'user', sourceId: 'u1', escrow: null },
        { objectType: 'user', sourceId: 'u2', escrow: { ...escrowOf('u2', T0 + 50), failures: 2 } },
        { objectType: 'user', sourceId: 'u3' },
      ]);
      assert.equal(await store().engine.countEscrows(job), 2);
      assert.deepEqual(await store().engine.dueEscrows(job, T0 + 9, 10), [escrows[2]]);
    });

    it('gives references out when what they name has an account, all of one object together', async () => {
      const job = randomUUID();
      const manager = pendingOf('u1', 'manager', 'boss');
      const two = [pendingOf('u2', 'manager', 'boss'), pendingOf('u2', 'manager', 'nobody')];
      await store().engine.recordOutcomes(job, [
        { objectType: 'user', sourceId: 'u1', pending: [manager] },
        { objectType: 'user', sourceId: 'u2', pending: two },
        { objectType: 'user', sourceId: 'u3', pending: [pendingOf('u3', 'manager', 'nobody')] },
      ]);
      assert.deepEqual(await store().engine.resolvableReferences(job, { limit: 10 }), []);
      await store().engine.recordOutcomes(job, [{ objectType: 'user', sourceId: 'boss', link: linkOf('boss', 't') }]);
      assert.deepEqual(await store().engine.resolvableReferences(job, { limit: 10 }), [manager, ...two]);
      assert.deepEqual(await store().engine.resolvableReferences(job, { limit: 1 }), [manager]);
      const after = { objectType: 'user', sourceId: 'u1' } as const;
      assert.deepEqual(await store().engine.resolvableReferences(job, { after, limit: 1 }), two);
      await store().engine.recordOutcomes(job, [{ objectType: 'user', sourceId: 'u2', pending: [] }]);
      assert.deepEqual(await store().engine.resolvableReferences(job, { limit: 10 }), [manager]);
      assert.deepEqual(await store().engine.resolvableReferences(randomUUID(), { limit: 10 }), []);
    });
  });
}

function memberContract(open: OpenStore): void {
  describe('members that an app was told of', () => {
    const store = storeForSuite(open);

    it('come and go as rows, in pages', async () => {
      const job = randomUUID();
      const ids = Array.from({ length: 1_001 }, (_, number) => `u${String(number).padStart(4, '0')}`);
      await store().engine.recordMembers(job, { groupId: 'g', addedUserIds: ids, removedUserIds: [] });
      await store().engine.recordMembers(job, {
        groupId: 'g',
        addedUserIds: ids.slice(0, 3),
        removedUserIds: ids.slice(10),
      });
      await store().engine.recordMembers(job, { groupId: 'h', addedUserIds: ['u0001'], removedUserIds: [] });
      assert.deepEqual(await store().engine.sentMembers(job, 'g', { limit: 6 }), ids.slice(0, 6));
      assert.deepEqual(await store().engine.sentMembers(job, 'g', { after: ids[5] ?? '', limit: 6 }), ids.slice(6, 10));
      assert.deepEqual(await store().engine.sentMembers(randomUUID(), 'g', { limit: 6 }), []);
      const among = [ids[2] ?? '', 'nobody', ids[11] ?? ''];
      assert.deepEqual(await store().engine.sentMembers(job, 'g', { limit: 6, among }), [ids[2]]);
    });

    it('and references are found by whom they wait for, of one job alone', async () => {
      const job = randomUUID();
      const waits = (sourceId: string, referencedId: string) => pendingOf(sourceId, 'manager', referencedId);
      await store().engine.recordOutcomes(job, [
        { objectType: 'user', sourceId: 'a', pending: [waits('a', 'boss')] },
        { objectType: 'user', sourceId: 'b', pending: [waits('b', 'boss'), waits('b', 'other')] },
      ]);
      assert.deepEqual(await store().engine.referencesTo(job, ['boss']), [waits('a', 'boss'), waits('b', 'boss')]);
      assert.deepEqual(await store().engine.referencesTo(randomUUID(), ['boss']), []);
      assert.deepEqual(await store().engine.referencesTo(job, []), []);
    });

    it('go with the link of their group', async () => {
      const job = randomUUID();
      await store().engine.recordOutcomes(job, [
        { objectType: 'group', sourceId: 'g', link: linkOf('g', 't', { objectType: 'group' }) },
      ]);
      await store().engine.recordMembers(job, { groupId: 'g', addedUserIds: ['u'], removedUserIds: [] });
      await store().engine.recordOutcomes(job, [{ objectType: 'group', sourceId: 'g', link: null }]);
      assert.deepEqual(await store().engine.sentMembers(job, 'g', { limit: 6 }), []);
    });
  });
}

/** An account that changes hands: from somebody who gave it up to somebody who matches it. */
function takeOverContract(open: OpenStore): void {
  describe('an account that is taken over', () => {
    const store = storeForSuite(open);

    it('leaves whoever had it, with the memberships that were told of them, and nobody else', async () => {
      const job = randomUUID();
      const { engine } = store();
      await engine.recordOutcomes(job, [
        { objectType: 'user', sourceId: 'old', link: linkOf('old', 't1', { state: 'released' }) },
        { objectType: 'user', sourceId: 'bob', link: linkOf('bob', 't2') },
      ]);
      await engine.recordMembers(job, { groupId: 'g1', addedUserIds: ['old', 'bob'], removedUserIds: [] });
      const taken = { objectType: 'user', sourceId: 'new', link: linkOf('new', 't1'), takesOver: { atMs: 5 } } as const;
      await engine.recordOutcomes(job, [taken]);
      assert.equal((await engine.linkByTarget(job, 'user', 't1'))?.sourceId, 'new');
      assert.deepEqual([...(await engine.links(job, 'user', ['old', 'bob'])).keys()], ['bob']);
      assert.deepEqual(await engine.sentMembers(job, 'g1', { limit: 10 }), ['bob', 'new']);
      const due = await engine.dueReferenceEscrows(job, 5, 10);
      assert.deepEqual(
        due.map((one) => [one.sourceId, one.failures, one.firstFailedMs, one.errorCode]),
        [['g1', 0, 5, 'MembersDue']],
      );
    });
  });
}

function logContract(open: OpenStore): void {
  describe('the provisioning log', () => {
    const store = storeForSuite(open);

    it('is found by each of its filters, newest first', async () => {
      const job = randomUUID();
      const records = [
        logOf(job, { cycleId: 'c1', source: { id: 's1', displayName: 'Éva 50%_off', type: 'User' } }),
        logOf(job, { cycleId: 'c2', status: 'failure', source: { id: 's2', displayName: 'Bert', type: 'User' } }),
        logOf(job, {
          cycleId: 'c2',
          action: 'delete',
          target: { id: 'T-77', displayName: 'carl@x.org', type: 'User' },
        }),
      ];
      await store().engine.recordOutcomes(
        job,
        records.map((log) => ({ objectType: 'user', sourceId: log.source.id, log })),
      );
      const found = async (query: Omit<LogQuery, 'limit' | 'jobId'>): Promise<readonly number[]> => {
        const list = await store().engine.log({ jobId: job, limit: 10, ...query });
        return list.map((one) => records.findIndex((record) => record.id === one.id));
      };
      assert.deepEqual(await found({}), [2, 1, 0]);
      assert.deepEqual(await found({ cycleId: 'c2' }), [2, 1]);
      assert.deepEqual(await found({ sourceId: 's1' }), [0]);
      assert.deepEqual(await found({ status: 'failure' }), [1]);
      assert.deepEqual(await found({ action: 'delete', status: 'success' }), [2]);
      assert.deepEqual(await found({ sourceIds: ['s2', 's1', 's-none'] }), [1, 0]);
      assert.deepEqual(await found({ sourceIds: [] }), []);
      const [third = 0, second = 0] = (await store().engine.log({ jobId: job, limit: 2 })).map(({ number }) => number);
      assert.deepEqual(await found({ before: third }), [1, 0]);
      assert.deepEqual(await found({ before: third, status: 'failure' }), [1]);
      assert.deepEqual(await found({ number: second }), [1]);
      assert.deepEqual(await found({ identity: 'éVA 50%_' }), [0]);
      assert.deepEqual(await found({ identity: 't-77' }), [2]);
      assert.deepEqual(await found({ identity: 'CARL@' }), [2]);
      assert.deepEqual(await found({ identity: 'b_rt' }), []);
      const [newest] = await store().engine.log({ jobId: job, limit: 1 });
      assert.deepEqual(newest, { ...records[2], number: newest?.number });
    });

    it('can be followed by number while several jobs write, without a gap', async () => {
      const start = (await store().engine.log({ limit: 1 }))[0]?.number ?? 0;
      let isWriting = true;
      const writing = Promise.all(
        Array.from({ length: 6 }, async () => {
          const job = randomUUID();
          for (let round = 0; round < 20; round += 1) {
            const logs = [logOf(job, {}), logOf(job, {})];
            await store().engine.recordOutcomes(
              job,
              logs.map((log) => ({ objectType: 'user', sourceId: 's', log })),
            );
          }
        }),
      ).finally(() => {
        isWriting = false;
      });
      const seen: number[] = [];
      for (;;) {
        const wasWriting = isWriting;
        const page = await store().engine.log({ after: seen.at(-1) ?? start, limit: 7 });
        seen.push(...page.map((record) => record.number));
        if (page.length === 0 && !wasWriting) break;
        await new Promise((resolve) => setImmediate(resolve));
      }
      await writing;
      assert.deepEqual(
        seen,
        Array.from({ length: 240 }, (_, at) => start + at + 1),
      );
    });
  });
}

function linkOf(sourceId: string, targetId: string, options: Partial<Link> = {}): Link {
  return { sourceId, objectType: 'user', targetId, view: {}, state: 'managed', ...options };
}

function intentOf(sourceId: string, options: Partial<Intent> = {}): Intent {
  return { id: randomUUID(), objectType: 'user', sourceId, action: 'create', atMs: T0, ...options };
}

function escrowOf(sourceId: string, nextAttemptMs: number): Escrow {
  return {
    objectType: 'user',
    sourceId,
    failures: 1,
    firstFailedMs: T0,
    nextAttemptMs,
    errorCode: 'code',
    message: 'why',
  };
}

function pendingOf(sourceId: string, attribute: string, referencedId: string): PendingReference {
  return { objectType: 'user', sourceId, attribute, referencedId };
}

function logOf(jobId: string, options: Partial<LogRecord>): LogRecord {
  return {
    number: 0,
    id: randomUUID(),
    jobId,
    cycleId: 'c',
    changeId: randomUUID(),
    atMs: T0,
    durationMs: 3,
    action: 'create',
    status: 'success',
    source: { id: 's', displayName: 'somebody', type: 'User' },
    target: null,
    steps: [],
    modifiedProperties: [],
    isLinked: false,
    ...options,
  };
}
