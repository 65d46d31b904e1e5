import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SsoShape } from 'lockstep/admin-api/answers';
import { isSsoDirty, readCertificates, ssoBody, ssoFaults, stepsOf, toSsoDraft } from './sso-draft.ts';

const facts = {
  state: 'test',
  hasSecret: true,
  secretExpiresAt: null,
  testedAt: null,
  warnings: [],
  redirectUrl: 'https://x/callback',
} as const;
const oidc: SsoShape = {
  ...facts,
  protocol: 'oidc',
  settings: { issuer: 'https://idp.example/v2.0', clientId: 'c', clientAuth: 'secret', linksByEmail: false },
};
const pem = (name: string): string => `-----BEGIN CERTIFICATE-----\n${name}\n-----END CERTIFICATE-----`;
const saml: SsoShape = {
  ...facts,
  protocol: 'saml',
  settings: {
    idpEntityId: 'urn:idp',
    idpSsoUrl: 'https://idp.example/sso',
    idpCertificates: [pem('one')],
    allowsIdpInitiated: false,
    subjectAttribute: 'oid',
    rolesAttribute: 'roles',
    linksByEmail: true,
    emailAttribute: 'mail',
  },
};

describe('the form of single sign-on', () => {
  it('begins empty, by OpenID Connect, and links by e-mail where that is advised', () => {
    const draft = toSsoDraft(undefined, true);
    assert.deepEqual(
      [draft.protocol, draft.linksByEmail, toSsoDraft(undefined, false).linksByEmail],
      ['oidc', true, false],
    );
    assert.deepEqual([...ssoFaults(draft, undefined)], ['issuer', 'clientId', 'secret']);
    assert.deepEqual(
      [...ssoFaults({ ...draft, protocol: 'saml' }, undefined)],
      ['idpEntityId', 'idpSsoUrl', 'certificates'],
    );
  });

  it('keeps the stored secret for the same directory, also after a look at the other protocol', () => {
    const before = toSsoDraft(oidc, false);
    const draft = { ...before, protocol: 'saml' as const };
    assert.equal(isSsoDirty(draft, before), true);
    assert.equal(isSsoDirty({ ...draft, protocol: 'oidc' }, before), false);
    assert.deepEqual([...ssoFaults(before, oidc)], []);
    assert.deepEqual(ssoBody({ ...before, linksByEmail: true }, oidc), {
      protocol: 'oidc',
      settings: { issuer: 'https://idp.example/v2.0', clientId: 'c', clientAuth: 'secret', linksByEmail: true },
    });
    const other = { ...before, oidc: { ...before.oidc, issuer: 'https://other.example' } };
    assert.deepEqual([...ssoFaults(other, oidc)], ['secret']);
    assert.deepEqual([...ssoFaults(toSsoDraft(saml, false), undefined)], []);
  });

  it('sends SAML as it is stored, a second certificate beside the first, and leaves names that are empty to the server', () => {
    const draft = toSsoDraft(saml, false);
    assert.deepEqual(ssoBody(draft, saml), { protocol: 'saml', settings: saml.settings });
    const both = { ...draft.saml, certificates: `${pem('one')}\n\n${pem('two')}`, subjectAttribute: ' ' };
    const body = JSON.stringify(ssoBody({ ...draft, saml: both }, saml));
    assert.match(body, /one.*two/);
    assert.doesNotMatch(body, /subjectAttribute/);
  });

  it('reads certificates with and without their frame', () => {
    assert.deepEqual(readCertificates(' MIIC '), ['MIIC']);
    assert.deepEqual(readCertificates(`${pem('a')} text ${pem('b')}`), [pem('a'), pem('b')]);
    assert.deepEqual(readCertificates(' '), []);
  });

  it('refuses an address without TLS but for this machine', () => {
    const of = (idpSsoUrl: string) => ({
      ...toSsoDraft(saml, false),
      saml: { ...toSsoDraft(saml, false).saml, idpSsoUrl },
    });
    assert.deepEqual([...ssoFaults(of('http://idp.example/sso'), saml)], ['idpSsoUrl']);
    assert.deepEqual([...ssoFaults(of('http://127.0.0.1:9/sso'), saml)], []);
  });
});

describe('what can be done with single sign-on', () => {
  it('is a test while it is on, and enforcing only when a test went well', () => {
    assert.deepEqual(stepsOf({ state: 'off', testedAt: null }), { canTest: false, canEnforce: false, isOn: false });
    assert.deepEqual(stepsOf({ state: 'test', testedAt: null }), { canTest: true, canEnforce: false, isOn: true });
    assert.deepEqual(stepsOf({ state: 'test', testedAt: 'x' }), { canTest: true, canEnforce: true, isOn: true });
    assert.deepEqual(stepsOf({ state: 'enforced', testedAt: 'x' }), { canTest: true, canEnforce: false, isOn: true });
  });
});
