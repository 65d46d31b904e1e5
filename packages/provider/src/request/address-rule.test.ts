import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertRefusal } from '../../contract/assert-refusal.ts';
import { openTestProvider } from '../../contract/open-test-provider.ts';
import { compileAddressRule } from './address-rule.ts';

describe('address ranges', () => {
  const inside: readonly (readonly [string, string])[] = [
    ['10.0.0.0/8', '10.255.0.1'],
    ['10.0.0.0/8', '::ffff:10.1.2.3'],
    ['::ffff:10.0.0.0/104', '10.9.9.9'],
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7/32', '203.0.113.7'],
    ['203.0.113.7', '::ffff:203.0.113.7'],
    ['0.0.0.0/0', '8.8.8.8'],
    ['0.0.0.0/0', '::ffff:8.8.8.8'],
    ['::/0', '2001:db8::1'],
    ['2001:db8::/32', '2001:DB8:1::9'],
    ['2001:db8::1', '2001:db8:0:0::1'],
    ['fe80::/10', 'fe80::1%eth0'],
  ];
  for (const [range, address] of inside) {
    it(`${address} is in ${range}`, () => {
      assert.equal(compileAddressRule([range])(address), true);
    });
  }

  const outside: readonly (readonly [string, string])[] = [
    ['10.0.0.0/8', '11.0.0.0'],
    ['203.0.113.7/32', '203.0.113.8'],
    ['203.0.113.6/31', '203.0.113.8'],
    ['0.0.0.0/0', '2001:db8::1'],
    ['::/0', '8.8.8.8'],
    ['2001:db8::/32', '2001:db9::1'],
    ['0.0.0.0/0', ''],
    ['0.0.0.0/0', 'unknown'],
    ['0.0.0.0/0', '8.8.8.8:443'],
    ['10.0.0.0/8', '10.1'],
    ['10.0.0.0/8', '012.0.0.1'],
    ['10.0.0.0/8', '167772161'],
  ];
  for (const [range, address] of outside) {
    it(`${address === '' ? 'no address' : address} is not in ${range}`, () => {
      assert.equal(compileAddressRule([range])(address), false);
    });
  }

  it('are refused when they are none, or could be read in two ways', () => {
    for (const text of [
      '',
      'x',
      '10.0.0.0/33',
      '10.0.0.0/',
      '10.0.0.0/8/9',
      '10.1/16',
      '010.0.0.0/8',
      '0xa.0.0.0/8',
      '::/129',
      '10.0.0.0/-1',
    ]) {
      assert.throws(() => compileAddressRule([text]), RangeError, text);
    }
  });

  it('of a tenant are checked when they are set', async () => {
    const test = await openTestProvider();
    await assert.rejects(test.open({ profile: 'zenya', allowedAddresses: ['nowhere'] }), /allowedAddresses.*nowhere/);
    const { tenant } = await test.open({ profile: 'zenya' });
    await assert.rejects(
      test.provider.admin.update(tenant.id, { allowedAddresses: ['10.0.0.0/99'] }),
      /10\.0\.0\.0\/99/,
    );
    await test.close();
  });
});

describe('a tenant that only some addresses may call', () => {
  const calls = [
    { from: '203.0.113.9', forwarded: null, trusted: [], status: 200 },
    { from: '::ffff:203.0.113.9', forwarded: null, trusted: [], status: 200 },
    { from: '198.51.100.1', forwarded: null, trusted: [], status: 403 },
    { from: '', forwarded: null, trusted: [], status: 403 },
    // Anybody can write the header: without a trusted proxy it says nothing.
    { from: '198.51.100.1', forwarded: '203.0.113.9', trusted: [], status: 403 },
    { from: '203.0.113.9', forwarded: '198.51.100.1', trusted: [], status: 200 },
    { from: '198.51.100.1', forwarded: '203.0.113.9', trusted: ['10.0.0.0/8'], status: 403 },
    { from: '10.0.0.1', forwarded: '203.0.113.9', trusted: ['10.0.0.0/8'], status: 200 },
    { from: '::ffff:10.0.0.1', forwarded: '203.0.113.9', trusted: ['10.0.0.0/8'], status: 200 },
    { from: '10.0.0.1', forwarded: '198.51.100.1', trusted: ['10.0.0.0/8'], status: 403 },
    // What stands before the last hop that is not ours is the client's own word.
    { from: '10.0.0.1', forwarded: '203.0.113.9, 198.51.100.1', trusted: ['10.0.0.0/8'], status: 403 },
    { from: '10.0.0.1', forwarded: '198.51.100.1, 203.0.113.9, 10.0.0.7', trusted: ['10.0.0.0/8'], status: 200 },
    { from: '10.0.0.1', forwarded: '203.0.113.9, rubbish', trusted: ['10.0.0.0/8'], status: 403 },
    { from: '10.0.0.1', forwarded: null, trusted: ['10.0.0.0/8'], status: 403 },
  ] as const;
  for (const { from, forwarded, trusted, status } of calls) {
    const says = forwarded === null ? '' : `, forwarded for ${forwarded}`;
    const proxies = trusted.length === 0 ? '' : `, proxies ${trusted.join()}`;
    it(`answers ${status} to ${from === '' ? 'nobody knows whom' : from}${says}${proxies}`, async () => {
      const test = await openTestProvider({ trustedProxies: trusted });
      const tenant = await test.open({ profile: 'zenya', allowedAddresses: ['203.0.113.0/24'] });
      const headers = { 'x-forwarded-for': forwarded };
      const answer = await tenant.request({ method: 'GET', path: '/Users', headers, remoteAddress: from });
      if (status === 200) assert.equal(answer.status, 200);
      else assertRefusal(answer, 403);
      await test.close();
    });
  }

  it('takes a change of its ranges at once', async () => {
    const test = await openTestProvider();
    const tenant = await test.open({ profile: 'zenya' });
    assert.equal((await tenant.send('GET', '/Users')).status, 200);
    await test.provider.admin.update(tenant.tenant.id, { allowedAddresses: ['203.0.113.0/24'] });
    assertRefusal(await tenant.send('GET', '/Users'), 403);
    await test.close();
  });
});

describe('addresses in answers', () => {
  it('are those the client used, told by a trusted proxy and nobody else', async () => {
    for (const [trustedProxies, expected] of [
      [['198.51.100.0/24'], 'https://scim.lumen-works.example/zenya/scim/Users/'],
      [[], 'https://scim.example.org/zenya/scim/Users/'],
    ] as const) {
      const test = await openTestProvider({ trustedProxies });
      const tenant = await test.open({ profile: 'zenya' });
      const headers = {
        'x-forwarded-for': '203.0.113.9',
        'x-forwarded-proto': 'https',
        'x-forwarded-host': 'scim.lumen-works.example',
      };
      const body = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'eva' };
      const made = await tenant.request({ method: 'POST', path: '/Users', body, headers });
      const location = `${expected}${String(made.json['id'])}`;
      assert.equal(made.headers['location'], location);
      assert.equal((made.json['meta'] as { location?: string }).location, location);
      await test.close();
    }
  });
});
