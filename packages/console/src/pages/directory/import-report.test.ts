import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesNothing, formatOf, writtenText } from './import-report.ts';

test('JSON is told from CSV by how it begins', () => {
  assert.deepEqual(['\n [{}]', '{"a":1}', 'userPrincipalName,mail\na,b', ''].map(formatOf), [
    'json',
    'json',
    'csv',
    'csv',
  ]);
});

test('an import that only moves members still changes something', () => {
  const none = { created: 0, updated: 0, restored: 0, removed: 0, unchanged: 4, groupsCreated: 0 };
  const report = { ...none, isDryRun: true, changes: [], membersAdded: 0, membersRemoved: 0 };
  assert.equal(changesNothing(report), true);
  assert.equal(changesNothing({ ...report, membersRemoved: 1 }), false);
});

test('a value that is cleared is told as a dash', () => {
  assert.equal(
    writtenText({ mail: null, department: 'Sales', otherMails: ['a'] }),
    'mail: -, department: Sales, otherMails: ["a"]',
  );
});
