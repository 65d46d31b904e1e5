import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertRefusal } from '../contract/assert-refusal.ts';
import { fullUser, group, patch, user } from '../contract/sample-bodies.ts';
import { testApp } from '../contract/test-app.ts';

const NO_UPDATES = 'Ziflow takes no profile updates over SCIM. Switch the Update action off in the mapping.';
const NO_DELETES =
  'Ziflow removes no members over SCIM. Switch the Delete action off in the mapping and remove the member in Ziflow.';
const NO_GROUPS = 'Ziflow has no groups over SCIM. Switch the group mapping off.';

describe('Ziflow', () => {
  const app = testApp('ziflow');

  it('lives at /v1/scim/v2 without a slash at the end, and works with one', async () => {
    const tenant = await app.open();
    assert.equal(tenant.basePath, '/ziflow/v1/scim/v2');
    const headers = { authorization: `Bearer ${tenant.token}` };
    for (const target of ['/ziflow/v1/scim/v2/Users', '/ziflow/v1/scim/v2//Users']) {
      assert.equal((await app.send({ method: 'GET', target, headers })).status, 200);
    }
  });

  it('keeps exactly four attributes', async () => {
    const tenant = await app.open();
    const made = await tenant.send('POST', '/Users', fullUser('eva@x.org'));
    const { id: _id, meta: _meta, schemas: _schemas, ...kept } = made.json;
    assert.deepEqual(kept, {
      userName: 'eva@x.org',
      emails: [{ value: 'eva@x.org', type: 'work', primary: true }],
      name: { givenName: 'Eva', familyName: 'Lind' },
    });
  });

  it('makes people members of the account, once', async () => {
    const tenant = await app.open();
    assert.equal((await tenant.send('POST', '/Users', user('eva'))).status, 201);
    const again = await tenant.send('POST', '/Users', user('Eva'));
    assertRefusal(again, 409, 'Ziflow already has a member with this user name.');
  });

  it('refuses updates and deletions by every verb, in its own words, and nothing changes', async () => {
    const tenant = await app.open();
    const made = await tenant.send('POST', '/Users', fullUser('eva'));
    const path = `/Users/${String(made.json['id'])}`;
    assertRefusal(
      await tenant.send('PATCH', path, patch({ op: 'replace', path: 'userName', value: 'x' })),
      405,
      NO_UPDATES,
    );
    assertRefusal(await tenant.send('PUT', path, fullUser('x')), 405, NO_UPDATES);
    assertRefusal(await tenant.send('DELETE', path), 405, NO_DELETES);
    assert.deepEqual((await tenant.send('GET', path)).json, made.json);
  });

  it('has no groups: every way to them is refused in its own words', async () => {
    const tenant = await app.open();
    assertRefusal(await tenant.send('GET', '/Groups'), 501, NO_GROUPS);
    assertRefusal(await tenant.send('POST', '/Groups', group('Crew')), 501, NO_GROUPS);
    assertRefusal(await tenant.send('GET', '/Groups/1'), 501, NO_GROUPS);
    assertRefusal(await tenant.send('POST', '/Groups/.search', {}), 501, NO_GROUPS);
    const types = await tenant.send('GET', '/ResourceTypes');
    assert.ok(!types.text.includes('Group'));
  });

  it('lists the members made in the app, so that they can be imported', async () => {
    const tenant = await app.open();
    await app.test().provider.admin.addLocalAccount(tenant.tenant.id, { resource: fullUser('local@x.org') });
    await tenant.send('POST', '/Users', user('eva'));
    const list = await tenant.send('GET', '/Users?startIndex=1&count=10');
    assert.equal(list.json['totalResults'], 2);
    assert.ok(list.text.includes('local@x.org'));
  });

  it('matches by user name and by e-mail address', async () => {
    const tenant = await app.open();
    await tenant.send('POST', '/Users', fullUser('eva@x.org'));
    for (const filter of [
      'userName eq "EVA@x.org"',
      'emails[type eq "work"].value eq "eva@x.org"',
      'emails.value eq "eva@x.org"',
    ]) {
      const found = await tenant.send('GET', `/Users?filter=${encodeURIComponent(filter)}`);
      assert.equal(found.json['totalResults'], 1, filter);
    }
  });

  it('hints at the rights of the user whose API key it is', async () => {
    const tenant = await app.open();
    const answer = await tenant.request({ method: 'GET', path: '/Users', headers: { authorization: 'Bearer wrong' } });
    assertRefusal(answer, 401, /API key.*administration rights/);
  });
});
