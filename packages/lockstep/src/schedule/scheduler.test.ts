import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CycleSummary } from '@lockstep/engine/ports';
import type { Timetable } from './cycle-slot.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';

interface Timer {
  readonly atMs: number;
  readonly callback: () => void;
}

/** Another process has the job. */
class Elsewhere extends Error {}

function sharing(head: () => number, known: () => readonly Timetable[]) {
  return {
    isShared: true,
    head: async () => head(),
    reread: async (appId: string) => known().find((one) => one.appId === appId),
  };
}

/** A clock turned by hand, and cycles that end when the test says so. */
function stage(timetables: readonly Timetable[], shared: { readonly head?: () => number } = {}) {
  let nowMs = 0;
  let timers: Timer[] = [];
  let known = timetables;
  const begun: {
    readonly appId: string;
    readonly atMs: number;
    end(): Promise<void>;
    fail(): Promise<void>;
    beElsewhere(): Promise<void>;
  }[] = [];
  const failures: string[] = [];
  const turn = async (): Promise<void> => {
    for (let at = 0; at < 12; at += 1) await Promise.resolve();
  };
  const scheduler: Scheduler = createScheduler({
    run: (appId) =>
      new Promise((resolve, reject) => {
        const settle = async (action: () => void): Promise<void> => {
          action();
          await turn();
        };
        const summary = { cycleId: String(begun.length) } as CycleSummary; // only handed through
        begun.push({
          appId,
          atMs: nowMs,
          end: () => settle(() => resolve(summary)),
          fail: () => settle(() => reject(new Error('no'))),
          beElsewhere: () => settle(() => reject(new Elsewhere())),
        });
      }),
    timetables: async () => known,
    nowMs: () => nowMs,
    after: (ms, callback) => {
      const timer = { atMs: nowMs + ms, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    onFailure: (appId) => failures.push(appId),
    isElsewhere: (error) => error instanceof Elsewhere,
    ...(shared.head === undefined ? {} : sharing(shared.head, () => known)),
  });
  return {
    scheduler,
    begun,
    failures,
    change: (next: readonly Timetable[]) => {
      known = next;
    },
    starts: () => begun.map(({ appId, atMs }) => `${appId}@${atMs}`),
    advance: async (ms: number) => {
      const untilMs = nowMs + ms;
      for (;;) {
        const [next] = timers.filter((one) => one.atMs <= untilMs).toSorted((a, b) => a.atMs - b.atMs);
        if (next === undefined) break;
        timers = timers.filter((one) => one !== next);
        nowMs = Math.max(nowMs, next.atMs);
        next.callback();
        await turn();
      }
      nowMs = untilMs;
    },
  };
}

function timetable(appId: string, more: Partial<Timetable> = {}): Timetable {
  return { appId, intervalMs: 1_000, onChange: true, isEnabled: true, lastEndedMs: undefined, ...more };
}

test('a cycle follows an interval after the end of the one before', async () => {
  const { scheduler, begun, starts, advance } = stage([timetable('a', { onChange: false })]);
  await scheduler.start();
  await advance(300);
  await begun[0]?.end();
  assert.equal(scheduler.nextRunMs('a'), 1_300);
  await advance(2_000);
  assert.deepEqual(starts(), ['a@0', 'a@1300']);
});

test('after a restart an app that waits for its interval goes on waiting, one that listens looks at once', async () => {
  const { scheduler, starts, advance } = stage([
    timetable('waits', { onChange: false, lastEndedMs: -600 }),
    timetable('listens', { lastEndedMs: -600 }),
    timetable('off', { isEnabled: false }),
  ]);
  await scheduler.start();
  await advance(500);
  assert.deepEqual(starts(), ['listens@0', 'waits@400']);
});

test('changes are gathered, and those during a cycle lead to one more', async () => {
  const { scheduler, begun, starts, advance } = stage([timetable('a')]);
  await scheduler.start();
  await advance(0);
  await begun[0]?.end();
  for (let at = 0; at < 10; at += 1) scheduler.noteChange();
  await advance(60);
  assert.deepEqual(starts(), ['a@0', 'a@50']);
  scheduler.noteChange();
  await advance(100);
  scheduler.noteChange();
  await advance(100);
  assert.equal(begun.length, 2, 'cycles of one app never overlap');
  await begun[1]?.end();
  assert.equal(begun.length, 3);
  await begun[2]?.end();
  await advance(500);
  assert.equal(begun.length, 3);
});

test('a cycle asked for by hand begins after the asking, and tells its end', async () => {
  const { scheduler, begun, advance } = stage([timetable('a', { isEnabled: false })]);
  await scheduler.start();
  const first = scheduler.runNow('a');
  await advance(0);
  const second = scheduler.runNow('a');
  const third = scheduler.runNow('a');
  await advance(0);
  assert.equal(begun.length, 1);
  await begun[0]?.end();
  assert.equal((await first).cycleId, '0');
  assert.equal(begun.length, 2);
  await begun[1]?.end();
  assert.deepEqual([(await second).cycleId, (await third).cycleId], ['1', '1']);
  assert.equal(scheduler.nextRunMs('a'), undefined);
  await assert.rejects(scheduler.runNow('nobody'), /there is no app nobody/);
});

test('a cycle that could not run is told to whoever asked, else reported, and the schedule goes on', async () => {
  const { scheduler, begun, failures, starts, advance } = stage([timetable('a', { onChange: false })]);
  await scheduler.start();
  await advance(0);
  await begun[0]?.fail();
  assert.deepEqual(failures, ['a']);
  await advance(1_000);
  const asked = assert.rejects(scheduler.runNow('a'), /no/);
  await begun[1]?.end();
  await begun[2]?.fail();
  await asked;
  assert.deepEqual(failures, ['a']);
  await advance(1_000);
  assert.deepEqual(starts(), ['a@0', 'a@1000', 'a@1000', 'a@2000']);
});

test('apps come and go while it runs, and after a stop nothing starts', async () => {
  const { scheduler, begun, change, starts, advance } = stage([]);
  await scheduler.start();
  change([timetable('a')]);
  await scheduler.refresh('a');
  await advance(50);
  assert.deepEqual(starts(), ['a@50']);
  change([]);
  await scheduler.refresh('a');
  await begun[0]?.end();
  await advance(5_000);
  assert.equal(begun.length, 1);
  change([timetable('b')]);
  await scheduler.refresh('b');
  scheduler.noteChange();
  scheduler.stop();
  await advance(5_000);
  assert.equal(begun.length, 1);
  await assert.rejects(scheduler.runNow('b'), /the server is stopping/);
});

test('in quarantine nothing begins by itself before the next attempt, but whoever asks is served', async () => {
  const { scheduler, begun, starts, advance } = stage([timetable('a', { notBeforeMs: 500 })]);
  await scheduler.start();
  await advance(300);
  scheduler.noteChange();
  await advance(100);
  assert.deepEqual(starts(), []);
  const asked = scheduler.runNow('a');
  await advance(0);
  await begun[0]?.end();
  await asked;
  assert.deepEqual(starts(), ['a@400']);
  const { scheduler: other, starts: others, advance: later } = stage([timetable('b', { notBeforeMs: 500 })]);
  await other.start();
  await later(500);
  assert.deepEqual(others(), ['b@500']);
});

test('where processes share the jobs, a cycle that another one has done is not done again', async () => {
  let head = 1;
  const { scheduler, begun, change, starts, advance } = stage([timetable('a', { lastEndedMs: 0 })], {
    head: () => head,
  });
  await scheduler.start();
  await advance(400);
  assert.deepEqual(starts(), [], 'nothing is behind, and the interval has not passed');
  change([timetable('a', { lastEndedMs: 900, isBehind: false })]);
  await advance(1_000);
  assert.deepEqual(starts(), [], 'the other process ran it at 900');
  await advance(600);
  assert.deepEqual(starts(), ['a@1900'], 'an interval after the end that is stored');
  await begun[0]?.end();
  head = 2;
  change([timetable('a', { lastEndedMs: 1_900, isBehind: true })]);
  await advance(600);
  assert.equal(begun.length, 2, 'a change by another process is seen');
  assert.ok((begun[1]?.atMs ?? 0) <= 2_550);
});

test('while another process has the job nothing is reported: who waits goes on waiting, the rest looks again', async () => {
  const { scheduler, begun, failures, advance, change } = stage([timetable('a', { isBehind: true })], {
    head: () => 1,
  });
  await scheduler.start();
  await advance(0);
  await begun[0]?.beElsewhere();
  await advance(4_900);
  assert.equal(begun.length, 1);
  await advance(200);
  assert.equal(begun.length, 2);
  await begun[1]?.beElsewhere();
  const ended = scheduler.runNow('a');
  assert.equal(begun.length, 3);
  await begun[2]?.beElsewhere();
  change([timetable('a', { isBehind: false })]);
  await advance(1_000);
  assert.equal(begun.length, 4, 'whoever waits is not left out because nothing is behind');
  await begun[3]?.end();
  assert.equal((await ended).cycleId, '3');
  assert.deepEqual(failures, []);
});

test('a pause, an edit and a new app by another process are taken in within two seconds', async () => {
  const off = { onChange: false, lastEndedMs: 0, intervalMs: 60_000 };
  const { scheduler, begun, change, starts, advance } = stage([timetable('a', { ...off, revision: 1 })], {
    head: () => 1,
  });
  await scheduler.start();
  assert.equal(scheduler.nextRunMs('a'), 60_000);
  change([timetable('a', { ...off, revision: 1, isEnabled: false })]);
  await advance(2_100);
  assert.equal(scheduler.nextRunMs('a'), undefined, 'paused elsewhere');
  change([timetable('a', { ...off, revision: 2 }), timetable('b', { ...off, lastEndedMs: undefined })]);
  await advance(2_100);
  assert.deepEqual(
    starts()
      .map((one) => one.split('@')[0])
      .toSorted(),
    ['a', 'b'],
  );
  for (const one of begun) await one.end();
  change([]);
  await advance(2_100);
  assert.equal(scheduler.nextRunMs('b'), undefined);
});

test('the queue tells what runs, what waits and what is late', async () => {
  const { scheduler, begun, advance } = stage([timetable('a'), timetable('b', { onChange: false, lastEndedMs: 0 })]);
  await scheduler.start();
  assert.deepEqual(scheduler.queue(), { running: 0, waiting: 1, planned: 1, lateMs: 0 });
  await advance(0);
  assert.deepEqual(scheduler.queue(), { running: 1, waiting: 0, planned: 1, lateMs: 0 });
  void scheduler.runNow('a');
  assert.deepEqual(scheduler.queue(), { running: 1, waiting: 1, planned: 1, lateMs: 0 });
  await begun[0]?.end();
});
