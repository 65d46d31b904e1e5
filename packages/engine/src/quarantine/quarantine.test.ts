import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CycleSummary, JobLife } from '../ports/index.ts';
import { judgeCycle } from './judge-cycle.ts';
import { judgeFailures } from './judge-failures.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const T0 = Date.UTC(2026, 0, 5, 8);
const NO_COUNTS = { created: 0, linked: 0, updated: 0, disabled: 0, deleted: 0, skipped: 0, failed: 0, skippedBy: {} };
const FINE = { failures: 0, referenceFailures: 0, successes: 100 };

/** Failures, successes, failures of references, reason: the published cases a to e, and their neighbours. */
const cases: readonly (readonly [string, number, number, number, string | undefined])[] = [
  ['a', 4_000, 0, 0, undefined],
  ['b', 45_000, 1_000_000, 0, 'EncounteredBaseEscrowThreshold'],
  ['c', 30_000, 5_000, 0, 'EncounteredEscrowProportionThreshold'],
  ['d', 20_000, 100_000, 0, undefined],
  ['e', 40_000, 1_000_000, 21_000, 'EncounteredTotalEscrowThreshold'],
  ['one below the gate', 4_999, 0, 0, undefined],
  ['at the gate', 5_000, 0, 0, 'EncounteredEscrowProportionThreshold'],
  ['exactly 40 %', 8_000, 12_000, 0, undefined],
  ['a hair above 40 %', 8_001, 12_000, 0, 'EncounteredEscrowProportionThreshold'],
  ['exactly 40,000', 40_000, 1_000_000, 0, undefined],
  ['exactly 60,000 in all', 30_000, 1_000_000, 30_000, undefined],
];

for (const [name, failures, successes, referenceFailures, reason] of cases) {
  test(`Q-2 case ${name}: ${reason ?? 'no quarantine'}`, () => {
    assert.equal(judgeFailures({ failures, successes, referenceFailures })?.reason, reason);
  });
}

test('Q-2: the numbers can be set', () => {
  const counts = { failures: 3, successes: 1, referenceFailures: 0 };
  assert.equal(judgeFailures(counts, { failuresMin: 3 })?.reason, 'EncounteredEscrowProportionThreshold');
  assert.equal(judgeFailures(counts, { failuresMax: 2 })?.reason, 'EncounteredBaseEscrowThreshold');
  assert.equal(judgeFailures(counts, { totalFailuresMax: 2 })?.reason, 'EncounteredTotalEscrowThreshold');
});

function ended(state: CycleSummary['state'], code?: string, kind: CycleSummary['kind'] = 'incremental'): CycleSummary {
  const shared = { cycleId: 'c', kind, startedMs: T0, endedMs: T0, state, counts: NO_COUNTS };
  return code === undefined ? shared : { ...shared, error: { code, message: 'no' } };
}

function after(life: JobLife, summary: CycleSummary, nowMs: number, counts = FINE): JobLife {
  return judgeCycle(life, { summary, counts, limits: {}, pendingRemovals: 0 }, nowMs).life;
}

const ACTIVE: JobLife = { state: 'Active', hasRun: true };

describe('Q-1: quarantine at once, whatever the counts', () => {
  for (const code of ['InvalidCredentials', 'ServiceIncompatible']) {
    test(code, () => {
      const life = after(ACTIVE, ended('failed', code), T0);
      assert.equal(life.state, 'Quarantine');
      assert.equal(life.quarantine?.reason, 'EncounteredQuarantineException');
      assert.match(life.quarantine?.message ?? '', new RegExp(code));
    });
  }
  for (const code of ['TargetUnreachable', 'InternalError', 'LeaseLost']) {
    test(`not for ${code}`, () => assert.deepEqual(after(ACTIVE, ended('failed', code), T0), ACTIVE));
  }
  test('not for a cycle that was stopped', () => assert.deepEqual(after(ACTIVE, ended('stopped'), T0), ACTIVE));
});

test('the attempts of a series are 6, 12, 24 and then 24 hours apart, and the job is disabled after 28 days', () => {
  let life = ACTIVE;
  let nowMs = T0;
  const waits: number[] = [];
  while (life.state !== 'Disabled') {
    life = after(life, ended('failed', 'InvalidCredentials'), nowMs);
    if (life.state === 'Disabled') break;
    assert.equal(life.quarantine?.seriesBeganMs, T0);
    assert.equal(life.quarantine?.currentBeganMs, nowMs);
    assert.equal(life.quarantine?.seriesCount, waits.length + 1);
    const nextMs = life.quarantine?.nextAttemptMs ?? 0;
    waits.push((nextMs - nowMs) / HOUR_MS);
    nowMs = nextMs;
  }
  assert.deepEqual(waits.slice(0, 5), [6, 12, 24, 24, 24]);
  assert.ok(nowMs - T0 >= 28 * DAY_MS && nowMs - T0 < 29 * DAY_MS, `${(nowMs - T0) / DAY_MS} days`);
  assert.match(life.because ?? '', /28 days/);
});

test('a good cycle ends a quarantine, and the next series counts from one', () => {
  const held = after(ACTIVE, ended('failed', 'InvalidCredentials'), T0);
  const free = after(held, ended('succeeded'), T0 + HOUR_MS);
  assert.deepEqual(free, ACTIVE);
  assert.equal(after(free, ended('failed', 'InvalidCredentials'), T0 + DAY_MS).quarantine?.seriesCount, 1);
});

test('a cycle that could not reach the app leaves a job in quarantine, a step further up the ladder', () => {
  const held = after(ACTIVE, ended('failed', 'InvalidCredentials'), T0);
  const still = after(held, ended('failed', 'TargetUnreachable'), T0 + 6 * HOUR_MS);
  assert.equal(still.quarantine?.reason, 'EncounteredQuarantineException');
  assert.equal(still.quarantine?.seriesCount, 2);
});

test('LIFE-4: too many failures in the initial cycle throw the failures away and pause the job', () => {
  const counts = { failures: 6_000, referenceFailures: 0, successes: 0 };
  const summary = ended('entryLevelErrors', undefined, 'initial');
  const evidence = { summary, counts, limits: {}, pendingRemovals: 0 };
  const verdict = judgeCycle({ state: 'NotRun', hasRun: false }, evidence, T0);
  assert.equal(verdict.prunesEscrows, true);
  assert.equal(verdict.life.state, 'Paused');
  assert.equal(verdict.life.quarantine, undefined);
});

test('DEL-2: removals that the guard holds, and those that wait, are a quarantine', () => {
  const evidence = { summary: ended('succeeded'), counts: FINE, limits: {}, pendingRemovals: 2 };
  const life = judgeCycle(ACTIVE, { ...evidence, guardText: 'too many' }, T0).life;
  assert.deepEqual([life.quarantine?.reason, life.quarantine?.message], ['TooManyDeletes', 'too many']);
  assert.equal(judgeCycle(life, evidence, T0 + DAY_MS).life.quarantine?.seriesCount, 2);
  assert.equal(judgeCycle(life, { ...evidence, pendingRemovals: 0 }, T0 + DAY_MS).life.state, 'Active');
});
