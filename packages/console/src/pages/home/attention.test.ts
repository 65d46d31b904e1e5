import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CycleShape, StatusShape } from 'lockstep/admin-api/answers';
import { sayIn } from '../../phrases/phrase.ts';
import { mattersOf } from './attention.ts';
import { homePhrases } from './phrases.ts';

const counts = { created: 0, linked: 0, updated: 0, disabled: 0, deleted: 0, skipped: 0, failed: 0, skippedBy: {} };
const statistics = {
  cycles: 0,
  countSuccessiveCompleteFailures: 0,
  escrowsPruned: false,
  synchronizedEntryCountByType: [],
  totals: counts,
};
const failed: CycleShape = {
  cycleId: 'c',
  kind: 'incremental',
  state: 'failed',
  startedAt: '',
  endedAt: '',
  seconds: 0,
  counts,
  error: { code: 'x', message: 'no answer' },
};
const well: StatusShape = {
  app: 'A',
  id: 'a',
  isEnabled: true,
  isRunning: false,
  kind: 'incremental',
  linkedUsers: 0,
  linkedGroups: 0,
  retrying: 0,
  code: 'Active',
  staged: { pending: 0, approved: 0, rejected: 0 },
  statistics,
};
const say = sayIn(homePhrases, 'en');

test('an app that is well is not mentioned', () => {
  assert.deepEqual(mattersOf([well], say), []);
});

test('the worst comes first, and a quarantine stands for the failure that led to it', () => {
  const quarantine = {
    reason: 'r',
    message: 'refused',
    currentBegan: '',
    nextAttempt: '',
    seriesBegan: '',
    seriesCount: 1,
  };
  const found = mattersOf(
    [
      { ...well, staged: { pending: 2, approved: 0, rejected: 0 } },
      { ...well, id: 'b', code: 'Quarantine', quarantine, lastCycle: failed },
      { ...well, id: 'c', lastCycle: failed },
    ],
    say,
  );
  assert.deepEqual(
    found.map(({ appId, text }) => [appId, text]),
    [
      ['b', 'In quarantine: refused'],
      ['c', 'The last cycle failed: no answer'],
      ['a', '2 removals wait for your word'],
    ],
  );
});
