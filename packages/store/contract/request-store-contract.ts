import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import type { RequestBatch, RequestQuery } from '../src/tenant/request-store.ts';
import { T0 } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

type Kept = RequestBatch['exchanges'][number];

/** The requests of SCIM clients that are kept. */
export function requestStoreContract(open: OpenStore): void {
  describe('requests of SCIM clients', () => {
    const store = storeForSuite(open);
    const newTenant = async (): Promise<string> => {
      const id = randomUUID();
      const fresh = { id, profile: 'generic', title: 'T', dialect: 'lenient', createdMs: T0 } as const;
      await store().tenants.createTenant({ ...fresh, allowedAddresses: [], settings: {} });
      return id;
    };
    const append = (id: string, exchanges: readonly Kept[], rest: Partial<RequestBatch> = {}): Promise<void> =>
      store().requests.append(id, { exchanges, dropped: 0, keep: 1_000, ...rest });
    const numbers = async (query: Omit<RequestQuery, 'limit'>): Promise<readonly number[]> =>
      (await store().requests.list({ ...query, limit: 1_000 })).map(({ number }) => number);

    it('are given back as they were, numbered without gaps by tenant, newest first', async () => {
      const [one, other] = [await newTenant(), await newTenant()];
      const full = exchange({
        scimType: 'invalidFilter',
        detail: 'no',
        deviations: ['dottedKey', 'memberAsText'],
        form: '{}',
      });
      await append(one, [full, exchange()]);
      await append(other, [exchange()]);
      await append(one, [exchange()]);
      assert.deepEqual(await numbers({ tenantId: one }), [3, 2, 1]);
      assert.deepEqual(await store().requests.find(one, 1), { ...full, number: 1 });
      assert.deepEqual(await store().requests.find(one, 2), { ...exchange(), number: 2 });
      assert.deepEqual(await numbers({ tenantId: other }), [1]);
      assert.equal(await store().requests.find(other, 2), undefined);
    });

    it('are many at once, also from several processes', async () => {
      const id = await newTenant();
      const batch = Array.from({ length: 95 }, () => exchange());
      await Promise.all([append(id, batch), append(id, batch), append(id, batch)]);
      assert.deepEqual(
        await numbers({ tenantId: id }),
        Array.from({ length: 285 }, (_, at) => 285 - at),
      );
    });

    it('are found by status, deviation, part of method and path, and time, page by page', async () => {
      const tenantId = await newTenant();
      await append(tenantId, [
        exchange({ path: '/Users?filter=a_b eq [Redact]' }),
        exchange({ method: 'PATCH', status: 204, deviations: ['booleanAsText'] }),
        exchange({ status: 404, atMs: T0 + 10 }),
        exchange({ status: 500, atMs: T0 + 20, deviations: ['dottedKey', 'booleanAsText'] }),
      ]);
      assert.deepEqual(await numbers({ tenantId, statusClass: 2 }), [2, 1]);
      assert.deepEqual(await numbers({ tenantId, statusClass: 5 }), [4]);
      assert.deepEqual(await numbers({ tenantId, isDeviating: true }), [4, 2]);
      assert.deepEqual(await numbers({ tenantId, deviation: 'booleanAsText' }), [4, 2]);
      assert.deepEqual(await numbers({ tenantId, deviation: 'dotted' }), []);
      assert.deepEqual(await numbers({ tenantId, search: 'patch /users' }), [2]);
      assert.deepEqual(await numbers({ tenantId, search: 'A_B' }), [1]);
      assert.deepEqual(await numbers({ tenantId, search: '_' }), [1], 'wildcards are taken literally');
      assert.deepEqual(await numbers({ tenantId, fromMs: T0 + 10, toMs: T0 + 20 }), [3]);
      assert.deepEqual(await numbers({ tenantId, before: 3 }), [2, 1]);
      assert.equal((await store().requests.list({ tenantId, limit: 2 })).length, 2);
    });

    it('go when a tenant has too many, when they are old, and with the tenant; what found no room is counted', async () => {
      const [tenantId, other] = [await newTenant(), await newTenant()];
      await append(tenantId, [exchange(), exchange(), exchange()], { keep: 2, dropped: 5 });
      await append(tenantId, [exchange({ atMs: T0 + 50 })], { keep: 2, dropped: 1 });
      await append(other, [exchange()]);
      assert.deepEqual(await numbers({ tenantId }), [4, 3]);
      assert.deepEqual(await store().requests.standing(tenantId), { kept: 2, dropped: 6 });
      assert.equal(await store().requests.prune(T0 + 50, 1), 1);
      assert.ok((await store().requests.prune(T0 + 50, 10_000)) >= 1);
      assert.deepEqual(await numbers({ tenantId }), [4]);
      assert.deepEqual(await numbers({ tenantId: other }), []);
      await store().tenants.deleteTenant(tenantId);
      assert.deepEqual(await numbers({ tenantId }), []);
      assert.deepEqual(await store().requests.standing(tenantId), { kept: 0, dropped: 0 });
    });

    it('of a tenant that is not there are not kept, and text no database takes is mended', async () => {
      await append('nobody', [exchange()]);
      assert.deepEqual(await numbers({ tenantId: 'nobody' }), []);
      const tenantId = await newTenant();
      await append(tenantId, [exchange({ path: '/a\0b', userAgent: 'x\ud800' })]);
      const found = await store().requests.find(tenantId, 1);
      assert.deepEqual([found?.path, found?.userAgent], ['/a\ufffdb', 'x\ufffd']);
    });
  });
}

function exchange(more: Partial<Kept> = {}): Kept {
  return {
    atMs: T0,
    durationMs: 3,
    method: 'GET',
    path: '/Users',
    status: 200,
    scimType: null,
    detail: null,
    tokenId: 't',
    tokenLabel: 'token',
    userAgent: null,
    address: '192.0.2.1',
    deviations: [],
    form: null,
    ...more,
  };
}
