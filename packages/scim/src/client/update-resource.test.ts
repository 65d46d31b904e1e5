import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../json.ts';
import type { FetchRequest } from './fetch.ts';
import { createScimClient, type ScimClient } from './scim-client.ts';
import { TargetError } from './target-error.ts';
import { learnFeatures } from './target-features.ts';

const operations = [{ op: 'replace', path: { attribute: { name: 'title' } }, value: 'New' }] as const;
const view = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'eva', title: 'Old' };

type Answer = { readonly status: number; readonly body?: JsonObject };

function setUp(
  answer: (request: FetchRequest) => Answer,
  updateMethod: 'patch' | 'put' | 'auto' = 'auto',
): { readonly client: ScimClient; readonly sent: string[]; readonly bodies: JsonObject[] } {
  const sent: string[] = [];
  const bodies: JsonObject[] = [];
  const client = createScimClient({
    baseUrl: 'https://app.example/scim',
    token: 't',
    fetch: async (request) => {
      sent.push(`${request.method} ${request.url.slice('https://app.example/scim'.length)}`);
      if (request.body !== undefined) bodies.push(JSON.parse(request.body));
      const { status, body = {} } = answer(request);
      return { status, headers: new Headers(), text: JSON.stringify(body) };
    },
    clock: { nowMs: () => 0, wait: async () => undefined },
    random: () => 0,
    retry: { attemptsMax: 1 },
    updateMethod,
  });
  return { client, sent, bodies };
}

const config = (patch: boolean) => (request: FetchRequest) =>
  request.url.endsWith('/ServiceProviderConfig')
    ? { status: 200, body: { patch: { supported: patch } } }
    : { status: 200, body: { id: '1' } };

test('a target that says it has PATCH is patched, and asked once', async () => {
  const { client, sent } = setUp(config(true));
  await client.update('/Users', '1', { operations, view });
  await client.update('/Users', '1', { operations, view });
  assert.deepEqual(sent, ['GET /ServiceProviderConfig', 'PATCH /Users/1', 'PATCH /Users/1']);
});

test('a target that says it has no PATCH gets the last known state with the change by PUT', async () => {
  const { client, sent, bodies } = setUp(config(false));
  await client.update('/Users', '1', { operations, view });
  assert.deepEqual(sent, ['GET /ServiceProviderConfig', 'PUT /Users/1']);
  assert.deepEqual(bodies, [{ ...view, title: 'New', id: '1' }]);
});

test('a target that refuses PATCH as such gets PUT at once and from then on', async () => {
  for (const status of [405, 501]) {
    const { client, sent } = setUp(({ method }) => ({ status: method === 'PATCH' ? status : 200, body: { id: '1' } }));
    await client.update('/Users', '1', { operations, view });
    await client.update('/Users', '1', { operations, view });
    assert.deepEqual(sent.slice(1), ['PATCH /Users/1', 'PUT /Users/1', 'PUT /Users/1']);
  }
});

test('every other refusal of a PATCH stands, and a fixed method is not changed', async () => {
  const bad = setUp(({ method }) => ({ status: method === 'PATCH' ? 400 : 200, body: { id: '1' } }));
  await assert.rejects(bad.client.update('/Users', '1', { operations, view }), TargetError);
  const fixed = setUp(() => ({ status: 501 }), 'patch');
  await assert.rejects(fixed.client.update('/Users', '1', { operations, view }), TargetError);
  assert.deepEqual(fixed.sent, ['PATCH /Users/1']);
});

test('a target whose configuration cannot be read is patched', async () => {
  const { client, sent } = setUp(({ url }) =>
    url.endsWith('/ServiceProviderConfig') ? { status: 500 } : { status: 200, body: { id: '1' } },
  );
  await client.update('/Users', '1', { operations, view });
  assert.deepEqual(sent, ['GET /ServiceProviderConfig', 'PATCH /Users/1']);
});

test('a group is read before a PUT, so that its members stay', async () => {
  const members = [{ value: 'a' }, { value: 'b' }];
  const { client, sent, bodies } = setUp(
    () => ({ status: 200, body: { id: 'g', displayName: 'Old', members } }),
    'put',
  );
  const rename = [{ op: 'replace', path: { attribute: { name: 'displayName' } }, value: 'New' }] as const;
  await client.update('/Groups', 'g', { operations: rename, view: { displayName: 'Old' } });
  assert.deepEqual(sent, ['GET /Groups/g', 'PUT /Groups/g']);
  assert.deepEqual([bodies[0]?.['displayName'], bodies[0]?.['members']], ['New', members]);
});

test('an account that is gone before a PUT is not found', async () => {
  const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '404' };
  const { client } = setUp(() => ({ status: 404, body }), 'put');
  await assert.rejects(
    client.update('/Users', '1', { operations }),
    (error) => error instanceof TargetError && error.category === 'notFound',
  );
});

test('features that are not told are those of most targets, and the administrator knows better', () => {
  const plain = { patch: true, filter: true, bulk: false, sort: false, etag: false, changePassword: false };
  assert.deepEqual(learnFeatures(undefined), plain);
  assert.deepEqual(learnFeatures({ patch: 'yes', filter: { supported: 7, maxResults: -1 }, bulk: null }), plain);
  const told = {
    patch: { supported: 'False' },
    filter: { supported: true, maxResults: 200 },
    bulk: { supported: true, maxOperations: 1000, maxPayloadSize: 1_048_576 },
    sort: { supported: true },
    etag: { supported: 'true' },
  };
  const learnt = {
    ...plain,
    ...{ patch: false, filterMaxResults: 200, bulk: true, bulkMaxOperations: 1000, bulkMaxPayloadSize: 1_048_576 },
    ...{ sort: true, etag: true },
  };
  assert.deepEqual(learnFeatures(told), learnt);
  assert.deepEqual(learnFeatures(told, { patch: true, bulk: false }), { ...learnt, patch: true, bulk: false });
});

test('clients of one target share what one of them has learnt', async () => {
  const learnt = {};
  const asked: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const client = createScimClient({
      baseUrl: 'https://app.example/scim',
      token: 't',
      fetch: async ({ method }) => {
        asked.push(method);
        return { status: method === 'PATCH' ? 501 : 200, headers: new Headers(), text: '{"id":"1"}' };
      },
      clock: { nowMs: () => 0, wait: async () => undefined },
      random: () => 0,
      updateMethod: 'auto',
      learnt,
    });
    await client.update('/Users', '1', { operations, view });
  }
  assert.deepEqual(asked, ['GET', 'PATCH', 'PUT', 'PUT', 'PUT']);
});
