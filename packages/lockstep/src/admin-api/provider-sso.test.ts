import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openServer } from '../../test/admin-client.ts';
import { tempFolder } from '../../test/temp-folder.ts';

test('a directory can be told the addresses of a tenant before single sign-on is set up, and whether people are found by mail', async (t) => {
  const { ask, url } = await openServer(t, tempFolder(t));
  const { body: generic } = await ask('POST', '/providers', { profile: 'generic', title: 'Acme' });
  const path = `/providers/${String(generic['id'])}/sso`;
  const base = `${url}/portal/${String(generic['id'])}`;
  assert.deepEqual((await ask('GET', `${path}/addresses`)).body, {
    signInUrl: `${base}/sign-in`,
    redirectUrl: `${base}/oidc/callback`,
    entityId: `${base}/saml/metadata`,
    acsUrl: `${base}/saml/acs`,
    metadataUrl: `${base}/saml/metadata`,
    needsLinkByEmail: false,
    isSetUp: false,
  });
  assert.equal((await ask('GET', path)).status, 404);
  const settings = { issuer: 'https://idp.example/v2.0', clientId: 'c', clientAuth: 'secret' };
  const saved = await ask('PUT', path, { protocol: 'oidc', settings, secret: 'kept to itself' });
  assert.equal(saved.status, 200, JSON.stringify(saved.body));
  const { body } = await ask('GET', path);
  assert.deepEqual([body['protocol'], body['settings']], ['oidc', { ...settings, linksByEmail: false }]);
  assert.doesNotMatch(JSON.stringify(body), /kept to itself/);
  assert.equal((await ask('GET', `${path}/addresses`)).body['isSetUp'], true);
  assert.equal((await fetch(`${base}/saml/metadata`)).status, 200, 'what is told is there');

  const { body: ziflow } = await ask('POST', '/providers', { profile: 'ziflow', title: 'Proofs' });
  const addresses = await ask('GET', `/providers/${String(ziflow['id'])}/sso/addresses`);
  assert.equal(addresses.body['needsLinkByEmail'], true);
  assert.equal((await ask('GET', '/providers/nobody/sso/addresses')).status, 404);
});
