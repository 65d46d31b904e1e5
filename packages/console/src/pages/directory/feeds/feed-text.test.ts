import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FeedShape } from 'lockstep/admin-api/answers';
import { countsOf, needingCare } from './feed-text.ts';

test('whoever came back counts as made, and a refused run counts its faults alone', () => {
  const counts = { created: 2, restored: 1, updated: 4, removed: 3, unchanged: 90, membersAdded: 7 };
  assert.deepEqual(countsOf({ counts, refusal: null }), { created: 3, changed: 4, removed: 3, refused: 0 });
  const refusal = { code: 'invalidValue', message: '', hint: null, faults: 30, issues: [] };
  assert.deepEqual(countsOf({ counts: null, refusal }), { created: 0, changed: 0, removed: 0, refused: 30 });
});

test('a feed that runs or does well needs no care', () => {
  const states = ['healthy', 'running', 'refused', 'failed', 'brokenOff', 'overdue'] as const;
  const feeds = states.map(
    (state): FeedShape => ({ id: state, kind: 'file', name: null, state, lastGoodAt: null, lastRun: null }),
  );
  assert.deepEqual(
    needingCare(feeds).map(({ id }) => id),
    ['refused', 'failed', 'brokenOff', 'overdue'],
  );
});
