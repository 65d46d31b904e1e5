import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appState, pollAfterMs } from './app-state.ts';

const well = {
  code: 'Active',
  isRunning: false,
  retrying: 0,
  staged: { pending: 0, approved: 0, rejected: 0 },
} as const;

test('an app that is well says so; one that waits for a person or retries asks for attention', () => {
  assert.deepEqual(appState(well), { phrase: 'Active', tone: 'success' });
  assert.equal(appState({ ...well, staged: { pending: 1, approved: 0, rejected: 0 } }).phrase, 'attention');
  assert.equal(appState({ ...well, retrying: 3 }).phrase, 'attention');
});

test('a quarantine is never hidden by a cycle that runs', () => {
  assert.deepEqual(appState({ ...well, code: 'Quarantine', isRunning: true }), {
    phrase: 'Quarantine',
    tone: 'danger',
  });
  assert.equal(appState({ ...well, isRunning: true }).phrase, 'running');
  assert.equal(appState({ ...well, code: 'Paused', retrying: 3 }).phrase, 'Paused');
});

test('a page asks every 1 to 2 seconds while something runs or is about to, and seldom else', () => {
  assert.equal(pollAfterMs([{ isRunning: false }, { isRunning: true }]), 1_500);
  assert.equal(pollAfterMs([{ isRunning: false }]), 15_000);
  assert.equal(pollAfterMs([]), 15_000);
  const due = [{ isRunning: false, nextRunAt: '2026-03-01T10:00:02Z' }];
  assert.equal(pollAfterMs(due, Date.parse('2026-03-01T10:00:00Z')), 1_500);
  assert.equal(pollAfterMs(due, Date.parse('2026-03-01T09:59:00Z')), 15_000);
});
