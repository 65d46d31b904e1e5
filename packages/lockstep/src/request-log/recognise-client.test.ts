import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recogniseClient } from './recognise-client.ts';

test('a client is recognised by the word it names itself by, and by no part of another word', () => {
  assert.equal(recogniseClient('Okta SCIM Client 1.0.0'), 'Okta');
  assert.equal(recogniseClient('azure-ad-scim-provisioning/1.0'), 'Microsoft Entra ID');
  assert.equal(recogniseClient('central-directory/2'), null);
  assert.equal(recogniseClient(''), null);
  assert.equal(recogniseClient(null), null);
});
