import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttributeMapping } from 'lockstep/admin-api/answers';
import { declaredOf, draftFault, draftOf, newDraft, sourceText } from './row-draft.ts';

const roles: AttributeMapping = {
  target: 'roles',
  source: { kind: 'expression', text: 'AssertiveAppRoleAssignmentsComplex([appRoleAssignments])' },
  apply: 'create-only',
  matchingPrecedence: 2,
  clearWhenNull: true,
};

test('a row that is opened and saved unchanged says what it said', () => {
  assert.deepEqual(declaredOf(draftOf(roles)), {
    target: 'roles',
    expression: 'AssertiveAppRoleAssignmentsComplex([appRoleAssignments])',
    match: 2,
    defaultOn: 'create',
    apply: 'create-only',
    flowBehavior: 'when-changed',
    clearWhenNull: true,
    enabled: true,
  });
});

test('of the kinds tried in the editor only the chosen one is sent', () => {
  const draft = { ...draftOf(roles), kind: 'constant', constant: 'Viewer', attribute: 'department' } as const;
  const { constant, ...rest } = declaredOf(draft);
  assert.equal(constant, 'Viewer');
  assert.ok(!('expression' in rest) && !('source' in rest) && !('none' in rest));
});

test('a draft names what it still lacks', () => {
  assert.equal(draftFault(newDraft), 'target');
  assert.equal(draftFault({ ...newDraft, target: 'userName' }), 'attribute');
  assert.equal(draftFault({ ...newDraft, target: 'userName', kind: 'expression', expression: ' ' }), 'expression');
  assert.equal(draftFault({ ...newDraft, target: 'userName', kind: 'none' }), undefined);
});

test('a constant is shown with its quotes, so that nobody takes it for an attribute', () => {
  assert.equal(sourceText({ ...roles, source: { kind: 'constant', value: 'mail' } }), '"mail"');
});
