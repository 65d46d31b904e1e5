import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntryShape } from 'lockstep/admin-api/answers';
import { changesOf, differencesOf, draftOf, type FormAttribute, rebase } from './entry-draft.ts';

const attributes: readonly FormAttribute[] = [
  { name: 'displayName', type: 'string', multiValued: false },
  { name: 'accountEnabled', type: 'boolean', multiValued: false },
  { name: 'mailEnabled', type: 'boolean', multiValued: false },
  { name: 'employeeHireDate', type: 'dateTime', multiValued: false },
  { name: 'otherMails', type: 'string', multiValued: true },
];

const entry = {
  objectId: '1',
  type: 'User',
  createdAt: '',
  modifiedAt: '',
  displayName: 'Eva',
  employeeHireDate: '2026-01-31T00:00:00Z',
  otherMails: ['a@x.example', 'b@x.example'],
} as const satisfies EntryShape;

test('an entry becomes texts, and an untouched form sends nothing', () => {
  const draft = draftOf(entry, attributes);
  assert.deepEqual(draft, {
    displayName: 'Eva',
    accountEnabled: 'true',
    mailEnabled: 'false',
    employeeHireDate: '2026-01-31',
    otherMails: 'a@x.example\nb@x.example',
  });
  assert.deepEqual(changesOf(draft, draft, attributes), {});
  const late = draftOf({ ...entry, employeeHireDate: '2026-01-31T08:30:00Z' }, attributes);
  assert.equal(late['employeeHireDate'], '2026-01-31T08:30:00Z');
});

test('only what was changed is sent: flags as such, lists by line, and nothing as null', () => {
  const base = draftOf(entry, attributes);
  const draft = { ...base, displayName: ' ', accountEnabled: 'false', otherMails: ' c@x.example \n\n' };
  assert.deepEqual(changesOf(draft, base, attributes), {
    displayName: null,
    accountEnabled: false,
    otherMails: ['c@x.example'],
  });
  assert.deepEqual(changesOf({ ...base, otherMails: '\n' }, base, attributes), { otherMails: null });
  assert.deepEqual(changesOf({ ...base, extension_x_y: 'K7' }, base, attributes), { extension_x_y: 'K7' });
});

test('what was typed is put over what somebody else saved, and nothing else of it', () => {
  const base = draftOf(entry, attributes);
  const mine = { ...base, displayName: 'Eva Lind', extension_x_y: 'K7' };
  const fresh = draftOf({ ...entry, displayName: 'Eve', otherMails: [] }, attributes);
  const merged = rebase(mine, base, fresh);
  assert.deepEqual([merged['displayName'], merged['otherMails'], merged['extension_x_y']], ['Eva Lind', '', 'K7']);
  assert.deepEqual(differencesOf(base, fresh), [
    { name: 'displayName', before: 'Eva', after: 'Eve' },
    { name: 'otherMails', before: 'a@x.example\nb@x.example', after: '' },
  ]);
});
