import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertRefusal } from '../contract/assert-refusal.ts';
import { fullUser, group, patch, user } from '../contract/sample-bodies.ts';
import { testApp } from '../contract/test-app.ts';

describe('Zenya', () => {
  const app = testApp('zenya');

  it('makes a provider with a title and, if wished, a restriction to addresses', async () => {
    const { tenant } = await app.open({ title: 'Lumen Works', allowedAddresses: ['203.0.113.0/24'] });
    assert.deepEqual([tenant.title, tenant.allowedAddresses], ['Lumen Works', ['203.0.113.0/24']]);
    await assert.rejects(app.open({ title: ' ' }), /title/);
  });

  it('lives below /scim/ with a slash at the end, and works without it and with two', async () => {
    const tenant = await app.open();
    assert.equal(tenant.basePath, '/zenya/scim/');
    for (const target of ['/zenya/scim/Users', '/zenya/scim//Users', '/zenya/scim/Users/', '//zenya//scim//Users//']) {
      const answer = await app.send({ method: 'GET', target, headers: { authorization: `Bearer ${tenant.token}` } });
      assert.equal(answer.status, 200, target);
    }
  });

  it('keeps the seven attributes of its table and leaves out the rest', async () => {
    const tenant = await app.open();
    const made = await tenant.send('POST', '/Users', fullUser('eva@x.org'));
    const { id, meta, schemas, ...kept } = made.json;
    assert.deepEqual(kept, {
      userName: 'eva@x.org',
      externalId: 'object of eva@x.org',
      active: true,
      displayName: 'Eva Lind',
      preferredLanguage: 'sv-SE',
      emails: [{ value: 'eva@x.org', type: 'work', primary: true }],
      phoneNumbers: [{ value: '+46 8 123 456', type: 'work' }],
    });
    assert.ok(id !== undefined && meta !== undefined && schemas !== undefined);
  });

  it('does not demand parts of a name, nor anything but a user name', async () => {
    const tenant = await app.open();
    assert.equal((await tenant.send('POST', '/Users', user('eva'))).status, 201);
  });

  it('takes no manager since 17 June 2020: sent along it changes nothing', async () => {
    const tenant = await app.open();
    const manager = { 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { manager: { value: 'x' } } };
    const made = await tenant.send('POST', '/Users', fullUser('eva', manager));
    assert.equal(made.status, 201);
    assert.ok(!made.text.includes('manager'));
    const path = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager';
    const patched = await tenant.send(
      'PATCH',
      `/Users/${String(made.json['id'])}`,
      patch({ op: 'add', path, value: 'y' }),
    );
    assert.equal(patched.status, 204);
  });

  it('keeps groups with name, members and externalId', async () => {
    const tenant = await app.open();
    const eva = await tenant.send('POST', '/Users', user('eva'));
    const made = await tenant.send('POST', '/Groups', { ...group('Crew', [String(eva.json['id'])]), externalId: 'g1' });
    assert.equal(made.status, 201);
    const read = await tenant.send('GET', `/Groups/${String(made.json['id'])}`);
    assert.deepEqual([read.json['displayName'], read.json['externalId']], ['Crew', 'g1']);
    assert.match(read.text, new RegExp(`"members":\\[\\{"value":"${String(eva.json['id'])}"`));
  });

  it('disables, keeps in sync and removes users', async () => {
    const tenant = await app.open();
    const path = `/Users/${String((await tenant.send('POST', '/Users', fullUser('eva'))).json['id'])}`;
    await tenant.send(
      'PATCH',
      path,
      patch(
        { op: 'Replace', path: 'active', value: 'False' },
        { op: 'replace', path: 'displayName', value: 'Eva Berg' },
      ),
    );
    const read = await tenant.send('GET', path);
    assert.deepEqual([read.json['active'], read.json['displayName']], [false, 'Eva Berg']);
    assert.equal((await tenant.send('DELETE', path)).status, 204);
    assertRefusal(await tenant.send('GET', path), 404);
  });

  it('says in its own words what is taken', async () => {
    const tenant = await app.open();
    await tenant.send('POST', '/Users', user('eva'));
    await tenant.send('POST', '/Groups', group('Crew'));
    assertRefusal(
      await tenant.send('POST', '/Users', user('EVA')),
      409,
      'Zenya already has a user with this user name.',
    );
    assertRefusal(
      await tenant.send('POST', '/Groups', group('crew')),
      409,
      'Zenya already has a group with this name.',
    );
  });

  it('hints at the rights of the account that made the token when the connection test fails', async () => {
    const tenant = await app.open();
    const answer = await tenant.request({
      method: 'GET',
      path: '/Users?count=1',
      headers: { authorization: 'Bearer wrong' },
    });
    assertRefusal(answer, 401, /administration rights/);
  });
});
