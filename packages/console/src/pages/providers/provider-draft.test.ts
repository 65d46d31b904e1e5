import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ProviderShape } from 'lockstep/admin-api/answers';
import { changeOf, faultsOf, toDraft } from './provider-draft.ts';

const known: ProviderShape = {
  id: 'acme',
  profile: 'generic',
  title: 'Acme',
  dialect: 'lenient',
  allowedAddresses: ['10.0.0.0/8', '192.0.2.1'],
  provisioning: 'on',
  rateLimit: { requestsPerSecond: 25, burst: 50 },
  scimUrl: 'http://127.0.0.1/scim/acme',
  createdAt: '2026-01-01T00:00:00Z',
};

describe('the form of a provider', () => {
  it('sends nothing when nothing was typed', () => {
    assert.deepEqual(changeOf(toDraft(known), known), {});
    assert.deepEqual([...faultsOf(toDraft(known))], []);
  });

  it('sends only what differs', () => {
    const draft = { ...toDraft(known), addresses: ' 10.0.0.0/8 \n\n', isOn: false };
    assert.deepEqual(changeOf(draft, known), { allowedAddresses: ['10.0.0.0/8'], provisioning: 'off' });
  });

  it('takes the rate limit away when both fields are empty', () => {
    assert.deepEqual(changeOf({ ...toDraft(known), requestsPerSecond: '', burst: ' ' }, known), { rateLimit: null });
  });

  it('takes a second of requests for the burst when none is given', () => {
    const draft = { ...toDraft(known), requestsPerSecond: '2.5', burst: '' };
    assert.deepEqual(changeOf(draft, known), { rateLimit: { requestsPerSecond: 2.5, burst: 3 } });
  });

  it('finds what cannot be: no title, a rate of words, a burst without a rate, half a request', () => {
    const faults = (change: object): readonly string[] => [...faultsOf({ ...toDraft(known), ...change })];
    assert.deepEqual(faults({ title: ' ' }), ['title']);
    assert.deepEqual(faults({ requestsPerSecond: 'fast' }), ['requestsPerSecond']);
    assert.deepEqual(faults({ requestsPerSecond: '' }), ['requestsPerSecond']);
    assert.deepEqual(faults({ burst: '1.5' }), ['burst']);
  });
});
