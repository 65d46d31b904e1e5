import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FeedRun } from '@lockstep/store';
import { feedHealth } from './feed-health.ts';

const DAY = 86_400_000;
const NOW = 100 * DAY;

function run(daysAgo: number, state: FeedRun['state'] = 'done'): FeedRun {
  return {
    number: 1,
    startedMs: NOW - daysAgo * DAY,
    endedMs: null,
    state,
    actor: '',
    file: null,
    settings: { format: 'csv', key: 'employeeId', prune: false },
    counts: null,
    refusal: null,
  };
}

const health = (id: string, ...runs: readonly FeedRun[]): string => feedHealth({ id, runs }, NOW).state;

test('the newest run decides, and one that never ended is broken off after an hour', () => {
  assert.equal(health('file', run(1), run(2, 'refused')), 'healthy');
  assert.equal(health('file', run(1, 'refused'), run(2)), 'refused');
  assert.equal(health('file', run(1, 'failed')), 'failed');
  assert.equal(health('file', run(1 / 48, 'running')), 'running');
  assert.equal(health('file', run(1 / 12, 'running')), 'brokenOff');
  assert.equal(health('file'), 'healthy');
});

test('a declared feed that used to come daily and does not is overdue; one by hand, or without a habit, is not', () => {
  const daily = [run(3), run(4), run(5), run(6)];
  assert.deepEqual(feedHealth({ id: 'declared:hr', runs: daily }, NOW), { state: 'overdue', usualMs: DAY });
  assert.equal(health('declared:hr', run(2), ...daily), 'healthy', 'twice the usual is not long');
  assert.equal(health('file', ...daily), 'healthy');
  assert.equal(health('declared:hr', run(3), run(4), run(6)), 'healthy', 'three runs are no habit');
  assert.equal(health('declared:hr', run(9), run(9.1), run(9.2), run(9.3)), 'healthy', 'an afternoon is no habit');
});
