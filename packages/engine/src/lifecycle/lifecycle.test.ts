import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { JobLife } from '../ports/index.ts';
import { changeLife, scheduleOf } from './change-life.ts';
import { restartEffects } from './restart.ts';
import { type LifeEvent, transitions } from './transitions.ts';

const QUARANTINE = {
  reason: 'EncounteredQuarantineException',
  message: 'no',
  currentBeganMs: 1,
  nextAttemptMs: 2,
  seriesBeganMs: 1,
  seriesCount: 1,
} as const;

test('the table in SPEC.md is the table in the code', () => {
  const spec = readFileSync(join(import.meta.dirname, '..', '..', 'SPEC.md'), 'utf8');
  for (const [state, row] of Object.entries(transitions)) {
    for (const [event, { to, effects }] of Object.entries(row)) {
      if (to === 'same') continue;
      const line = `| ${state} | ${event} | ${to} | ${effects.join(', ')} |`;
      assert.ok(spec.includes(line), `SPEC.md lacks: ${line}`);
    }
  }
  const told = [...spec.matchAll(/^\| (\w+) \| (\w+) \| (\w+) \|.*\|$/gm)].filter(
    ([, state]) => state !== 'From' && state !== 'state',
  );
  const written = Object.values(transitions).flatMap((row) => Object.values(row).filter(({ to }) => to !== 'same'));
  assert.equal(told.filter(([, state = '']) => state in transitions).length, written.length);
});

test('a job that has never run goes back to NotRun, one that has to Active', () => {
  const fresh: JobLife = { state: 'NotRun', hasRun: false };
  const paused = changeLife(fresh, { event: 'pause' });
  assert.equal(paused.state, 'Paused');
  assert.equal(changeLife(paused, { event: 'start' }).state, 'NotRun');
  const ran = changeLife(paused, { event: 'cycleEnded' });
  assert.deepEqual([ran.state, changeLife(ran, { event: 'start' }).state], ['Paused', 'Active']);
});

test('start and restart lift a quarantine, pause keeps it for the eye', () => {
  const held: JobLife = { state: 'Quarantine', hasRun: true, quarantine: QUARANTINE };
  for (const event of ['start', 'restart'] as const) {
    assert.deepEqual(changeLife(held, { event }), { state: 'Active', hasRun: true });
  }
  const paused = changeLife(held, { event: 'pause' });
  assert.deepEqual([paused.state, paused.quarantine], ['Paused', QUARANTINE]);
});

test('nothing but an administrator moves a job that is paused or disabled', () => {
  const byItself: readonly LifeEvent[] = ['cycleEnded', 'cycleFailed', 'quarantineTripped', 'initialThresholdReached'];
  for (const state of ['Paused', 'Disabled'] as const) {
    for (const event of byItself) assert.equal(changeLife({ state, hasRun: true }, { event }).state, state);
  }
});

test('the schedule waits for the next attempt in quarantine, and stands still when paused or disabled', () => {
  assert.deepEqual(scheduleOf({ state: 'Active', hasRun: true }), { isRunning: true });
  assert.deepEqual(scheduleOf({ state: 'Quarantine', hasRun: true, quarantine: QUARANTINE }), {
    isRunning: true,
    notBeforeMs: 2,
  });
  for (const state of ['Paused', 'Disabled'] as const) {
    assert.deepEqual(scheduleOf({ state, hasRun: true }), { isRunning: false });
  }
});

test('a restart forgets what its scopes name: none = the portal button, full = the links too', () => {
  const none = { watermark: false, links: false, escrows: false, quarantine: false, approveStaged: false };
  const button = { ...none, watermark: true, escrows: true, quarantine: true };
  assert.deepEqual(restartEffects([]), button);
  assert.deepEqual(restartEffects(['full']), { ...button, links: true });
  for (const scope of ['watermark', 'escrows', 'quarantine'] as const) {
    assert.deepEqual(restartEffects([scope]), { ...none, [scope]: true });
  }
  assert.deepEqual(restartEffects(['forceDeletes']), { ...none, approveStaged: true });
});
