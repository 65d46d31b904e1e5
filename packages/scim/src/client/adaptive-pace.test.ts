import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type AdaptivePace, createAdaptivePace } from './adaptive-pace.ts';

/** Virtual time: sleepers wake in the order of their times, when everybody else is waiting. */
function virtualClock(): { nowMs(): number; wait(ms: number): Promise<void>; run(untilMs: number): Promise<void> } {
  let now = 0;
  const sleepers: { readonly atMs: number; readonly wake: () => void }[] = [];
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    nowMs: () => now,
    wait: (ms) => new Promise((wake) => sleepers.push({ atMs: now + ms, wake })),
    run: async (untilMs) => {
      for (;;) {
        await settle();
        sleepers.sort((a, b) => a.atMs - b.atMs);
        const next = sleepers[0];
        if (next === undefined || next.atMs > untilMs) return;
        now = next.atMs;
        while (sleepers[0] !== undefined && sleepers[0].atMs <= now) sleepers.shift()?.wake();
      }
    },
  };
}

/** A bucket of tokens, as gateways have them. */
function bucket(perSecond: number, size: number): (nowMs: number) => boolean {
  let tokens = size;
  let lastMs = 0;
  return (nowMs) => {
    tokens = Math.min(size, tokens + ((nowMs - lastMs) * perSecond) / 1_000);
    lastMs = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

const RATE = 25;
const SECONDS = 120;

describe('under a rate limit', () => {
  for (const size of [1, 5, 25]) {
    test(`25 requests a second are used to 98 %, and none is refused after the first: bucket of ${size}`, async () => {
      const clock = virtualClock();
      const pace = createAdaptivePace({ clock, rateMax: RATE });
      const take = bucket(RATE, size);
      let served = 0;
      let refused = 0;
      const work = async (): Promise<void> => {
        while (clock.nowMs() < SECONDS * 1_000) {
          await pace.enter();
          const isTaken = take(clock.nowMs());
          await clock.wait(40);
          if (isTaken) served += 1;
          else refused += 1;
          pace.settle(isTaken ? { kind: 'answered' } : { kind: 'overloaded', retryAfterMs: 1_000 });
        }
      };
      const workers = Array.from({ length: 32 }, work);
      await clock.run(SECONDS * 1_000 + 60_000);
      await Promise.all(workers);
      assert.ok(served >= 0.98 * RATE * SECONDS, `${served} served`);
      assert.ok(refused <= 1, `${refused} refused`);
    });
  }

  test('a target without any tolerance is still used well though requests arrive unevenly', async () => {
    const clock = virtualClock();
    const pace = createAdaptivePace({ clock, rateMax: RATE });
    const take = bucket(RATE, 1);
    let served = 0;
    let refused = 0;
    let late = 0;
    const work = async (): Promise<void> => {
      while (clock.nowMs() < SECONDS * 1_000) {
        await pace.enter();
        // Up to 3 ms on the way, by turns.
        late = (late + 7) % 4;
        await clock.wait(late);
        const isTaken = take(clock.nowMs());
        if (isTaken) served += 1;
        else refused += 1;
        pace.settle(isTaken ? { kind: 'answered' } : { kind: 'overloaded', retryAfterMs: 1_000 });
      }
    };
    const workers = Array.from({ length: 8 }, work);
    await clock.run(SECONDS * 1_000 + 60_000);
    await Promise.all(workers);
    assert.ok(served >= 0.8 * RATE * SECONDS, `${served} served`);
    assert.ok(refused <= 0.01 * RATE * SECONDS, `${refused} refused`);
  });

  test('an hour of lateness is not caught up by a burst', async () => {
    const clock = virtualClock();
    const pace = createAdaptivePace({ clock, rateMax: 10 });
    await pass(pace);
    await Promise.all([clock.wait(3_600_000), clock.run(3_600_000)]);
    const times: number[] = [];
    const three = [0, 1, 2].map(async () => {
      await pace.enter();
      times.push(clock.nowMs() - 3_600_000);
      pace.settle({ kind: 'answered' });
    });
    await clock.run(3_700_000);
    await Promise.all(three);
    assert.deepEqual(times, [0, 100, 200]);
  });
});

async function pass(pace: AdaptivePace): Promise<void> {
  await pace.enter();
  pace.settle({ kind: 'answered' });
}

describe('without a rate limit', () => {
  test('a complaint halves the width, a window without one adds one', async () => {
    const clock = virtualClock();
    const pace = createAdaptivePace({ clock, widthMax: 16 });
    await pace.enter();
    pace.settle({ kind: 'overloaded' });
    assert.equal(pace.width(), 8);
    await Promise.all([clock.wait(1_000), clock.run(1_000)]);
    await pass(pace);
    assert.equal(pace.width(), 9);
    await Promise.all([clock.wait(3_000), clock.run(4_000)]);
    await pass(pace);
    assert.equal(pace.width(), 12);
  });

  test('what a target asks for holds for everybody', async () => {
    const clock = virtualClock();
    const pace = createAdaptivePace({ clock });
    await pace.enter();
    pace.settle({ kind: 'overloaded', retryAfterMs: 2_000 });
    let enteredMs = -1;
    const waiting = pace.enter().then(() => {
      enteredMs = clock.nowMs();
    });
    await clock.run(1_999);
    assert.equal(enteredMs, -1);
    await clock.run(2_000);
    await waiting;
    assert.equal(enteredMs, 2_000);
  });

  test('the width stays between one and its maximum, nobody beyond it is let in, and everybody is in the end', async () => {
    const signals = fc.array(fc.record({ isBad: fc.boolean(), ms: fc.integer({ min: 0, max: 3_000 }) }), {
      minLength: 1,
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(signals, fc.integer({ min: 1, max: 12 }), async (list, widthMax) => {
        const clock = virtualClock();
        const pace = createAdaptivePace({ clock, widthMax });
        let inside = 0;
        let passed = 0;
        const all = list.map(async ({ isBad, ms }) => {
          await pace.enter();
          inside += 1;
          assert.ok(inside <= widthMax && pace.width() >= 1 && pace.width() <= widthMax);
          await clock.wait(ms);
          inside -= 1;
          passed += 1;
          pace.settle(isBad ? { kind: 'overloaded', retryAfterMs: ms } : { kind: 'answered' });
        });
        await clock.run(10_000_000);
        await Promise.all(all);
        assert.equal(passed, list.length);
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});
