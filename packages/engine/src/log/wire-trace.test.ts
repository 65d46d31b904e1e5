import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toWire, WIRE_BODY_MAX } from './wire-trace.ts';

const exchange = { method: 'POST', path: '/Users', attempt: 1, status: 201, durationMs: 3 } as const;

test('redacted values, passwords and tokens are masked in request, answer and address', () => {
  const [wire] = toWire(
    [
      {
        ...exchange,
        path: `/Users?filter=${encodeURIComponent('nickName eq "geh"eim"')}`,
        requestBody: JSON.stringify({ nickName: 'geh"eim', password: 'hunter\\"2', userName: 'eva' }),
        responseText: JSON.stringify({ access_token: 'abc', note: 'geh"eim!' }),
      },
    ],
    ['geh"eim'],
  );
  const text = JSON.stringify(wire);
  for (const secret of ['geh', 'hunter', 'abc']) assert.ok(!text.includes(secret), `${secret} in ${text}`);
  assert.match(wire?.requestBody ?? '', /"userName":"eva"/);
});

test('bodies are bounded, and a secret across the bound is still masked', () => {
  const requestBody = `${'x'.repeat(WIRE_BODY_MAX - 3)}secret-value`;
  const [wire] = toWire([{ ...exchange, requestBody }], ['secret-value']);
  assert.ok((wire?.requestBody?.length ?? 0) < WIRE_BODY_MAX + 50);
  assert.ok(!wire?.requestBody?.includes('sec'));
});

test('the last ten exchanges are kept', () => {
  const many = Array.from({ length: 12 }, (_, at) => ({ ...exchange, attempt: at + 1 }));
  assert.deepEqual(
    toWire(many, []).map((one) => one.attempt),
    [3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  );
});
