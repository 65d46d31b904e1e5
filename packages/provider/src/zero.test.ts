import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ENTERPRISE_USER_SCHEMA } from '@lockstep/scim';
import { assertRefusal } from '../contract/assert-refusal.ts';
import { fullUser, group, patch, user } from '../contract/sample-bodies.ts';
import { testApp } from '../contract/test-app.ts';

describe('Zero', () => {
  const app = testApp('zero');

  it('lives at /scim/v2/ and at no other version', async () => {
    const tenant = await app.open();
    assert.equal(tenant.basePath, '/zero/scim/v2/');
    assert.equal((await tenant.send('GET', '/Users')).status, 200);
    const headers = { authorization: `Bearer ${tenant.token}` };
    assertRefusal(await app.send({ method: 'GET', target: '/zero/scim/v9/Users', headers }), 404);
  });

  it('keeps the nine attributes of its table, enterprise department and organization among them', async () => {
    const tenant = await app.open();
    const made = await tenant.send('POST', '/Users', fullUser('eva@x.org'));
    const { id: _id, meta: _meta, schemas, ...kept } = made.json;
    assert.deepEqual(kept, {
      userName: 'eva@x.org',
      externalId: 'object of eva@x.org',
      active: true,
      title: 'Head of Sales',
      name: { givenName: 'Eva', familyName: 'Lind' },
      phoneNumbers: [{ value: '+46 8 123 456', type: 'work' }],
      [ENTERPRISE_USER_SCHEMA]: { department: 'Sales', organization: 'Lumen Works' },
    });
    assert.ok(Array.isArray(schemas) && schemas.includes(ENTERPRISE_USER_SCHEMA));
  });

  it('has no e-mail address and no display name of a user, and demands neither', async () => {
    const tenant = await app.open();
    assert.equal((await tenant.send('POST', '/Users', user('eva'))).status, 201);
    const made = await tenant.send('POST', '/Users', fullUser('bert'));
    assert.deepEqual([made.json['emails'], made.json['displayName']], [undefined, undefined]);
    const schema = await tenant.send('GET', '/Schemas/urn:ietf:params:scim:schemas:core:2.0:User');
    assert.ok(!schema.text.includes('"emails"'));
  });

  it('refuses a filter on an attribute it cannot be searched by, in its own words', async () => {
    const tenant = await app.open();
    const words =
      'Zero can be searched by userName and externalId for users, and by displayName and externalId for groups.';
    for (const filter of [
      'title eq "x"',
      'name.familyName eq "x"',
      'userName eq "eva" and title pr',
      'emails.value eq "x"',
    ]) {
      const answer = await tenant.send('GET', `/Users?filter=${encodeURIComponent(filter)}`);
      assertRefusal(answer, 400, words);
      assert.equal(answer.json['scimType'], 'invalidFilter');
    }
    assertRefusal(await tenant.send('GET', `/Groups?filter=${encodeURIComponent('members.value eq "x"')}`), 400, words);
    for (const filter of ['userName eq "eva"', 'externalId eq "x"', 'id eq "x"']) {
      assert.equal((await tenant.send('GET', `/Users?filter=${encodeURIComponent(filter)}`)).status, 200, filter);
    }
  });

  it('keeps groups with members, in sync', async () => {
    const tenant = await app.open();
    const eva = await tenant.send('POST', '/Users', user('eva'));
    const made = await tenant.send('POST', '/Groups', group('Crew'));
    const path = `/Groups/${String(made.json['id'])}`;
    const value = [{ value: eva.json['id'] ?? '' }];
    assert.equal((await tenant.send('PATCH', path, patch({ op: 'Add', path: 'members', value }))).status, 204);
    assert.match((await tenant.send('GET', path)).text, /"members":\[/);
    await tenant.send('PATCH', path, patch({ op: 'Remove', path: 'members', value }));
    assert.equal((await tenant.send('GET', path)).json['members'], undefined);
  });

  it('removes users for good, and the name is free again', async () => {
    const tenant = await app.open();
    const made = await tenant.send('POST', '/Users', user('eva'));
    assert.equal((await tenant.send('DELETE', `/Users/${String(made.json['id'])}`)).status, 204);
    assertRefusal(await tenant.send('GET', `/Users/${String(made.json['id'])}`), 404);
    assert.equal((await tenant.send('POST', '/Users', user('eva'))).status, 201);
  });

  it('sends who has a wrong token to its support', async () => {
    const tenant = await app.open();
    const answer = await tenant.request({ method: 'GET', path: '/Users', headers: { authorization: 'Bearer wrong' } });
    assertRefusal(answer, 401, /support of Zero/);
  });
});
