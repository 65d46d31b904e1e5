import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CycleShape } from 'lockstep/admin-api/answers';
import { sayIn } from '../../phrases/phrase.ts';
import { cycleBars } from './cycle-bar.ts';
import { overviewPhrases } from './phrases.ts';

const say = sayIn(overviewPhrases, 'en');
const counts = { created: 3, linked: 1, updated: 0, disabled: 0, deleted: 0, skipped: 9, failed: 2, skippedBy: {} };

function cycle(cycleId: string, state: CycleShape['state']): CycleShape {
  return { cycleId, kind: 'incremental', state, startedAt: cycleId, endedAt: cycleId, seconds: 1, counts };
}

test('cycles become bars oldest first; skipped people make no bar higher', () => {
  const bars = cycleBars([cycle('new', 'failed'), cycle('old', 'entryLevelErrors')], { say, when: (at) => at });
  assert.deepEqual(
    bars.map(({ id, good, bad, isFailed }) => [id, good, bad, isFailed]),
    [
      ['old', 4, 2, false],
      ['new', 4, 2, true],
    ],
  );
  assert.equal(bars[0]?.title, 'old: Some objects failed, Created 3, Linked 1, Skipped 9, Failed 2');
});
