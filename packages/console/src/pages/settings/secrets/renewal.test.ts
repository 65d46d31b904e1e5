import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renewalOf, urgencyOf } from './renewal.ts';

test('each kind is renewed where it was made', () => {
  const provider = { id: 'p1', title: 'Acme' };
  const app = { to: '/apps/$app/connection', app: 'a1' };
  assert.deepEqual(renewalOf({ kind: 'appToken', id: 'a1', provider: null }), app);
  assert.deepEqual(renewalOf({ kind: 'apiKey', id: 'k', provider: null }), { to: '/settings/keys' });
  assert.deepEqual(renewalOf({ kind: 'token', id: 't', provider }), {
    to: '/providers/$provider',
    provider: 'p1',
    tab: 'connection',
  });
  assert.deepEqual(renewalOf({ kind: 'certificate', id: 'p1', provider }), {
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
