import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CycleSummary, LogRecord } from '@lockstep/engine/ports';
import { summaryText, whatToTry } from './sample-summary.ts';

const counts = { created: 975, linked: 20, updated: 1, disabled: 0, deleted: 0, skipped: 3, failed: 1, skippedBy: {} };
const summary: CycleSummary = {
  cycleId: 'c',
  kind: 'initial',
  startedMs: 0,
  endedMs: 2_340,
  state: 'entryLevelErrors',
  counts,
};

function record(reason: string): LogRecord {
  return {
    number: 1,
    id: 'r',
    jobId: 'j',
    cycleId: 'c',
    changeId: 'x',
    atMs: 0,
    durationMs: 0,
    action: 'other',
    status: 'skipped',
    error: { code: 'NotEffectivelyEntitled', reason },
    source: { id: '1', displayName: 'Eva Lind', type: 'User' },
    target: null,
    steps: [],
    modifiedProperties: [],
    isLinked: false,
  };
}

test('the summary counts by app and gives reasons, the most frequent first', () => {
  const rows = [
    {
      name: 'Zenya',
      summary,
      skipped: [record('Guest.'), record('Disabled.'), record('Disabled.')],
      failed: [record('Taken.')],
    },
    { name: 'Zero', summary: undefined, skipped: [], failed: [] },
  ];
  const lines = summaryText(rows).split('\n');
  assert.match(lines[0] ?? '', /^app +created +linked +updated +disabled +skipped +failed +seconds$/);
  assert.match(lines[2] ?? '', /^Zenya +975 +20 +1 +0 +3 +1 +2\.3$/);
  assert.deepEqual(lines.slice(4), [
    '',
    'Zenya: 2 skipped: Disabled.',
    'Zenya: 1 skipped: Guest.',
    'Zenya: 1 failed: Taken.',
  ]);
});

test('a failed cycle says why', () => {
  const failed: CycleSummary = {
    ...summary,
    state: 'failed',
    error: { code: 'TargetUnreachable', message: 'refused' },
  };
  assert.match(summaryText([{ name: 'Zero', summary: failed, skipped: [], failed: [] }]), /^Zero: refused$/m);
});

test('what to try names the server where the defaults do not', () => {
  assert.match(whatToTry(''), /^ {2}npx lockstep logs --follow$/m);
  assert.match(
    whatToTry(' --url http://127.0.0.1:4711'),
    /^ {2}npx lockstep status --url http:\/\/127\.0\.0\.1:4711$/m,
  );
});
