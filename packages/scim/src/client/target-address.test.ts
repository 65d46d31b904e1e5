import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ScimError } from '../error.ts';
import { readTargetAddress, requestPath } from './target-address.ts';

test('slashes at the end, blanks and fragments do not change where requests go', () => {
  for (const text of ['https://app.example/scim', ' https://app.example/scim/ ', 'https://app.example/scim//#top']) {
    assert.deepEqual(readTargetAddress(text), { base: 'https://app.example/scim', query: '', flags: [] });
  }
  assert.equal(readTargetAddress('https://app.example').base, 'https://app.example');
  assert.equal(
    readTargetAddress('https://app.example/api/scim/entra/1234').base,
    'https://app.example/api/scim/entra/1234',
  );
});

test('the compatibility flags are taken out in any case, other parameters go along with every request', () => {
  const address = readTargetAddress('https://app.example/scim/?AADOPTSCIM062020&key=a%20b');
  assert.deepEqual(address, { base: 'https://app.example/scim', query: 'key=a%20b', flags: ['aadOptscim062020'] });
  assert.equal(requestPath(address, { endpoint: '/Users', parameters: { count: 2 } }), '/Users?count=2&key=a%20b');
  assert.deepEqual(readTargetAddress('https://a.example?AzureAdScimPatch2017=1').flags, ['AzureAdScimPatch2017']);
});

test('text that is no http address is refused', () => {
  const texts = [
    '',
    'app.example/scim',
    'ftp://app.example',
    'https://',
    'https://user:secret@app.example',
    'https://a b',
  ];
  for (const text of texts) {
    assert.throws(
      () => readTargetAddress(text),
      (error) => error instanceof ScimError && error.code === 'invalidValue',
      text,
    );
  }
});

test('filters and ids are percent-encoded', () => {
  const address = readTargetAddress('https://app.example/scim');
  const filter = 'userName eq "a+b&c=d%"';
  assert.equal(
    requestPath(address, { endpoint: 'Users', parameters: { filter, count: undefined } }),
    '/Users?filter=userName%20eq%20%22a%2Bb%26c%3Dd%25%22',
  );
  assert.equal(requestPath(address, { endpoint: '/Users/', id: 'a/b?c#d é' }), '/Users/a%2Fb%3Fc%23d%20%C3%A9');
});

test('an id never reaches another path, whatever it holds', () => {
  const address = readTargetAddress('https://app.example/scim');
  for (const id of ['', '.', '..']) assert.throws(() => requestPath(address, { endpoint: '/Users', id }), ScimError);
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'binary' }), (id) => {
      fc.pre(id !== '.' && id !== '..');
      const url = new URL(`https://app.example/scim${requestPath(address, { endpoint: '/Users', id })}`);
      const segments = url.pathname.split('/');
      assert.equal(segments.length, 4);
      assert.equal(decodeURIComponent(segments[3] ?? ''), id.toWellFormed());
      assert.equal(url.search + url.hash, '');
    }),
  );
});
