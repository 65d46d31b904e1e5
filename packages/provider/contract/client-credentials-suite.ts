import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { IssuedClient } from '../src/tenant/client-admin.ts';
import { assertRefusal } from './assert-refusal.ts';
import type { OpenTestProvider, TestAnswer, TestHeaders, TestProvider, TestTenant } from './open-test-provider.ts';
import { user } from './sample-bodies.ts';

/** Declares the suites over providers as `openProvider` makes them. */
export function clientCredentialsSuite(openProvider: OpenTestProvider): void {
  describe('client credentials', () => {
    let test: TestProvider;
    before(async () => {
      test = await openProvider();
    });
    after(async () => {
      assert.deepEqual(test.failures, []);
      await test.close();
    });

    const ask = (
      tenant: TestTenant,
      form: string | Readonly<Record<string, string>>,
      headers: TestHeaders = {},
    ): Promise<TestAnswer> =>
      tenant.request({
        method: 'POST',
        path: '/oauth/token',
        body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
        headers: { authorization: null, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      });
    const grantOf = ({ id, secret }: IssuedClient): Record<string, string> => ({
      grant_type: 'client_credentials',
      client_id: id,
      client_secret: secret,
    });
    const basic = (id: string, secret: string): string => `Basic ${btoa(`${id}:${secret}`)}`;
    const open = async (
      profile = 'generic',
    ): Promise<{ readonly tenant: TestTenant; readonly client: IssuedClient }> => {
      const tenant = await test.open({ profile });
      return { tenant, client: await test.provider.admin.issueClient(tenant.tenant.id, {}) };
    };
    const useToken = (tenant: TestTenant, token: unknown, method = 'GET', body?: unknown): Promise<TestAnswer> =>
      tenant.request({ method, path: '/Users', body, headers: { authorization: `Bearer ${String(token)}` } });

    it('give an access token of 60 minutes, to a client in the form or in the header', async () => {
      const { tenant, client } = await open();
      const inHeader = { authorization: basic(client.id, client.secret) };
      for (const answer of [
        await ask(tenant, grantOf(client)),
        await ask(tenant, { grant_type: 'client_credentials' }, inHeader),
      ]) {
        assert.equal(answer.status, 200, answer.text);
        assert.equal(answer.headers['cache-control'], 'no-store');
        assert.equal(answer.headers['content-type'], 'application/json');
        const { access_token: token, ...rest } = answer.json;
        assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 3_600, scope: 'read create update delete' });
        assert.equal((await useToken(tenant, token)).status, 200);
      }
      const { json } = await ask(tenant, grantOf(client));
      test.clock.nowMs += 3_599_999;
      assert.equal((await useToken(tenant, json['access_token'])).status, 200);
      test.clock.nowMs += 1;
      assertRefusal(await useToken(tenant, json['access_token']), 401);
    });

    it('work at the address of every app, also where the path names no tenant', async () => {
      for (const profile of ['generic', 'zenya', 'zero', 'ziflow', 'zenvoices']) {
        const { tenant, client } = await open(profile);
        const { json } = await ask(tenant, grantOf(client));
        assert.equal((await useToken(tenant, json['access_token'])).status, 200, profile);
      }
    });

    it('give less when less is asked for, and never more than the client has', async () => {
      const tenant = await test.open({ profile: 'generic' });
      const client = await test.provider.admin.issueClient(tenant.tenant.id, { scopes: ['read', 'create'] });
      const { json } = await ask(tenant, { ...grantOf(client), scope: 'read' });
      assert.equal(json['scope'], 'read');
      assertRefusal(await useToken(tenant, json['access_token'], 'POST', user('eva')), 403);
      for (const scope of ['delete', 'read delete', 'read nothing']) {
        const refused = await ask(tenant, { ...grantOf(client), scope });
        assert.deepEqual([refused.status, refused.json['error']], [400, 'invalid_scope']);
      }
    });

    it('are refused in the words of RFC 6749', async () => {
      const { tenant, client } = await open();
      const other = await open();
      const right = grantOf(client);
      const { grant_type: _kind, ...noKind } = right;
      const header = (id: string, secret: string): TestHeaders => ({ authorization: basic(id, secret) });
      const kindOnly = { grant_type: 'client_credentials' };
      const cases: readonly (readonly [string, number, Parameters<typeof ask>[1], TestHeaders?])[] = [
        ['invalid_request', 400, noKind],
        ['unsupported_grant_type', 400, { ...right, grant_type: 'password' }],
        ['invalid_request', 400, `${new URLSearchParams(right).toString()}&client_id=x`],
        ['invalid_request', 400, right, header(client.id, client.secret)],
        ['invalid_request', 400, { ...kindOnly, client_id: 'x' }, header(client.id, client.secret)],
        ['invalid_client', 401, kindOnly],
        ['invalid_client', 401, { ...right, client_secret: 'wrong' }],
        ['invalid_client', 401, { ...right, client_id: 'lkc_0000000000000000' }],
        ['invalid_client', 401, grantOf(other.client)],
        ['invalid_client', 401, kindOnly, header(client.id, 'wrong')],
        ['invalid_client', 401, kindOnly, { authorization: 'Basic %%%' }],
        ['invalid_client', 401, kindOnly, { authorization: `Basic ${btoa('%zz:%zz')}` }],
        ['invalid_client', 401, kindOnly, { authorization: `Bearer ${tenant.token}` }],
      ];
      for (const [error, status, form, headers] of cases) {
        const answer = await ask(tenant, form, headers);
        assert.deepEqual([answer.status, answer.json['error']], [status, error], JSON.stringify([form, headers]));
        if (headers !== undefined && status === 401) assert.match(answer.headers['www-authenticate'] ?? '', /^Basic/);
      }
    });

    it('are asked for with POST and a form', async () => {
      const { tenant, client } = await open();
      const got = await tenant.request({ method: 'GET', path: '/oauth/token' });
      assertRefusal(got, 405);
      assert.equal(got.headers['allow'], 'POST');
      assertRefusal(await ask(tenant, grantOf(client), { 'content-type': 'application/json' }), 415);
      assertRefusal(await ask(tenant, { ...grantOf(client), scope: 'x'.repeat(10_000) }), 413);
    });

    it('end with the client, at once; other clients and tokens go on', async () => {
      const { tenant, client } = await open();
      const second = await test.provider.admin.issueClient(tenant.tenant.id, { label: 'second' });
      const [first, other] = [await ask(tenant, grantOf(client)), await ask(tenant, grantOf(second))];
      assert.equal((await useToken(tenant, first.json['access_token'])).status, 200);
      assert.equal(await test.provider.admin.removeClient(tenant.tenant.id, client.id), true);
      assert.equal(await test.provider.admin.removeClient(tenant.tenant.id, client.id), false);
      assertRefusal(await useToken(tenant, first.json['access_token']), 401);
      assert.equal((await ask(tenant, grantOf(client))).json['error'], 'invalid_client');
      assert.equal((await useToken(tenant, other.json['access_token'])).status, 200);
      assert.equal((await useToken(tenant, tenant.token)).status, 200);
    });

    it('end when the client expires, and so do its access tokens', async () => {
      const tenant = await test.open({ profile: 'generic' });
      const expiresMs = test.clock.nowMs + 10_000;
      const client = await test.provider.admin.issueClient(tenant.tenant.id, { expiresMs });
      const { json } = await ask(tenant, grantOf(client));
      assert.equal(json['expires_in'], 10);
      test.clock.nowMs = expiresMs;
      assertRefusal(await useToken(tenant, json['access_token']), 401);
      assert.equal((await ask(tenant, grantOf(client))).json['error'], 'invalid_client');
    });

    it('obey the address rule and the rate limit of the tenant', async () => {
      const tenant = await test.open({
        profile: 'generic',
        allowedAddresses: ['198.51.100.0/24'],
        settings: { rateLimit: { requestsPerSecond: 1, burst: 1 } },
      });
      const client = await test.provider.admin.issueClient(tenant.tenant.id, {});
      const elsewhere = await tenant.request({
        method: 'POST',
        path: '/oauth/token',
        body: new URLSearchParams(grantOf(client)).toString(),
        headers: { authorization: null, 'content-type': 'application/x-www-form-urlencoded' },
        remoteAddress: '203.0.113.1',
      });
      assertRefusal(elsewhere, 403);
      assert.equal((await ask(tenant, grantOf(client))).status, 200);
      assertRefusal(await ask(tenant, grantOf(client)), 429);
    });

    it('are kept as hashes, tell their last use, and are not listed among the tokens of administrators', async () => {
      const { tenant, client } = await open();
      const { json } = await ask(tenant, grantOf(client));
      const kept = await test.provider.admin.clients(tenant.tenant.id);
      assert.equal(kept[0]?.lastUsedMs, test.clock.nowMs);
      assert.ok(!JSON.stringify(kept).includes(client.secret));
      assert.equal((await test.provider.admin.tokens(tenant.tenant.id)).length, 1);
      const id = String(json['access_token']).split('_')[1] ?? '';
      const token = await test.store.tenants.findToken(id);
      assert.equal(token?.clientId, client.id);
      test.clock.nowMs += 3_600_000;
      await ask(tenant, grantOf(client));
      assert.equal(await test.store.tenants.findToken(id), undefined, 'an expired access token stays for ever');
    });

    it('are advertised', async () => {
      const { tenant } = await open();
      const { json } = await tenant.send('GET', '/ServiceProviderConfig');
      assert.match(JSON.stringify(json['authenticationSchemes']), /"type":"oauth2".*\/oauth\/token/);
    });
  });
}
