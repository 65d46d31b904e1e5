import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConsoleSignInShape } from 'lockstep/admin-api/answers';
import { oidcFaults } from '../../../sign-on/oidc-draft.ts';
import { bodyOf, isDirty, toDraft } from './sign-in-draft.ts';

const known: ConsoleSignInShape = {
  isOn: true,
  settings: {
    issuer: 'https://idp.example/v2.0',
    clientId: 'c',
    clientAuth: 'secret',
    linksByEmail: false,
    directoryTenantId: 'tid',
  },
  roleValues: { owner: ['A', 'B'], administrator: [], operator: ['operator'], auditor: ['auditor'] },
  secretExpiresAt: '2031-02-03T12:00:00.000Z',
  redirectUrl: 'https://x/sign-in/oidc/callback',
  testedAt: null,
};

test('nothing is stored: everything has to be given, roles are called as here', () => {
  const nothing = { ...known, settings: null, roleValues: {}, secretExpiresAt: null };
  const draft = toDraft(nothing);
  assert.deepEqual([...oidcFaults(draft, nothing)], ['issuer', 'clientId', 'secret']);
  assert.equal(draft.roleValues.owner, 'owner');
  assert.equal(isDirty(draft, nothing), false);
});

test('a stored secret stays where it is for the same directory, and for no other', () => {
  const draft = toDraft(known);
  assert.equal(isDirty(draft, known), false);
  assert.equal(oidcFaults(draft, known).size, 0);
  const same = bodyOf({ ...draft, roleValues: { ...draft.roleValues, owner: 'A\n\n C ' } }, known);
  assert.deepEqual(same, {
    settings: { issuer: 'https://idp.example/v2.0', clientId: 'c', clientAuth: 'secret', directoryTenantId: 'tid' },
    roleValues: { owner: ['A', 'C'], administrator: [], operator: ['operator'], auditor: ['auditor'] },
  });
  assert.deepEqual([...oidcFaults({ ...draft, issuer: 'https://other.example' }, known)], ['secret']);
  assert.deepEqual([...oidcFaults({ ...draft, clientAuth: 'certificate' }, known)], ['secret']);
});

test('an end that is taken away is sent as none, and one directory has to be named', () => {
  const draft = toDraft(known);
  assert.ok('secretExpiresAt' in bodyOf({ ...draft, ends: '' }, known));
  const issuers = ['http://idp.example', 'https://login.example/common/v2.0', 'nonsense', 'http://127.0.0.1:9000'];
  assert.deepEqual(
    issuers.map((issuer) => oidcFaults({ ...draft, issuer, secret: 's' }, known).has('issuer')),
    [true, true, true, false],
  );
});
