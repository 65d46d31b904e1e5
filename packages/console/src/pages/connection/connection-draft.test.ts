import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AppSettingsShape } from 'lockstep/admin-api/answers';
import { changeOf, faultsOf, minutesOf, toDraft } from './connection-draft.ts';

const known: AppSettingsShape = {
  name: 'App',
  template: 'generic',
  tenantUrl: 'https://app.example/scim',
  hasSecret: true,
  secretExpiresAt: null,
  settings: {
    schedule: { interval: 'PT40M', onChange: true, enabled: true },
    guard: { maxRemovals: 10, maxMembershipRemovals: 3 },
    notify: { mail: 'it@x.example', onFailure: true },
  },
};

test('a form nobody touched changes nothing', () => {
  assert.deepEqual(changeOf(toDraft(known), known), {});
  assert.deepEqual([...faultsOf(toDraft(known))], []);
});

test('only what differs is sent, and an emptied field takes its setting away', () => {
  const draft = { ...toDraft(known), intervalMinutes: '5', requestsPerSecond: '25', mails: '', secretToken: 't' };
  assert.deepEqual(changeOf(draft, known), {
    secretToken: 't',
    schedule: { interval: 'PT300S', onChange: true, enabled: true },
    rate: { requestsPerSecond: 25 },
    notify: null,
  });
});

test('the end of the token is a day, and an emptied one is none', () => {
  const ends = { ...known, secretExpiresAt: '2031-02-03T12:00:00.000Z' };
  assert.deepEqual(changeOf(toDraft(ends), ends), {});
  assert.deepEqual(changeOf({ ...toDraft(ends), secretEnds: '' }, ends), { secretExpiresAt: null });
  const { secretExpiresAt = '' } = changeOf({ ...toDraft(known), secretEnds: '2031-02-03' }, known);
  assert.equal(new Date(String(secretExpiresAt)).getFullYear(), 2031);
});

test('limits of the guard that the form does not show stay', () => {
  assert.deepEqual(changeOf({ ...toDraft(known), maxRemovals: '' }, known), { guard: { maxMembershipRemovals: 3 } });
  const bare = { ...known, settings: { ...known.settings, guard: { maxRemovals: 1 } } };
  assert.deepEqual(changeOf({ ...toDraft(bare), maxRemovals: '' }, bare), { guard: null });
});

test('several addresses are told apart by lines, spaces and commas', () => {
  const draft = { ...toDraft(known), mails: 'a@x.example, b@x.example\nc@x.example', digest: true };
  assert.deepEqual(changeOf(draft, known), {
    notify: { mail: ['a@x.example', 'b@x.example', 'c@x.example'], onFailure: true, digest: 'daily' },
  });
});

test('what cannot be right is named by its field', () => {
  const draft = { ...toDraft(known), tenantUrl: 'app.example', intervalMinutes: '0', maxRemovalsPercent: '101' };
  assert.deepEqual([...faultsOf(draft)], ['tenantUrl', 'intervalMinutes', 'maxRemovalsPercent']);
});

test('durations are read in minutes', () => {
  assert.deepEqual(['PT40M', 'PT30S', 'P1DT2H'].map(minutesOf), [40, 0.5, 1_560]);
});
