import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertRefusal } from '../../contract/assert-refusal.ts';
import { openTestProvider, type TestProvider, type TestTenant } from '../../contract/open-test-provider.ts';
import { user } from '../../contract/sample-bodies.ts';

describe('refusals are SCIM errors', () => {
  let test: TestProvider;
  let tenant: TestTenant;
  before(async () => {
    test = await openTestProvider({ limits: { bodyBytesMax: 1_000 } });
    tenant = await test.open({ profile: 'generic' });
    await tenant.send('POST', '/Users', user('eva'));
  });
  after(async () => {
    assert.deepEqual(test.failures, []);
    await test.close();
  });

  it('400 for a path that is not encoded right', async () => {
    assertRefusal(await tenant.send('GET', '/Users/%zz'), 400);
    assertRefusal(await tenant.send('GET', '/Users/%ff'), 400);
  });

  it('400 for a body that is no JSON, none at all, or no object', async () => {
    for (const body of ['{', '', '[]', '"x"', 'null', '1']) {
      assertRefusal(await tenant.request({ method: 'POST', path: '/Users', body }), 400);
    }
  });

  it('401 without a token, before anything else is looked at', async () => {
    for (const path of ['/Users', '/Users/1', '/Nothing', '/ServiceProviderConfig', '/Bulk', '/Me']) {
      assertRefusal(await tenant.request({ method: 'GET', path, headers: { authorization: null } }), 401);
    }
    const body = '{';
    assertRefusal(
      await tenant.request({ method: 'POST', path: '/Users', body, headers: { authorization: null } }),
      401,
    );
  });

  it('404 for what is not there', async () => {
    for (const path of ['/Nothing', '/Users/nobody', '/Users/a/b', '/Schemas/x', '/ResourceTypes/x', '/%2e%2e/x']) {
      assertRefusal(await tenant.send('GET', path), 404);
    }
    for (const target of ['/', '/scim/v2', '/scim/v3/x/Users', '/nowhere']) {
      assertRefusal(
        await test.send({ method: 'GET', target, headers: { authorization: `Bearer ${tenant.token}` } }),
        404,
      );
    }
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const body = method === 'PATCH' ? { Operations: [{ op: 'remove', path: 'title' }] } : user('x');
      assertRefusal(await tenant.send(method, '/Users/nobody', method === 'DELETE' ? undefined : body), 404);
    }
  });

  it('405 with the methods that are possible', async () => {
    for (const [method, path, allow] of [
      ['DELETE', '/Users', 'GET, POST'],
      ['PUT', '/Groups', 'GET, POST'],
      ['POST', '/Users/1', 'GET, PUT, PATCH, DELETE'],
      ['OPTIONS', '/Users/1', 'GET, PUT, PATCH, DELETE'],
      ['GET', '/Users/.search', 'POST'],
      ['POST', '/Schemas', 'GET'],
      ['DELETE', '/ServiceProviderConfig', 'GET'],
    ] as const) {
      const answer = await tenant.send(method, path, method === 'PUT' || method === 'POST' ? {} : undefined);
      assertRefusal(answer, 405);
      assert.equal(answer.headers['allow'], allow);
    }
  });

  it('406 when the client wants no JSON', async () => {
    for (const accept of ['text/html', 'application/xml, text/plain;q=0.5']) {
      assertRefusal(await tenant.request({ method: 'GET', path: '/Users', headers: { accept } }), 406);
    }
    for (const accept of ['*/*', 'application/json', 'application/*', 'text/html, application/scim+json;q=0.1', null]) {
      const answer = await tenant.request({ method: 'GET', path: '/Users', headers: { accept } });
      assert.equal(answer.status, 200);
    }
  });

  it('409 with uniqueness for a name that is taken', async () => {
    const answer = await tenant.send('POST', '/Users', user('EVA'));
    assertRefusal(answer, 409);
    assert.equal(answer.json['scimType'], 'uniqueness');
  });

  it('413 for a body over the limit', async () => {
    assertRefusal(await tenant.send('POST', '/Users', user('x'.repeat(2_000))), 413);
  });

  it('415 for a body that says it is no JSON', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/scim+xml']) {
      const request = { method: 'POST', path: '/Users', body: user('new'), headers: { 'content-type': type } };
      assertRefusal(await tenant.request(request), 415);
    }
    for (const [number, type] of [
      'application/json',
      'application/scim+json; charset=utf-8',
      'Application/JSON',
      null,
    ].entries()) {
      const request = { method: 'POST', path: '/Users', body: user(`new${number}`), headers: { 'content-type': type } };
      assert.equal((await tenant.request(request)).status, 201);
    }
  });

  it('501 for what is not offered', async () => {
    assertRefusal(await tenant.send('GET', '/Me'), 501);
  });
});
