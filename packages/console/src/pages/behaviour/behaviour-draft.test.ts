import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AppSettingsShape } from 'lockstep/admin-api/answers';
import { behaviourChange, behaviourFaults, toBehaviour } from './behaviour-draft.ts';

const schedule = { interval: 'PT40M', onChange: true, enabled: true };
const settings: AppSettingsShape['settings'] = {
  schedule,
  skipOutOfScopeDeletions: true,
  hasNoSoftDelete: false,
  guard: { maxRemovals: 50, maxRoleRaises: 3 },
  drift: { interval: 'P1D', fix: false },
  features: { bulk: false, filterMaxResults: 200 },
};
const draft = toBehaviour(settings);

test('settings are shown as texts; what has its default is empty', () => {
  assert.deepEqual(
    (['skipOutOfScopeDeletions', 'hasNoSoftDelete', 'guard.maxRoleRaises', 'drift.interval', 'drift.fix'] as const).map(
      (name) => draft[name],
    ),
    ['true', '', '3', '24', ''],
  );
  assert.deepEqual([draft['features.bulk'], draft['features.patch'], draft.dialect], ['false', '', '']);
});

test('a form nobody touched changes nothing', () => {
  assert.deepEqual(behaviourChange(draft, settings), {});
  assert.deepEqual(behaviourChange(toBehaviour({ schedule }), { schedule }), {});
});

test('only what differs is sent, an object with all it holds, also what the page does not show', () => {
  const change = behaviourChange(
    { ...draft, 'guard.maxRoleRaises': ' 7 ', 'features.patch': 'true', dialect: 'entra-legacy' },
    settings,
  );
  assert.deepEqual(change, {
    guard: { maxRemovals: 50, maxRoleRaises: 7 },
    features: { bulk: false, filterMaxResults: 200, patch: true },
    dialect: 'entra-legacy',
  });
});

test('what is emptied goes back to its default, and an object without members goes', () => {
  const emptied = { ...draft, skipOutOfScopeDeletions: '', 'features.bulk': '', 'features.filterMaxResults': '' };
  assert.deepEqual(behaviourChange(emptied, settings), { skipOutOfScopeDeletions: null, features: null });
  assert.deepEqual(behaviourChange({ ...draft, 'drift.interval': '', 'drift.fix': '' }, { ...settings }), {
    drift: null,
  });
});

test('hours become a duration', () => {
  assert.deepEqual(behaviourChange({ ...draft, 'drift.interval': '1.5', 'drift.fix': 'true' }, settings), {
    drift: { interval: 'PT5400S', fix: true },
  });
});

test('what cannot be is named: no number, out of range, not whole, put right without being looked at', () => {
  const faultsOf = (part: Partial<typeof draft>): readonly string[] => [...behaviourFaults({ ...draft, ...part })];
  assert.deepEqual(faultsOf({}), []);
  assert.deepEqual(faultsOf({ 'guard.maxRoleRaises': 'many' }), ['guard.maxRoleRaises']);
  assert.deepEqual(faultsOf({ memberBatchSize: '0' }), ['memberBatchSize']);
  assert.deepEqual(faultsOf({ 'quarantine.failedPercentMax': '101' }), ['quarantine.failedPercentMax']);
  assert.deepEqual(faultsOf({ 'quarantine.failuresMin': '1.5' }), ['quarantine.failuresMin']);
  assert.deepEqual(faultsOf({ 'discovery.interval': '0' }), ['discovery.interval']);
  assert.deepEqual(faultsOf({ 'drift.interval': '', 'drift.fix': 'true' }), ['drift.interval']);
});
