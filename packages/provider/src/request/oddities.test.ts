import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestProvider, type TestProvider, type TestTenant } from '../../contract/open-test-provider.ts';
import { user } from '../../contract/sample-bodies.ts';

describe('what every dialect takes', () => {
  let test: TestProvider;
  before(async () => {
    test = await openTestProvider();
  });
  after(() => test.close());

  const counted = async ({ tenant }: TestTenant): Promise<readonly string[]> => {
    await test.provider.flush();
    return (await test.store.tenants.deviations(tenant.id)).map(({ rule, count }) => `${rule} ${count}`);
  };

  for (const dialect of ['lenient', 'strict'] as const) {
    it(`is counted in the ${dialect} dialect: attributes that are not kept, and a missing content type`, async () => {
      const tenant = await test.open({ profile: 'generic', dialect });
      const eva = await tenant.send(
        'POST',
        '/Users',
        user('eva', { shoeSize: '38', name: { givenName: 'Eva', rank: 1 } }),
      );
      assert.equal(eva.status, 201);
      assert.deepEqual(await counted(tenant), ['unknownAttribute 2']);
      const headers = { 'content-type': null };
      assert.equal((await tenant.request({ method: 'POST', path: '/Users', body: user('finn'), headers })).status, 201);
      assert.deepEqual(await counted(tenant), ['unknownAttribute 2', 'missingContentType 1']);
    });
  }

  it('tells of an attribute the protocol knows and the app does not keep, on create and on PATCH', async () => {
    const tenant = await test.open({ profile: 'zenya' });
    const eva = await tenant.send('POST', '/Users', user('eva', { nickName: 'Eef' }));
    assert.equal(eva.status, 201, eva.text);
    const Operations = [{ op: 'replace', path: 'nickName', value: 'Eva' }];
    const patched = await tenant.send('PATCH', `/Users/${String(eva.json['id'])}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations,
    });
    assert.equal(patched.status, 204, patched.text);
    assert.deepEqual(await counted(tenant), ['unknownAttribute 2']);
  });
});
