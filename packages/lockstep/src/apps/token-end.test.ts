import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenEndMs } from './token-end.ts';

const jwt = (claims: string): string => `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(claims).toString('base64url')}.c2ln`;

test('a JSON Web Token tells its end, anything else tells nothing', () => {
  assert.equal(tokenEndMs(jwt('{"exp":1900000000}')), 1_900_000_000_000);
  for (const token of [
    'lst_abc_def',
    'a.b.c',
    'a.b',
    jwt('{"sub":"x"}'),
    jwt('{"exp":"soon"}'),
    jwt('{"exp":-1}'),
    jwt('{"exp":1e300}'),
    jwt('[1]'),
    jwt('null'),
    `x.${'%'.repeat(9)}.y`,
  ]) {
    assert.equal(tokenEndMs(token), null, token);
  }
});
