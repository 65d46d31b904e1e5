import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AttemptFailure,
  type AttemptMoment,
  defaultRetryPolicy,
  isAmbiguous,
  type NextAttempt,
  nextAttempt,
} from './retry-policy.ts';

const moment: AttemptMoment = { attempt: 1, nowMs: Date.UTC(2026, 0, 15, 12), random: () => 0.5 };

function answered(method: AttemptFailure['method'], status: number, retryAfter: string | null = null): AttemptFailure {
  return { kind: 'answer', method, status, retryAfter };
}

function lost(
  method: AttemptFailure['method'],
  sent: 'no' | 'maybe',
  failure: 'timeout' | 'connection',
): AttemptFailure {
  return { kind: 'transport', method, failure, sent };
}

function decide(failure: AttemptFailure, attempt = 1): NextAttempt {
  return nextAttempt(failure, defaultRetryPolicy, { ...moment, attempt });
}

test('429 is retried for every method after the time the target asks for', () => {
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    assert.deepEqual(decide(answered(method, 429, '7')), { do: 'wait', ms: 7_000 }, method);
  }
});

test('without a readable Retry-After the wait is exponential with full jitter, and bounded', () => {
  const waits = [1, 2, 3].map((attempt) => decide(answered('GET', 429, 'soon'), attempt));
  assert.deepEqual(waits, [
    { do: 'wait', ms: 250 },
    { do: 'wait', ms: 500 },
    { do: 'wait', ms: 1_000 },
  ]);
  const policy = { attemptsMax: 100, waitMaxMs: 60_000, waitBaseMs: 500 };
  const late = nextAttempt(answered('GET', 429), policy, { ...moment, attempt: 50, random: () => 0.999 });
  assert.deepEqual(late, { do: 'wait', ms: 59_940 });
});

test('Retry-After: 0 still waits a little, so that a busy target is not hammered', () => {
  assert.deepEqual(decide(answered('GET', 429, '0')), { do: 'wait', ms: 250 });
});

test('a target that asks for more than the longest wait gets it: give up and tell how long', () => {
  assert.deepEqual(decide(answered('GET', 429, '60')), { do: 'wait', ms: 60_000 });
  assert.deepEqual(decide(answered('GET', 429, '61')), { do: 'give-up', retryAfterMs: 61_000 });
  assert.deepEqual(decide(answered('POST', 503, '86400')), { do: 'give-up', retryAfterMs: 86_400_000 });
});

test('the last attempt gives up and passes on what the target asked for', () => {
  assert.deepEqual(decide(answered('GET', 429, '5'), 4), { do: 'give-up', retryAfterMs: 5_000 });
  assert.deepEqual(decide(lost('GET', 'maybe', 'timeout'), 4), { do: 'give-up' });
});

test('a write that may have been carried out is never sent again, an idempotent request is', () => {
  for (const failure of ['timeout', 'connection'] as const) {
    for (const method of ['GET', 'PUT', 'DELETE'] as const)
      assert.equal(decide(lost(method, 'maybe', failure)).do, 'wait');
    for (const method of ['POST', 'PATCH'] as const) assert.equal(decide(lost(method, 'maybe', failure)).do, 'give-up');
    for (const method of ['POST', 'PATCH'] as const) assert.equal(decide(lost(method, 'no', failure)).do, 'wait');
  }
  for (const status of [408, 500, 502, 503, 504]) {
    assert.equal(decide(answered('GET', status)).do, 'wait', `GET ${status}`);
    assert.equal(decide(answered('POST', status)).do, 'give-up', `POST ${status}`);
    assert.equal(decide(answered('PATCH', status, 'soon')).do, 'give-up', `PATCH ${status}`);
  }
  assert.equal(decide(answered('POST', 503, '1')).do, 'wait');
  assert.equal(decide(answered('POST', 500, '1')).do, 'give-up');
});

test('refusals that waiting does not mend are final at once', () => {
  for (const status of [301, 400, 401, 403, 404, 405, 409, 413, 422, 501]) {
    assert.equal(decide(answered('GET', status)).do, 'give-up', String(status));
  }
  const refused: AttemptFailure = { kind: 'transport', method: 'GET', failure: 'refused-address', sent: 'no' };
  assert.equal(decide(refused).do, 'give-up');
});

test('ambiguous is every write whose end is not known, and no read', () => {
  const table: [AttemptFailure, boolean][] = [
    [lost('POST', 'maybe', 'timeout'), true],
    [lost('POST', 'no', 'connection'), false],
    [lost('GET', 'maybe', 'timeout'), false],
    [answered('POST', 500), true],
    [answered('PATCH', 502), true],
    [answered('DELETE', 504), true],
    [answered('POST', 503), true],
    [answered('POST', 503, 'garbage'), true],
    [answered('POST', 503, '5'), false],
    [answered('POST', 408), true],
    [answered('POST', 501), false],
    [answered('POST', 429), false],
    [answered('POST', 400), false],
    [answered('GET', 500), false],
  ];
  for (const [failure, expected] of table) assert.equal(isAmbiguous(failure), expected, JSON.stringify(failure));
});
