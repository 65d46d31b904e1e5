import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertRefusal } from '../../contract/assert-refusal.ts';
import { openTestProvider, type TestProvider } from '../../contract/open-test-provider.ts';

describe('the rate limit of a tenant', () => {
  let test: TestProvider;
  before(async () => {
    test = await openTestProvider();
  });
  after(() => test.close());

  it('lets a burst through, then answers 429 with the seconds to wait, and fills up again', async () => {
    const tenant = await test.open({
      profile: 'generic',
      settings: { rateLimit: { requestsPerSecond: 0.5, burst: 2 } },
    });
    for (let number = 0; number < 2; number += 1) assert.equal((await tenant.send('GET', '/Users')).status, 200);
    const refused = await tenant.send('GET', '/Users');
    assertRefusal(refused, 429);
    assert.equal(refused.headers['retry-after'], '2');
    test.clock.nowMs += 1_000;
    assert.equal((await tenant.send('GET', '/Users')).headers['retry-after'], '1');
    test.clock.nowMs += 1_000;
    assert.equal((await tenant.send('GET', '/Users')).status, 200);
    assertRefusal(await tenant.send('GET', '/Users'), 429);
  });

  it('is off by default, counts each tenant by itself, and changes at once', async () => {
    const [free, bound] = [await test.open({ profile: 'generic' }), await test.open({ profile: 'generic' })];
    await test.provider.admin.update(bound.tenant.id, { settings: { rateLimit: { requestsPerSecond: 1, burst: 1 } } });
    assert.equal((await bound.send('GET', '/Users')).status, 200);
    assertRefusal(await bound.send('GET', '/Users'), 429);
    for (let number = 0; number < 50; number += 1) assert.equal((await free.send('GET', '/Users')).status, 200);
    await test.provider.admin.update(bound.tenant.id, { settings: {} });
    assert.equal((await bound.send('GET', '/Users')).status, 200);
  });

  it('is asked after the token and before the body', async () => {
    const tenant = await test.open({ profile: 'generic', settings: { rateLimit: { requestsPerSecond: 1, burst: 1 } } });
    const wrong = { method: 'GET', path: '/Users', headers: { authorization: 'Bearer wrong' } };
    for (let number = 0; number < 5; number += 1) assertRefusal(await tenant.request(wrong), 401);
    assert.equal((await tenant.send('GET', '/Users')).status, 200);
    assertRefusal(await tenant.send('POST', '/Users', 'no JSON'), 429);
  });

  it('refuses limits that would answer nothing', async () => {
    const tenant = await test.open({ profile: 'generic' });
    for (const rateLimit of [
      { requestsPerSecond: 0, burst: 1 },
      { requestsPerSecond: Number.NaN, burst: 1 },
      { requestsPerSecond: 1, burst: 0 },
      { requestsPerSecond: 1, burst: 1.5 },
    ]) {
      await assert.rejects(test.provider.admin.update(tenant.tenant.id, { settings: { rateLimit } }), /rateLimit/);
    }
  });
});
