import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  BULK_REQUEST_SCHEMA,
  BULK_RESPONSE_SCHEMA,
  ENTERPRISE_USER_SCHEMA,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
} from '@lockstep/scim';
import { assertRefusal } from './assert-refusal.ts';
import type { OpenTestProvider, TestAnswer, TestTenant } from './open-test-provider.ts';
import { group, patch, user } from './sample-bodies.ts';
import { testApp } from './test-app.ts';

function bulk(operations: readonly JsonObject[], more: JsonObject = {}): JsonObject {
  return { schemas: [BULK_REQUEST_SCHEMA], ...more, Operations: operations };
}

function post(bulkId: string, data: JsonObject, path = '/Users'): JsonObject {
  return { method: 'POST', path, bulkId, data };
}

function crew(bulkId: string, ...members: readonly string[]): JsonObject {
  return post(bulkId, group(bulkId, members), '/Groups');
}

function resultsOf(answer: TestAnswer): readonly JsonObject[] {
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(answer.json['schemas'], [BULK_RESPONSE_SCHEMA]);
  const operations = answer.json['Operations'];
  return isJsonArray(operations) ? operations.filter(isJsonObject) : [];
}

const statusesOf = (answer: TestAnswer): readonly Json[] => resultsOf(answer).map((one) => one['status'] ?? null);

/** Reads what the operation says it made or changed. */
async function readBack(tenant: TestTenant, result: JsonObject | undefined): Promise<JsonObject> {
  const location = new URL(String(result?.['location'])).pathname.slice(tenant.basePath.length);
  const answer = await tenant.send('GET', location);
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
}

function memberIds(resource: JsonObject): readonly Json[] {
  const members = resource['members'];
  return isJsonArray(members) ? members.filter(isJsonObject).map((one) => one['value'] ?? null) : [];
}

