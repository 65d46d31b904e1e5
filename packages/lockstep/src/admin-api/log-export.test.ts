import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogRecord } from '@lockstep/engine/ports';
import { csvHead, csvLines, objectSummary } from './log-export.ts';

const record: LogRecord = {
  number: 7,
  id: 'id-1',
  jobId: 'job-1',
  cycleId: 'cycle-1',
  changeId: 'change-1',
  atMs: Date.UTC(2026, 0, 5, 8),
  durationMs: 12,
  action: 'update',
  status: 'failure',
  error: { code: 'EntryConflict', reason: 'taken, "twice"', recommendedAction: 'Correct it.' },
  source: { id: 's', displayName: '=HYPERLINK("x")', type: 'User' },
  target: null,
  steps: [
    { name: 'EntryImport', type: 'import', status: 'success', description: 'Read.', details: { mail: 'a@b.c' } },
    { name: 'EntryExportUpdate', type: 'export', status: 'failure', description: 'Refused.' },
  ],
  modifiedProperties: [{ displayName: 'title', oldValue: null, newValue: 'Boss' }],
  isLinked: false,
};

test('a CSV export is three files that the change id joins', () => {
  const logs = csvLines('logs', record);
  assert.ok(
    logs.startsWith(
      'id-1,change-1,cycle-1,job-1,2026-01-05T08:00:00.000Z,12,update,failure,EntryConflict,"taken, ""twice"""',
    ),
  );
  assert.equal(csvLines('properties', record), 'change-1,title,,Boss\r\n');
  const steps = csvLines('steps', record).trimEnd().split('\r\n');
  assert.deepEqual(
    steps.map((line) => line.split(',').slice(0, 3).join(',')),
    ['change-1,1,EntryImport', 'change-1,2,EntryExportUpdate'],
  );
  for (const part of ['logs', 'steps', 'properties'] as const) assert.match(csvHead(part), /changeId/);
});

test('a cell that a spreadsheet would run is only text', () => {
  assert.ok(csvLines('logs', record).includes(`"'=HYPERLINK(""x"")"`));
});

test('a JSON export has the shape of provisioningObjectSummary', () => {
  const summary = objectSummary(record, 'Zenya');
  assert.deepEqual(summary['provisioningStatusInfo'], {
    status: 'failure',
    errorInformation: {
      errorCode: 'EntryConflict',
      reason: 'taken, "twice"',
      additionalDetails: null,
      errorCategory: 'failure',
      recommendedAction: 'Correct it.',
    },
  });
  assert.equal(summary['activityDateTime'], '2026-01-05T08:00:00.000Z');
  assert.equal(summary['targetIdentity'], null);
  assert.match(JSON.stringify(summary['provisioningSteps']), /"provisioningStepType":"import"/);
});
