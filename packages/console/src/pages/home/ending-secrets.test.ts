import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExpiryShape } from 'lockstep/admin-api/answers';
import { sayIn } from '../../phrases/phrase.ts';
import { endingSecrets } from './ending-secrets.ts';
import { homePhrases } from './phrases.ts';

const nowMs = Date.parse('2026-03-01T00:00:00Z');
const at = { nowMs, say: sayIn(homePhrases, 'en') };

function ending(day: string): ExpiryShape {
  const expiresAt = `${day}T00:00:00Z`;
  return { kind: 'token', id: day, label: '', expiresAt, hasEnded: Date.parse(expiresAt) <= nowMs, provider: null };
}

test('what ends later needs nobody yet', () => {
  assert.equal(endingSecrets([], at), undefined);
  assert.equal(endingSecrets([ending('2026-05-01')], at), undefined);
});

test('what has ended weighs more than what ends within 30 days', () => {
  assert.deepEqual(endingSecrets([ending('2026-03-20')], at), {
    tone: 'warning',
    text: 'One token, key or certificate ends within 30 days.',
  });
  assert.deepEqual(endingSecrets([ending('2026-02-20'), ending('2026-03-20'), ending('2026-03-21')], at), {
    tone: 'danger',
    text: 'One token, key or certificate has ended. 2 tokens, keys or certificates end within 30 days.',
  });
});
