import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renewalOf, urgencyOf } from './renewal.ts';

test('each kind is renewed where it was made', () => {
  const provider = { id: 'p1', title: 'Acme' };
  assert.deepEqual(renewalOf({ kind: 'apiKey', provider: null }), { to: '/settings/keys' });
  assert.deepEqual(renewalOf({ kind: 'token', provider }), {
    to: '/providers/$provider',
    provider: 'p1',
    tab: 'connection',
  });
  assert.deepEqual(renewalOf({ kind: 'certificate', provider }), {
    to: '/providers/$provider',
    provider: 'p1',
    tab: 'sign-in',
  });
});

test('an end within 30 days is soon, one that is past has ended', () => {
  const at = (days: number) => ({ expiresAt: new Date(days * 86_400_000).toISOString(), hasEnded: days <= 0 });
  assert.deepEqual(
    [0, 1, 30, 31].map((days) => urgencyOf(at(days), 0)),
    ['ended', 'soon', 'soon', 'later'],
  );
});
