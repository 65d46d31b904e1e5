import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { PATCH_SCHEMA } from '@lockstep/scim';
import { openTestProvider, type TestProvider, type TestTenant } from '../../contract/open-test-provider.ts';
import { group, user } from '../../contract/sample-bodies.ts';
import type { ObservedExchange } from '../ports/index.ts';

it('an observer that fails is reported, and no client notices', async () => {
  const fault = new Error('no room');
  const test = await openTestProvider({
    requestLog: 'all',
    onExchange: () => {
      throw fault;
    },
  });
  const tenant = await test.open({ profile: 'generic' });
  assert.equal((await tenant.send('POST', '/Users', user('eva'))).status, 201);
  assert.equal((await tenant.send('GET', '/Users/nobody')).status, 404);
  assert.deepEqual(test.failures, [fault, fault]);
  await test.close();
});

describe('what an observer of the provider is told', () => {
  const seen: ObservedExchange[] = [];
  const leftOut: string[] = [];
  let test: TestProvider;
  let tenant: TestTenant;
  before(async () => {
    test = await openTestProvider({
      onExchange: (exchange) => seen.push(exchange),
      onExchangeLeftOut: (tenantId) => leftOut.push(tenantId),
      trustedProxies: ['10.0.0.0/8'],
    });
  });
  beforeEach(async () => {
    tenant = await test.open({ profile: 'generic' });
    seen.length = 0;
    leftOut.length = 0;
  });
  after(async () => {
    assert.deepEqual(test.failures, []);
    await test.close();
  });

  const one = (): ObservedExchange => {
    assert.equal(seen.length, 1, JSON.stringify(seen));
    const [exchange] = seen;
    assert.ok(exchange);
    return exchange;
  };

  it('is nothing of requests that are as the RFCs ask, by default', async () => {
    await tenant.send('POST', '/Users', user('eva'));
    await tenant.send('GET', '/Users?filter=userName eq "eva"');
    assert.deepEqual(seen, []);
  });

  it('is each deviation once, with the form of the body and without a value of anybody', async () => {
    const eva = await tenant.send('POST', '/Users', user('eva'));
    const operations = [
      { op: 'Replace', path: 'active', value: 'False' },
      { op: 'Replace', path: 'title', value: 'Head of Sales' },
    ];
    const headers = { 'user-agent': 'directory/1.0' };
    const path = `/Users/${String(eva.json['id'])}`;
    const body = { schemas: [PATCH_SCHEMA], Operations: operations };
    await tenant.request({ method: 'PATCH', path, body, headers });
    const exchange = one();
    const tokens = await test.provider.admin.tokens(tenant.tenant.id);
    assert.deepEqual(exchange, {
      tenantId: tenant.tenant.id,
      atMs: test.clock.nowMs,
      durationMs: 0,
      method: 'PATCH',
      path,
      status: 204,
      scimType: null,
      detail: null,
      tokenId: tokens[0]?.id,
      tokenLabel: tokens[0]?.label,
      userAgent: 'directory/1.0',
      address: '198.51.100.7',
      deviations: ['operationInAnyCase', 'booleanAsText'],
      form: JSON.stringify({
        schemas: [PATCH_SCHEMA],
        Operations: [operations[0], { op: 'Replace', path: 'title', value: '[Redact]' }],
      }),
      isAtDoor: false,
    });
    assert.ok(!JSON.stringify(exchange).includes(tenant.token), 'the token is never told');
  });

  it('is some of many deviations that went well, each refusal, and each deviation where everything is kept', async () => {
    const eva = await tenant.send('POST', '/Users', user('eva'));
    const path = `/Users/${String(eva.json['id'])}`;
    const patch = (title: unknown) =>
      tenant.send('PATCH', path, {
        schemas: [PATCH_SCHEMA],
        Operations: [{ op: 'Replace', path: 'title', value: title }],
      });
    for (let number = 0; number < 40; number += 1) await patch(`title ${number}`);
    assert.deepEqual([seen.length, leftOut], [30, Array.from({ length: 10 }, () => tenant.tenant.id)]);
    await patch({ no: 'text' });
    assert.deepEqual([seen.length, seen.at(-1)?.status], [31, 400]);
    test.clock.nowMs += 25_000;
    for (let number = 0; number < 5; number += 1) await patch(`later ${number}`);
    assert.equal(seen.length, 33);
    await test.provider.admin.changeSettings(tenant.tenant.id, (settings) => ({ ...settings, requestLog: 'all' }));
    for (let number = 0; number < 5; number += 1) await patch(`all ${number}`);
    assert.equal(seen.length, 38);
  });

  it('is a refusal with what the client was told, and how long it took', async () => {
    const pending = tenant.request({ method: 'GET', path: '/Users/eva@x.example' });
    test.clock.nowMs += 7;
    assert.equal((await pending).status, 404);
    const { status, path, detail, scimType, durationMs, form } = one();
    assert.deepEqual([status, path, scimType, form], [404, '/Users/[Redact]', null, null]);
    assert.equal(detail, 'there is no User with id [Redact]');
    assert.equal(durationMs, 7);
    seen.length = 0;
    await tenant.send('GET', '/Users?filter=userName zz "eva"');
    assert.deepEqual([one().status, one().scimType], [400, 'invalidFilter']);
  });

  it('is what failed within a bulk request that was answered as a whole', async () => {
    const Operations = [
      { method: 'POST', path: '/Users', bulkId: 'a', data: user('eva') },
      { method: 'POST', path: '/Users', bulkId: 'b', data: user('EVA') },
      { method: 'DELETE', path: '/Users/2819c223-7f76-453a-919d-413861904646' },
    ];
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'];
    assert.equal((await tenant.send('POST', '/Bulk', { schemas, Operations })).status, 200);
    assert.equal(one().status, 200);
    assert.match(one().detail ?? '', /^2 of 3 operations failed, the first: another User has this userName/);
  });

  it('is everything or nothing when the tenant says so, at once', async () => {
    const { admin } = test.provider;
    await admin.changeSettings(tenant.tenant.id, (settings) => ({ ...settings, requestLog: 'all' }));
    await tenant.send('HEAD', '/Users?count=0');
    assert.deepEqual([one().method, one().path, one().status], ['HEAD', '/Users?count=0', 200]);
    await admin.changeSettings(tenant.tenant.id, (settings) => ({ ...settings, requestLog: 'off' }));
    seen.length = 0;
    assert.equal((await tenant.send('GET', '/Users/nobody')).status, 404);
    assert.equal((await tenant.send('POST', '/Groups', { ...group('crew'), shoeSize: 1 })).status, 201);
    assert.deepEqual(seen, []);
  });

  it('names the client behind a trusted proxy, and refusals by address', async () => {
    await test.provider.admin.update(tenant.tenant.id, { allowedAddresses: ['192.0.2.0/24'] });
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    const answer = await tenant.request({ method: 'GET', path: '/Users', headers, remoteAddress: '10.0.0.1' });
    assert.equal(answer.status, 403);
    assert.deepEqual([one().address, one().status, one().isAtDoor], ['203.0.113.9', 403, false]);
  });

  it('tells of a token that was revoked or has ended, by its id', async () => {
    const { admin } = test.provider;
    const expired = await admin.issueToken(tenant.tenant.id, { label: 'old', expiresMs: test.clock.nowMs });
    const headers = { authorization: `Bearer ${expired.text}` };
    assert.equal((await tenant.request({ method: 'GET', path: '/Users', headers })).status, 401);
    assert.deepEqual([one().tokenLabel, one().detail, one().isAtDoor], ['old', 'the token has expired', true]);
    seen.length = 0;
    const token = (await admin.tokens(tenant.tenant.id)).find(({ label }) => label !== 'old');
    await admin.revokeToken(tenant.tenant.id, token?.id ?? '');
    assert.equal((await tenant.send('GET', '/Users')).status, 401);
    assert.deepEqual([one().tokenId, one().detail], [token?.id, 'the token was revoked']);
  });

  it('tells of strangers at a tenant in the path, and only of so many', async () => {
    test.clock.nowMs += 3_600_000;
    const headers = { authorization: 'Bearer lockstep_wrong' };
    for (let number = 0; number < 40; number += 1) await tenant.request({ method: 'GET', path: '/Users', headers });
    assert.equal(seen.length, 30);
    assert.deepEqual([seen[0]?.tenantId, seen[0]?.tokenId, seen[0]?.isAtDoor], [tenant.tenant.id, null, true]);
    test.clock.nowMs += 10_000;
    for (let number = 0; number < 5; number += 1) await tenant.request({ method: 'GET', path: '/Users', headers });
    assert.equal(seen.length, 31);
    const byToken = await test.open({ profile: 'zenya' });
    await byToken.request({ method: 'GET', path: '/Users', headers });
    assert.equal(seen.length, 31, 'nobody knows whose it was');
  });
});
