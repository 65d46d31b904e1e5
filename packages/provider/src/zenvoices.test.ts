import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type JsonObject, USER_SCHEMA } from '@lockstep/scim';
import { assertRefusal } from '../contract/assert-refusal.ts';
import type { TestAnswer, TestTenant } from '../contract/open-test-provider.ts';
import { fullUser, patch, user, userWithEmail } from '../contract/sample-bodies.ts';
import { testApp } from '../contract/test-app.ts';

const TAKEN = 'Zenvoices already has a linked user with this user name or e-mail address.';
const FIXED = 'The Admin user is fixed: it is never linked and never touched.';

describe('Zenvoices', () => {
  const app = testApp('zenvoices');
  const addLocal = async (tenant: TestTenant, resource: JsonObject): Promise<string> =>
    (await app.test().provider.admin.addLocalAccount(tenant.tenant.id, { resource })).id;
  const idOf = (answer: TestAnswer): string => String(answer.json['id']);

  it('lives below /api/scim/entra/ with the environment ID, which is a number, behind it', async () => {
    const tenant = await app.open({ id: '1234' });
    assert.equal(tenant.basePath, '/zenvoices/api/scim/entra/1234');
    const made = await tenant.send('POST', '/Users', user('eva'));
    assert.ok(made.headers['location']?.startsWith('https://scim.example.org/zenvoices/api/scim/entra/1234/Users/'));
    assert.match((await app.open()).tenant.id, /^\d+$/);
  });

  it('demands the access key since 22 December 2025', async () => {
    const tenant = await app.open();
    const answer = await tenant.request({ method: 'GET', path: '/Users', headers: { authorization: null } });
    assertRefusal(answer, 401, /mandatory since 22 December 2025/);
    const wrong = await tenant.request({ method: 'GET', path: '/Users', headers: { authorization: 'Bearer x' } });
    assertRefusal(wrong, 401, /wrong or was replaced/);
  });

  it('keeps what its mapping leaves, externalId among it, and no display name, title, address or phone', async () => {
    const tenant = await app.open();
    const made = await tenant.send('POST', '/Users', fullUser('eva@x.org', { roles: [{ value: 'Uploader' }] }));
    const { id: _id, meta: _meta, schemas: _schemas, ...kept } = made.json;
    assert.deepEqual(kept, {
      userName: 'eva@x.org',
      externalId: 'object of eva@x.org',
      active: true,
      preferredLanguage: 'sv-SE',
      name: { givenName: 'Eva', familyName: 'Lind' },
      emails: [{ value: 'eva@x.org', type: 'work', primary: true }],
      roles: [{ value: 'Uploader' }],
    });
  });

  it('has no groups', async () => {
    const tenant = await app.open();
    assertRefusal(
      await tenant.send('GET', '/Groups'),
      501,
      'Zenvoices has no groups over SCIM. Set Provision Groups to No.',
    );
  });

  describe('linking', () => {
    it('takes over the account with the same e-mail address: same id, the directory leads, the address is the user name', async () => {
      const tenant = await app.open();
      const id = await addLocal(
        tenant,
        userWithEmail('eva.local', 'Eva@x.org', { preferredLanguage: 'nl', name: { familyName: 'Old' } }),
      );
      const made = await tenant.send(
        'POST',
        '/Users',
        userWithEmail('upn@x.org', 'eva@X.org', { externalId: 'o1', name: { familyName: 'Lind' } }),
      );
      assert.equal(made.status, 201);
      assert.equal(idOf(made), id);
      assert.deepEqual(
        [made.json['userName'], made.json['externalId'], made.json['name'], made.json['preferredLanguage']],
        ['eva@X.org', 'o1', { familyName: 'Lind' }, 'nl'],
      );
      const feed = await app.test().store.realms.feed(tenant.tenant.realm, 0, 100);
      assert.deepEqual(
        feed.slice(-2).map((entry) => entry.kind),
        ['linked', 'updated'],
      );
    });

    it('happens once: the next with that address is a duplicate', async () => {
      const tenant = await app.open();
      await addLocal(tenant, userWithEmail('eva.local', 'eva@x.org'));
      const made = await Promise.all(
        ['a', 'b', 'c'].map((name) => tenant.send('POST', '/Users', userWithEmail(name, 'eva@x.org'))),
      );
      assert.deepEqual(made.map((answer) => answer.status).toSorted(), [201, 409, 409]);
      assertRefusal(await tenant.send('POST', '/Users', userWithEmail('d', 'eva@x.org')), 409, TAKEN);
      assert.equal((await tenant.send('GET', '/Users')).json['totalResults'], 1);
    });

    it('does not happen when two accounts could be meant', async () => {
      const tenant = await app.open();
      await addLocal(tenant, userWithEmail('one', 'one@x.org'));
      await addLocal(tenant, userWithEmail('two', 'two@x.org'));
      const both = user('x', {
        emails: [
          { value: 'one@x.org', type: 'work' },
          { value: 'two@x.org', type: 'work' },
        ],
      });
      assertRefusal(await tenant.send('POST', '/Users', both), 409, TAKEN);
    });

    it('does not happen by a private address, on either side', async () => {
      const tenant = await app.open();
      const victim = await addLocal(tenant, userWithEmail('victim', 'victim@x.org'));
      const home = user('x', {
        emails: [
          { value: 'victim@x.org', type: 'home', primary: true },
          { value: 'x@x.org', type: 'work' },
        ],
      });
      const made = await tenant.send('POST', '/Users', home);
      assert.equal(made.status, 201);
      assert.notEqual(idOf(made), victim);
      const other = await addLocal(
        tenant,
        user('other', {
          emails: [
            { value: 'boss@x.org', type: 'home' },
            { value: 'other@x.org', type: 'work' },
          ],
        }),
      );
      const boss = await tenant.send('POST', '/Users', userWithEmail('boss', 'boss@x.org'));
      assert.notEqual(idOf(boss), other);
    });

    it('cannot be repeated by changing the address behind it: link, change, link again', async () => {
      const tenant = await app.open();
      const first = await addLocal(tenant, userWithEmail('first', 'first@x.org', { roles: [{ value: 'Authorizer' }] }));
      const second = await addLocal(tenant, userWithEmail('second', 'second@x.org'));
      const linked = await tenant.send('POST', '/Users', userWithEmail('mallory', 'first@x.org'));
      assert.equal(idOf(linked), first);
      const address = (value: string): JsonObject =>
        patch({ op: 'replace', path: 'emails[type eq "work"].value', value });
      // To the address of another account, linked or not: refused, and that account stays as it is.
      assertRefusal(await tenant.send('PATCH', `/Users/${first}`, address('second@x.org')), 409, TAKEN);
      const put = await tenant.send('PUT', `/Users/${first}`, userWithEmail('mallory', 'SECOND@x.org'));
      assertRefusal(put, 409, TAKEN);
      assert.equal((await tenant.send('GET', `/Users/${second}`)).json['userName'], 'second');
      // To a free one: then the old address is nobody's, and who comes with it is somebody new.
      assert.equal((await tenant.send('PATCH', `/Users/${first}`, address('free@x.org'))).status, 204);
      const third = await tenant.send('POST', '/Users', userWithEmail('third', 'first@x.org'));
      assert.equal(third.status, 201);
      assert.ok(idOf(third) !== first && idOf(third) !== second);
      assert.equal(third.json['roles'], undefined);
    });

    it('does not take over an account that the directory has updated already', async () => {
      const tenant = await app.open();
      const id = await addLocal(tenant, userWithEmail('eva.local', 'eva@x.org'));
      await tenant.send('PATCH', `/Users/${id}`, patch({ op: 'add', path: 'externalId', value: 'o1' }));
      assertRefusal(await tenant.send('POST', '/Users', userWithEmail('mallory', 'eva@x.org')), 409, TAKEN);
    });

    it('keeps tenants apart', async () => {
      const [one, two] = [await app.open(), await app.open()];
      const id = await addLocal(one, userWithEmail('eva.local', 'eva@x.org'));
      const made = await two.send('POST', '/Users', userWithEmail('eva', 'eva@x.org'));
      assert.notEqual(idOf(made), id);
    });
  });

  describe('the fixed Admin', () => {
    it('is never shown, found, linked or touched, by any verb', async () => {
      const tenant = await app.open();
      const { store } = app.test();
      const feed = await store.realms.feed(tenant.tenant.realm, 0, 10);
      const id = feed[0]?.resourceId ?? '';
      assert.equal(feed.length, 1);
      assert.equal((await tenant.send('GET', '/Users')).json['totalResults'], 0);
      for (const filter of ['userName eq "Admin"', `id eq "${id}"`, 'userName pr']) {
        const found = await tenant.send('GET', `/Users?filter=${encodeURIComponent(filter)}`);
        assert.ok(found.status === 400 || found.json['totalResults'] === 0, filter);
      }
      const search = {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
        filter: 'userName eq "admin"',
      };
      assert.equal((await tenant.send('POST', '/Users/.search', search)).json['totalResults'], 0);
      for (const [method, body] of [
        ['GET', undefined],
        ['PUT', user('Admin', { active: false })],
        ['PATCH', patch({ op: 'replace', path: 'active', value: false })],
        ['DELETE', undefined],
      ] as const) {
        assertRefusal(await tenant.send(method, `/Users/${id}`, body), 404);
      }
      assert.deepEqual(await store.realms.feed(tenant.tenant.realm, 0, 10), feed);
    });

    it('keeps its name: nobody is made or renamed to it, in any case', async () => {
      const tenant = await app.open();
      for (const name of ['Admin', 'ADMIN', 'admin'])
        assertRefusal(await tenant.send('POST', '/Users', user(name)), 403, FIXED);
      const eva = idOf(await tenant.send('POST', '/Users', user('eva')));
      assertRefusal(
        await tenant.send('PATCH', `/Users/${eva}`, patch({ op: 'replace', path: 'userName', value: 'ADMIN' })),
        403,
        FIXED,
      );
      assertRefusal(await tenant.send('PUT', `/Users/${eva}`, user('Admin')), 403, FIXED);
    });
  });

  describe('roles', () => {
    const rolesOf = (answer: TestAnswer): unknown => answer.json['roles'];

    it('are split by comma: one value may name several', async () => {
      const tenant = await app.open();
      const made = await tenant.send(
        'POST',
        '/Users',
        user('eva', { roles: [{ value: 'Uploader,Authorizer', display: 'Both' }] }),
      );
      assert.deepEqual(rolesOf(made), [
        { value: 'Uploader', display: 'Uploader' },
        { value: 'Authorizer', display: 'Authorizer' },
      ]);
    });

    it('come once each, by PATCH too, in the form the directory sends', async () => {
      const tenant = await app.open();
      const id = idOf(await tenant.send('POST', '/Users', user('eva', { roles: [{ value: 'Viewer' }] })));
      const value = [{ id: 'r1', value: 'Uploader, Viewer', displayName: 'x', primary: false }];
      assert.equal(
        (await tenant.send('PATCH', `/Users/${id}`, patch({ op: 'Add', path: 'roles', value }))).status,
        204,
      );
      const roles = rolesOf(await tenant.send('GET', `/Users/${id}`));
      assert.ok(Array.isArray(roles));
      assert.deepEqual(roles.map((role: { value: string }) => role.value).toSorted(), ['Uploader', 'Viewer']);
    });

    it('must equal a role name exactly', async () => {
      const tenant = await app.open();
      for (const value of ['uploader', 'Owner', 'Uploader,Owner', 'Uploader;Authorizer']) {
        const answer = await tenant.send('POST', '/Users', user('eva', { roles: [{ value }] }));
        assertRefusal(answer, 400, /must equal a role name in Zenvoices exactly/);
        assert.equal(answer.json['scimType'], 'invalidValue');
      }
      assertRefusal(
        await tenant.send('POST', '/Users', user('eva', { roles: [{ value: 'Two Words' }] })),
        400,
        /no spaces/,
      );
      assert.equal((await tenant.send('GET', '/Users')).json['totalResults'], 0);
    });

    it('follow the list that is kept in the app', async () => {
      const tenant = await app.open();
      await app.test().provider.admin.update(tenant.tenant.id, { settings: { roleNames: ['Checker'] } });
      assert.equal((await tenant.send('POST', '/Users', user('eva', { roles: [{ value: 'Checker' }] }))).status, 201);
      assertRefusal(
        await tenant.send('POST', '/Users', user('bert', { roles: [{ value: 'Uploader' }] })),
        400,
        /Checker/,
      );
    });
  });

  describe('leaving', () => {
    it('makes inactive, and deletes nothing', async () => {
      const tenant = await app.open();
      const made = await tenant.send('POST', '/Users', fullUser('eva@x.org'));
      const path = `/Users/${idOf(made)}`;
      assert.equal((await tenant.send('DELETE', path)).status, 204);
      const left = await tenant.send('GET', path);
      assert.deepEqual([left.status, left.json['active'], left.json['userName']], [200, false, 'eva@x.org']);
      assert.equal((await tenant.send('DELETE', path)).status, 204);
      const kinds = (await app.test().store.realms.feed(tenant.tenant.realm, 0, 100)).map((entry) => entry.kind);
      assert.deepEqual(kinds.slice(-2), ['updated', 'deactivated']);
      assert.equal(kinds.filter((kind) => kind === 'deleted').length, 0);
    });

    it('is undone by coming back', async () => {
      const tenant = await app.open();
      const path = `/Users/${idOf(await tenant.send('POST', '/Users', user('eva')))}`;
      await tenant.send('DELETE', path);
      await tenant.send('PATCH', path, patch({ op: 'replace', value: { active: true } }));
      assert.equal((await tenant.send('GET', path)).json['active'], true);
    });

    it('of a local account that nobody linked is possible, and of a deleted one is not', async () => {
      const tenant = await app.open();
      const id = await addLocal(tenant, user('local'));
      assert.equal((await tenant.send('DELETE', `/Users/${id}`)).status, 204);
      assertRefusal(await tenant.send('DELETE', '/Users/nobody'), 404);
    });
  });

  it('says who it is about with the core schema alone', async () => {
    const tenant = await app.open();
    const made = await tenant.send('POST', '/Users', user('eva'));
    assert.deepEqual(made.json['schemas'], [USER_SCHEMA]);
  });
});