/** Declares the suites over providers as `openProvider` makes them. */
export function bulkSuite(openProvider: OpenTestProvider): void {
  describe('bulk requests', () => {
    const app = testApp('generic', openProvider);

    it('do what single requests do, each with its location, version and status', async () => {
      const tenant = await app.open();
      const made = await tenant.send('POST', '/Users', user('lars'));
      const path = `/Users/${String(made.json['id'])}`;
      const answer = await tenant.send(
        'POST',
        '/Bulk',
        bulk([
          post('new', user('eva')),
          { method: 'PATCH', path, bulkId: 'p', data: patch({ op: 'replace', path: 'title', value: 'Head' }) },
          { method: 'PUT', path, version: 'W/"2"', data: user('lars', { title: 'Chief' }) },
          { method: 'DELETE', path },
        ]),
      );
      const [created, patched, replaced, removed] = resultsOf(answer);
      const location = `https://scim.example.org${tenant.basePath}${path}`;
      assert.equal((await readBack(tenant, created))['userName'], 'eva');
      assert.deepEqual(
        { ...created, location: '' },
        {
          location: '',
          method: 'POST',
          bulkId: 'new',
          version: 'W/"1"',
          status: '201',
        },
      );
      assert.deepEqual(patched, { location, method: 'PATCH', bulkId: 'p', version: 'W/"2"', status: '204' });
      assert.deepEqual(replaced, { location, method: 'PUT', version: 'W/"3"', status: '200' });
      assert.deepEqual(removed, { location, method: 'DELETE', status: '204' });
      assertRefusal(await tenant.send('GET', path), 404);
    });

    it('answer a failure within, with its body, and go on', async () => {
      const tenant = await app.open();
      const answer = await tenant.send(
        'POST',
        '/Bulk',
        bulk([
          post('a', user('eva')),
          post('b', user('EVA')),
          { method: 'DELETE', path: '/Users/nobody' },
          { method: 'PATCH', path: '/Nothing/1', data: {} },
          { method: 'FETCH', path: '/Users' },
          post('c', user('lars')),
          { method: 'POST', path: '/Users/.search', bulkId: 's', data: {} },
          post('d', user('siv'), '/Users/%zz'),
          post('e', user('siv'), '/Users/1/2'),
        ]),
      );
      const results = resultsOf(answer);
      assert.deepEqual(statusesOf(answer), ['201', '409', '404', '404', '400', '201', '400', '400', '404']);
      const response = results[1]?.['response'];
      assert.ok(isJsonObject(response));
      assert.deepEqual([response['status'], response['scimType']], ['409', 'uniqueness']);
      assert.equal(results[1]?.['location'], undefined);
      assert.match(String(results[2]?.['location']), /\/Users\/nobody$/);
      assert.equal(results[4]?.['method'], 'FETCH');
    });

    it('stop behind as many failures as failOnErrors says', async () => {
      const tenant = await app.open();
      const broken = post('x', { schemas: user('x')['schemas'] ?? [] });
      const operations = [broken, post('a', user('eva')), { ...broken, bulkId: 'y' }, post('b', user('lars'))];
      const one = await tenant.send('POST', '/Bulk', bulk(operations, { failOnErrors: 1 }));
      assert.deepEqual(statusesOf(one), ['400']);
      const two = await tenant.send('POST', '/Bulk', bulk(operations, { failOnErrors: 2 }));
      assert.deepEqual(statusesOf(two), ['400', '201', '400']);
      assert.equal((await tenant.send('GET', '/Users')).json['totalResults'], 1);
    });

    it('resolve references, also to what comes later, in data and in paths', async () => {
      const tenant = await app.open();
      const answer = await tenant.send(
        'POST',
        '/Bulk',
        bulk([
          {
            method: 'PATCH',
            path: '/Groups/bulkId:crew',
            data: patch({ op: 'replace', path: 'displayName', value: 'Sea' }),
          },
          crew('crew', 'bulkId:eva'),
          post('lars', user('lars', { [ENTERPRISE_USER_SCHEMA]: { manager: { value: 'bulkId:eva' } } })),
          post('eva', user('eva')),
        ]),
      );
      assert.deepEqual(statusesOf(answer), ['204', '201', '201', '201']);
      const [, made, lars, eva] = resultsOf(answer);
      const evaId = (await readBack(tenant, eva))['id'];
      const sea = await readBack(tenant, made);
      assert.deepEqual([sea['displayName'], memberIds(sea)], ['Sea', [evaId]]);
      const extension = (await readBack(tenant, lars))[ENTERPRISE_USER_SCHEMA];
      assert.ok(isJsonObject(extension) && isJsonObject(extension['manager']));
      assert.equal(extension['manager']['value'], evaId);
    });

    it('resolve circles: groups within each other, users who manage each other', async () => {
      const tenant = await app.open();
      const managedBy = (bulkId: string): JsonObject => ({ [ENTERPRISE_USER_SCHEMA]: { manager: { value: bulkId } } });
      const answer = await tenant.send(
        'POST',
        '/Bulk',
        bulk([
          crew('a', 'bulkId:b', 'bulkId:eva'),
          crew('b', 'bulkId:a', 'bulkId:eva'),
          post('eva', user('eva', managedBy('bulkId:lars'))),
          post('lars', user('lars', managedBy('bulkId:eva'))),
        ]),
      );
      assert.deepEqual(statusesOf(answer), ['201', '201', '201', '201']);
      const [a, b, eva, lars] = await Promise.all(resultsOf(answer).map((one) => readBack(tenant, one)));
      assert.ok(a !== undefined && b !== undefined && eva !== undefined && lars !== undefined);
      assert.deepEqual(new Set(memberIds(a)), new Set([b['id'], eva['id']]));
      assert.deepEqual(new Set(memberIds(b)), new Set([a['id'], eva['id']]));
      for (const [one, other] of [
        [eva, lars],
        [lars, eva],
      ] as const) {
        const extension = one[ENTERPRISE_USER_SCHEMA];
        assert.ok(isJsonObject(extension) && isJsonObject(extension['manager']));
        assert.equal(extension['manager']['value'], other['id']);
      }
      const versions = resultsOf(answer).map((one) => one['version']);
      assert.deepEqual(
        versions,
        [a, b, eva, lars].map((one) => (isJsonObject(one['meta']) ? one['meta']['version'] : '')),
      );
    });

    it('refuse a reference to what is not created, in that operation alone', async () => {
      const tenant = await app.open();
      const answer = await tenant.send(
        'POST',
        '/Bulk',
        bulk([
          crew('a', 'bulkId:nobody'),
          post('broken', {}),
          crew('b', 'bulkId:broken'),
          { method: 'DELETE', path: '/Users/bulkId:broken' },
          crew('c'),
        ]),
      );
      assert.deepEqual(statusesOf(answer), ['400', '400', '400', '400', '201']);
      const response = resultsOf(answer)[0]?.['response'];
      assert.ok(isJsonObject(response));
      assert.equal(response['scimType'], 'invalidValue');
      assert.match(String(response['detail']), /bulkId "nobody"/);
    });

    it('tell where half of a circle is when the other half fails', async () => {
      const tenant = await app.open();
      await tenant.send('POST', '/Groups', group('a'));
      const answer = await tenant.send('POST', '/Bulk', bulk([crew('a', 'bulkId:b'), crew('b', 'bulkId:a')]));
      assert.deepEqual(statusesOf(answer), ['409', '400']);
      assert.deepEqual(memberIds(await readBack(tenant, resultsOf(answer)[1])), []);
    });

    it('show a resource when the operation asks for attributes', async () => {
      const tenant = await app.open();
      const answer = await tenant.send(
        'POST',
        '/Bulk',
        bulk([post('a', user('eva', { title: 'Head', nickName: 'e' }), '/Users?attributes=title')]),
      );
      const response = resultsOf(answer)[0]?.['response'];
      assert.ok(isJsonObject(response));
      assert.deepEqual(Object.keys(response), ['schemas', 'id', 'title']);
    });

    it('give each operation the rights of the token and no more', async () => {
      const tenant = await app.open();
      const issued = await app.test().provider.admin.issueToken(tenant.tenant.id, { scopes: ['create'] });
      const headers = { authorization: `Bearer ${issued.text}` };
      const operations = [crew('a', 'bulkId:b'), crew('b', 'bulkId:a'), { method: 'DELETE', path: '/Groups/bulkId:a' }];
      const answer = await tenant.request({ method: 'POST', path: '/Bulk', body: bulk(operations), headers });
      assert.deepEqual(statusesOf(answer), ['201', '201', '403']);
    });

    it('count deviations as single requests do', async () => {
      const tenant = await app.open();
      const { provider, store } = app.test();
      await tenant.send('POST', '/Bulk', bulk([post('a', user('eva', { active: 'True' }))]));
      await provider.flush();
      const counted = await store.tenants.deviations(tenant.tenant.id);
      assert.deepEqual(
        counted.map(({ rule, count }) => [rule, count]),
        [['booleanAsText', 1]],
      );
    });

    it('are refused as a whole when they are none', async () => {
      const tenant = await app.open();
      assertRefusal(await tenant.send('POST', '/Bulk', {}), 400);
      assertRefusal(await tenant.send('POST', '/Bulk/1', bulk([crew('a')])), 404);
      assertRefusal(await tenant.send('GET', '/Bulk'), 405);
    });
  });

  describe('bulk requests to an app that refuses an action', () => {
    const app = testApp('zenvoices', openProvider);

    it('hear it per operation', async () => {
      const tenant = await app.open();
      const answer = await tenant.send('POST', '/Bulk', bulk([crew('a'), post('eva', user('eva'))]));
      const alone = await tenant.send('POST', '/Groups', group('a'));
      assert.equal(statusesOf(answer)[0], String(alone.status));
      assert.ok(alone.status >= 400);
      assert.deepEqual(resultsOf(answer)[0]?.['response'], alone.json);
    });
  });

  describe('the limits of bulk requests', () => {
    it('are told and kept', async () => {
      const test = await openProvider({ limits: { bulkOperationsMax: 2, bodyBytesMax: 2_000 } });
      const tenant = await test.open({ profile: 'generic' });
      const { json } = await tenant.send('GET', '/ServiceProviderConfig');
      assert.deepEqual(json['bulk'], { supported: true, maxOperations: 2, maxPayloadSize: 2_000 });
      const remove = { method: 'DELETE', path: '/Users/1' };
      assertRefusal(await tenant.send('POST', '/Bulk', bulk([remove, remove, remove])), 413, /2 operations/);
      assert.deepEqual(statusesOf(await tenant.send('POST', '/Bulk', bulk([remove, remove]))), ['404', '404']);
      assertRefusal(
        await tenant.send('POST', '/Bulk', bulk([{ ...remove, path: `/Users/${'x'.repeat(2_000)}` }])),
        413,
      );
      await test.close();
    });
  });
}
