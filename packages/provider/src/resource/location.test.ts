import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isJsonArray, isJsonObject } from '@lockstep/scim';
import { openTestProvider, type TestAnswer } from '../../contract/open-test-provider.ts';
import { group, user } from '../../contract/sample-bodies.ts';

const PROXY = '10.0.0.1';

function locationOf(answer: TestAnswer): unknown {
  const { meta } = answer.json;
  return isJsonObject(meta) ? meta['location'] : undefined;
}

/** App, the base address as a client writes it, and the one that is shown. */
const bases = [
  ['generic', '/scim/v2/acme', '/scim/v2/acme'],
  ['generic', '/scim/v2/acme/', '/scim/v2/acme'],
  ['generic', '//scim//v2/acme//', '/scim/v2/acme'],
  ['zenvoices', undefined, undefined],
  ['zero', undefined, undefined],
  ['zenya', undefined, undefined],
  ['ziflow', undefined, undefined],
] as const;

describe('meta.location', () => {
  for (const [profile, given, shown] of bases) {
    for (const slashes of ['', '/', '//']) {
      it(`is the address of the resource: ${profile} at ${given ?? 'its address'}, "${slashes}" behind /Users`, async () => {
        const test = await openTestProvider();
        const tenant = await test.open({ profile, id: profile === 'zenvoices' ? '1234' : 'acme' });
        const base = given ?? tenant.basePath;
        const path = `/Users${slashes}`;
        const body = user('eva', { emails: [{ value: 'eva@example.org', type: 'work' }] });
        const made = await tenant.request({ method: 'POST', path, base, body });
        const expected = `https://scim.example.org${(shown ?? tenant.basePath).replace(/\/$/, '')}/Users/${String(made.json['id'])}`;
        assert.deepEqual([made.status, made.headers['location'], locationOf(made)], [201, expected, expected]);
        const target = `${new URL(expected).pathname}${slashes}`;
        const read = await test.send({ method: 'GET', target, headers: { authorization: `Bearer ${tenant.token}` } });
        assert.deepEqual([read.status, locationOf(read)], [200, expected]);
        await test.close();
      });
    }
  }

  it('ends with the environment id before the endpoint, where the app writes it so', async () => {
    const test = await openTestProvider();
    const tenant = await test.open({ profile: 'zenvoices', id: '1234' });
    const made = await tenant.send('POST', '/Users', user('eva'));
    assert.match(String(locationOf(made)), /\/1234\/Users\/[^/]+$/);
    await test.close();
  });

  it('shows host and scheme of the client behind a trusted proxy, in $ref, Location and bulk too', async () => {
    const test = await openTestProvider({ trustedProxies: ['10.0.0.0/8'] });
    const tenant = await test.open({ profile: 'generic', id: 'acme' });
    const headers = {
      'x-forwarded-host': 'people.example.com:8443',
      'x-forwarded-proto': 'http',
      'x-forwarded-for': '1.2.3.4',
    };
    const from = { headers, remoteAddress: PROXY };
    const made = await tenant.request({ method: 'POST', path: '/Users', body: user('eva'), ...from });
    const base = 'http://people.example.com:8443/scim/v2/acme';
    const id = String(made.json['id']);
    assert.equal(locationOf(made), `${base}/Users/${id}`);
    const crew = await tenant.request({ method: 'POST', path: '/Groups', body: group('crew', [id]), ...from });
    const { members } = crew.json;
    assert.ok(isJsonArray(members) && isJsonObject(members[0]));
    assert.equal(members[0]['$ref'], `${base}/Users/${id}`);
    const config = await tenant.request({ method: 'GET', path: '/ServiceProviderConfig', ...from });
    assert.equal(locationOf(config), `${base}/ServiceProviderConfig`);
    const stranger = await tenant.request({
      method: 'GET',
      path: `/Users/${id}`,
      headers,
      remoteAddress: '203.0.113.9',
    });
    assert.equal(locationOf(stranger), `https://scim.example.org/scim/v2/acme/Users/${id}`);
    await test.close();
  });
});
