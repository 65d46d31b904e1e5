import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CERTIFICATE_2029, CERTIFICATE_2031, END_2029, END_2031 } from '../../test/certificates.ts';
import { lastEndMs } from './certificate-end.ts';

test('of two certificates the one that ends last counts, in PEM and as base64 alone', () => {
  const bare = CERTIFICATE_2029.replace(/-----[^-]+-----|\s/g, '');
  assert.equal(lastEndMs([bare]), END_2029);
  assert.equal(lastEndMs([CERTIFICATE_2031, bare]), END_2031);
});

test('a public key alone tells no end, and neither does whatever is broken', () => {
  assert.equal(lastEndMs([CERTIFICATE_2029, 'x'.repeat(200)]), null);
  assert.equal(lastEndMs([]), null);
});
