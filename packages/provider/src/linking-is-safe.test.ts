import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '@lockstep/scim';
import { assertRefusal } from '../contract/assert-refusal.ts';
import type { TestAnswer, TestTenant } from '../contract/open-test-provider.ts';
import { group, patch, user, userWithEmail } from '../contract/sample-bodies.ts';
import { testApp } from '../contract/test-app.ts';

const idOf = (answer: TestAnswer): string => String(answer.json['id']);
const statuses = (answers: readonly TestAnswer[]): readonly number[] => answers.map(({ status }) => status).toSorted();

/** What went wrong elsewhere, by its id, and that it does not go wrong here. */
describe('lessons of others', () => {
  const linking = testApp('zenvoices');
  const plain = testApp('generic');
  const addLocal = async (tenant: TestTenant, resource: JsonObject): Promise<string> =>
    (await linking.test().provider.admin.addLocalAccount(tenant.tenant.id, { resource })).id;
  const text = async (tenant: TestTenant, id: string): Promise<string> =>
    (await tenant.send('GET', `/Users/${id}`)).text;

  describe('CVE-2025-41115: an externalId is taken for an internal id', () => {
    for (const app of [linking, plain]) {
      it('an externalId finds, changes and becomes no account but its own', async () => {
        const tenant = await app.open();
        const victim = idOf(await tenant.send('POST', '/Users', user('victim@x.org', { externalId: 'v' })));
        const before = await text(tenant, victim);
        const taken = ['1', '0', '-1', 'admin', 'Admin', 'null', 'true', '1e0', victim, victim.toUpperCase()];
        for (const [at, externalId] of taken.entries()) {
          const made = await tenant.send('POST', '/Users', user(`eve${at}@x.org`, { externalId }));
          assert.equal(made.status, 201, externalId);
          assert.notEqual(idOf(made), externalId);
          const found = await tenant.send(
            'GET',
            `/Users?filter=${encodeURIComponent(`externalId eq "${externalId}"`)}`,
          );
          assert.deepEqual(found.json['totalResults'], 1, externalId);
          const byPath = await tenant.send('GET', `/Users/${encodeURIComponent(externalId)}`);
          if (externalId !== victim) assertRefusal(byPath, 404);
          else assert.equal(byPath.text, before);
        }
        for (const externalId of [1, 0, -1, true, { value: victim }]) {
          const made = await tenant.send(
            'POST',
            '/Users',
            user(`typed${JSON.stringify(externalId).length}@x.org`, { externalId }),
          );
          assert.ok(made.status === 201 || made.status === 400, String(made.status));
        }
        assert.equal(await text(tenant, victim), before);
      });
    }
  });

  describe('CVE-2022-1680, ciso-assistant 4658, eneo 443, Infisical 7936: adopt by e-mail, then rewrite', () => {
    it('an account that is led is not adopted by the address it was given', async () => {
      const tenant = await linking.open();
      const victim = await addLocal(tenant, userWithEmail('boss', 'boss@x.org'));
      const linked = await tenant.send('POST', '/Users', userWithEmail('b', 'boss@x.org', { externalId: 'boss' }));
      assert.equal(idOf(linked), victim);
      await tenant.send(
        'PATCH',
        `/Users/${victim}`,
        patch({ op: 'replace', path: 'emails[type eq "work"].value', value: 'eve@x.org' }),
      );
      const again = await tenant.send('POST', '/Users', userWithEmail('e', 'eve@x.org', { externalId: 'eve' }));
      assertRefusal(again, 409);
      const first = await tenant.send('POST', '/Users', userWithEmail('f', 'boss@x.org', { externalId: 'eve' }));
      assert.notEqual(idOf(first), victim);
      assert.equal((await tenant.send('GET', `/Users/${victim}`)).json['externalId'], 'boss');
    });

    it('apps that do not link refuse the address of another by its name, and adopt nothing', async () => {
      const tenant = await plain.open();
      const local = (
        await plain
          .test()
          .provider.admin.addLocalAccount(tenant.tenant.id, { resource: userWithEmail('eva', 'eva@x.org') })
      ).id;
      const made = await tenant.send('POST', '/Users', userWithEmail('other', 'eva@x.org'));
      assert.notEqual(idOf(made), local);
      assertRefusal(await tenant.send('POST', '/Users', userWithEmail('EVA', 'eva@x.org')), 409);
    });
  });

  it('an ambiguous e-mail address links nobody, says so, and changes neither', async () => {
    const tenant = await linking.open();
    const twins = [
      await addLocal(tenant, userWithEmail('eva', 'eva@x.org')),
      await addLocal(tenant, userWithEmail('eva2', 'eva2@x.org')),
    ];
    const before = await Promise.all(twins.map((id) => text(tenant, id)));
    const body = {
      ...user('upn@x.org'),
      emails: [
        { value: 'eva@x.org', type: 'work' },
        { value: 'eva2@x.org', type: 'work' },
      ],
    };
    assertRefusal(await tenant.send('POST', '/Users', body), 409, /already has a linked user/);
    assert.deepEqual(await Promise.all(twins.map((id) => text(tenant, id))), before);
  });

  it('one address that several requests bring at once links one account, once', async () => {
    const tenant = await linking.open();
    const local = await addLocal(tenant, userWithEmail('eva', 'eva@x.org'));
    const bodies = Array.from({ length: 20 }, (_, at) =>
      userWithEmail(`u${at}`, 'eva@x.org', { externalId: `o${at}` }),
    );
    const answers = await Promise.all(bodies.map((body) => tenant.send('POST', '/Users', body)));
    assert.deepEqual(statuses(answers), [201, ...Array.from({ length: 19 }, () => 409)]);
    assert.deepEqual(answers.filter((one) => one.status === 201).map(idOf), [local]);
  });

  describe('the protected Admin', () => {
    it('is reached by no verb, filter, membership, bulk operation or link', async () => {
      const tenant = await linking.open();
      const { store } = linking.test();
      const created = await store.realms.feed(tenant.tenant.realm, 0, 1);
      const admin = created[0]?.resourceId ?? '';
      assert.notEqual(admin, '');
      const patches = patch({ op: 'replace', path: 'active', value: false });
      const tries: readonly (readonly [string, string, unknown?])[] = [
        ['GET', `/Users/${admin}`],
        ['PUT', `/Users/${admin}`, user('eve')],
        ['PATCH', `/Users/${admin}`, patches],
        ['DELETE', `/Users/${admin}`],
      ];
      for (const [method, path, body] of tries) assertRefusal(await tenant.send(method, path, body), 404);
      for (const filter of [`id eq "${admin}"`, 'userName eq "Admin"', 'userName sw "a"', 'not (active eq false)']) {
        const found = await tenant.send('GET', `/Users?filter=${encodeURIComponent(filter)}`);
        assert.equal(found.json['totalResults'] ?? 0, 0, filter);
      }
      const operations = tries
        .slice(1)
        .map(([method, path, data]) => ({ method, path, ...(data === undefined ? {} : { data }) }));
      const bulk = await tenant.send('POST', '/Bulk', {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
        Operations: operations,
      });
      assert.doesNotMatch(bulk.text, /"status":"2/);
      for (const name of ['Admin', 'ADMIN', 'ａｄｍｉｎ', 'admin']) {
        const made = await tenant.send('POST', '/Users', user(name));
        assert.ok(made.status === 403 || idOf(made) !== admin, name);
      }
      assert.deepEqual(
        (await store.realms.feed(tenant.tenant.realm, 0, 10)).filter((one) => one.resourceId === admin).length,
        1,
      );
    });
  });

  describe('CVE-2026-67330, Atlas 175, MedTrack 1484: a token reaches rows of another tenant', () => {
    it('every verb, filter, membership and bulk operation on the rows of another tenant finds nothing', async () => {
      const [own, other] = [await plain.open(), await plain.open()];
      const victim = idOf(await other.send('POST', '/Users', user('victim')));
      const team = idOf(await other.send('POST', '/Groups', group('team', [victim])));
      const before = [await text(other, victim), (await other.send('GET', `/Groups/${team}`)).text];
      for (const path of [`/Users/${victim}`, `/Groups/${team}`]) {
        assertRefusal(await own.send('GET', path), 404);
        assertRefusal(await own.send('PUT', path, path.startsWith('/U') ? user('x') : group('x')), 404);
        assertRefusal(await own.send('PATCH', path, patch({ op: 'remove', path: 'externalId' })), 404);
        assertRefusal(await own.send('DELETE', path), 404);
      }
      assertRefusal(await own.send('POST', '/Groups', group('mine', [victim])), 400);
      const mine = idOf(await own.send('POST', '/Groups', group('mine')));
      const add = patch({ op: 'add', path: 'members', value: [{ value: victim }] });
      assertRefusal(await own.send('PATCH', `/Groups/${mine}`, add), 400);
      const found = await own.send('GET', `/Users?filter=${encodeURIComponent(`id eq "${victim}"`)}`);
      assert.equal(found.json['totalResults'], 0);
      const elsewhere = await own.request({ method: 'GET', path: '/Users', base: other.basePath });
      assertRefusal(elsewhere, 401);
      assert.deepEqual([await text(other, victim), (await other.send('GET', `/Groups/${team}`)).text], before);
    });

    it('within a tenant the boundary is the tenant: another token of it goes on where the first stopped', async () => {
      const tenant = await plain.open();
      const eva = idOf(await tenant.send('POST', '/Users', user('eva')));
      const { text: second } = await plain.test().provider.admin.issueToken(tenant.tenant.id, {});
      const answer = await tenant.request({
        method: 'GET',
        path: `/Users/${eva}`,
        headers: { authorization: `Bearer ${second}` },
      });
      assert.equal(answer.status, 200);
    });
  });

  it('CVE-2026-32130: a path in disguise is not let past the token', async () => {
    const tenant = await plain.open();
    const eva = idOf(await tenant.send('POST', '/Users', user('secret-name')));
    const base = tenant.basePath.replace(/\/$/, '');
    const { id } = tenant.tenant;
    const disguised = [
      `${base}/Users`,
      `${base}/%55sers`,
      `${base}/Users%2F${eva}`,
      `${base}//Users`,
      `${base}/Users;x=1`,
      `${base}/Users/../Users`,
      `${base}/./Users/${eva}`,
      `${base}/Users.`,
      `${base}/USERS/${eva}`,
      `/scim/v2/%2e%2e/v2/${id}/Users`,
      `/scim%2Fv2/${id}/Users`,
      `/SCIM/v2/${id}/Users`,
      `/scim/v2/${id}%00/Users`,
      `/scim/v2/${id}/Users?/../`,
      `/scim/v2/${id}/Users#x`,
      `/scim/v2/${id}/ServiceProviderConfig/../Users`,
      `/scim/v2/${id}/Me`,
    ];
    for (const target of disguised) {
      const answer = await plain.send({ method: 'GET', target });
      assert.ok([400, 401, 404].includes(answer.status), `${target}: ${answer.status}`);
      assert.equal(answer.text.includes('secret-name'), false, target);
    }
  });

  it('CVE-2019-11282: an address with quotes and backslashes is text, never a piece of a filter', async () => {
    const tenant = await linking.open();
    const victim = await addLocal(tenant, userWithEmail('eva', 'eva@x.org'));
    const hostile = [
      '" or userName pr or value eq "',
      'x" or value eq "eva@x.org',
      'eva@x.org\\',
      '\\"',
      '\u0000',
      '"]',
      '\u2028',
    ];
    for (const [at, address] of hostile.entries()) {
      const made = await tenant.send('POST', '/Users', userWithEmail(`h${at}`, address));
      assert.ok(made.status === 201 || made.status === 400, `${address}: ${made.status} ${made.text}`);
      assert.notEqual(idOf(made), victim);
    }
    assert.equal((await tenant.send('GET', `/Users/${victim}`)).json['userName'], 'eva');
  });

  it('keycloak 46705: a page is never larger than the limit, whatever is asked for', async () => {
    const tenant = await plain.open();
    for (const count of ['999999999', '1e9', '-1', '9007199254740993']) {
      const answer = await tenant.send('GET', `/Users?count=${count}`);
      assert.ok(answer.status === 200 || answer.status === 400, count);
    }
  });

  it('passbolt PBL-15: of 100 equal creates at once one is made', async () => {
    const tenant = await plain.open();
    const answers = await Promise.all(Array.from({ length: 100 }, () => tenant.send('POST', '/Users', user('eva'))));
    assert.deepEqual(statuses(answers), [201, ...Array.from({ length: 99 }, () => 409)]);
    assert.equal((await tenant.send('GET', '/Users')).json['totalResults'], 1);
  });

  it('langfuse 16027: a password sent over SCIM is nowhere afterwards', async () => {
    const tenant = await plain.open();
    const made = await tenant.send('POST', '/Users', user('eva', { password: 'sent-over-scim' }));
    await tenant.send(
      'PATCH',
      `/Users/${idOf(made)}`,
      patch({ op: 'replace', path: 'password', value: 'sent-over-scim' }),
    );
    const { store } = plain.test();
    const include = { members: false, groups: false };
    const stored = await store.realms.read(tenant.tenant.realm, idOf(made), { type: 'User', include });
    assert.equal(JSON.stringify(stored).includes('sent-over-scim'), false);
    assert.equal(made.text.includes('sent-over-scim'), false);
  });

  const twins: readonly (readonly [string, string])[] = [
    ['Eva@X.org', 'eva@x.org'],
    ['STRASSE', 'strasse'],
    ['\u212Aelvin', 'kelvin'],
    ['e\u0301va', '\u00E9va'],
  ];
  for (const [one, other] of twins) {
    it(`langfuse 13528: ${JSON.stringify(one)} is a duplicate of ${JSON.stringify(other)}`, async () => {
      const tenant = await plain.open();
      assert.equal((await tenant.send('POST', '/Users', user(one))).status, 201);
      assertRefusal(await tenant.send('POST', '/Users', user(other)), 409);
    });
  }

  it('VilnaCRM 421: no header opens a back door', async () => {
    const tenant = await plain.open();
    const eva = idOf(await tenant.send('POST', '/Users', user('eva')));
    const headers = ['x-test', 'x-test-mode', 'x-debug', 'x-original-url', 'x-rewrite-url', 'x-http-method-override'];
    for (const name of headers) {
      const answer = await tenant.request({
        method: 'GET',
        path: `/Users/${eva}`,
        headers: { authorization: null, [name]: 'DELETE' },
      });
      assertRefusal(answer, 401);
      assert.equal(
        (await tenant.request({ method: 'GET', path: `/Users/${eva}`, headers: { [name]: 'DELETE' } })).status,
        200,
      );
    }
  });

  it('idenplane 946: a path into a prototype pollutes nothing', async () => {
    const tenant = await plain.open();
    const eva = idOf(await tenant.send('POST', '/Users', user('eva')));
    for (const path of [
      '__proto__.x',
      'constructor.prototype.x',
      'emails[__proto__ eq "a"].value',
      'name.__proto__.x',
    ]) {
      const answer = await tenant.send('PATCH', `/Users/${eva}`, patch({ op: 'add', path, value: 'polluted' }));
      assert.ok(answer.status < 500, path);
    }
    await tenant.send(
      'PATCH',
      `/Users/${eva}`,
      `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"add","value":{"__proto__":{"x":"polluted"}}}]}`,
    );
    assert.equal(Reflect.get({}, 'x'), undefined);
  });
});
