import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExplanationShape } from 'lockstep/admin-api/answers';
import { decisionOf, mattersOf } from './explain-text.ts';

const well: ExplanationShape = {
  objectType: 'user',
  sourceId: '1',
  displayName: 'Eva',
  inScope: true,
  scope: '',
  assignedBy: [],
  roles: [],
  staged: [],
  waitsFor: [],
  records: [],
  standing: { state: 'Active' },
  sentences: [],
};

const failure = { errorCode: 'X', message: '', failures: 1, nextAttempt: '' };
const staged = {
  id: 's',
  objectType: 'user',
  sourceId: '1',
  displayName: '',
  kind: 'disable',
  reason: '',
  changes: [],
  stagedAt: '',
  expiresAt: '',
  state: 'pending',
  cycleId: '',
} as const;

test('what stands still for everybody comes first when it is wrong, and last when somebody wants it so', () => {
  assert.deepEqual(mattersOf(well), []);
  const waitsFor = Array.from({ length: 9 }, (_, at) => ({ attribute: 'manager', referencedId: String(at) }));
  const all = { ...well, failure, referenceFailure: failure, staged: [staged], waitsFor };
  const kinds = (state: ExplanationShape['standing']['state']): readonly string[] =>
    mattersOf({ ...all, standing: { state } }).map(({ is }) => is);
  const waits = Array.from({ length: 5 }, () => 'waits');
  const own = ['failure', 'referenceFailure', 'staged', ...waits];
  assert.deepEqual(kinds('Active'), own);
  assert.deepEqual(kinds('Quarantine'), ['standing', ...own]);
  assert.deepEqual(kinds('Paused'), [...own, 'standing']);
});

test('an assignment that does not count is no reason to be in scope', () => {
  const nested = { objectId: 'g', displayName: 'G', how: 'nested', counts: false } as const;
  assert.equal(decisionOf({ ...well, assignedBy: [nested] }), 'everybody');
  assert.equal(decisionOf({ ...well, assignedBy: [{ ...nested, counts: true }] }), 'isAssigned');
  assert.equal(decisionOf({ ...well, inScope: false, because: 'filter' }), 'filter');
  assert.equal(decisionOf({ ...well, inScope: false }), 'unknown');
});
