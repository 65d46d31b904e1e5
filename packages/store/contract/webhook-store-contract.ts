import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import type { Store } from '../src/open-store.ts';
import { newUser, T0 } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

/** Endpoints of webhooks, and the clients of tenants with their access tokens. */
export function webhookStoreContract(open: OpenStore): void {
  describe('webhooks', () => {
    const store = storeForSuite(open);

    it('is due when its feed has more, at its time, and for one deliverer only', async () => {
      const { id, tenantId } = await endpoint(store());
      const due = async (nowMs: number): Promise<boolean> =>
        (await store().webhooks.due(nowMs, 1_000)).some((one) => one.id === id);
      assert.equal(await due(T0), false);
      await addUser(store(), tenantId);
      assert.equal(await due(T0), true);
      const claims = await Promise.all(Array.from({ length: 10 }, () => store().webhooks.claim(id, T0, T0 + 100)));
      assert.equal(claims.filter((one) => one !== undefined).length, 1);
      assert.equal(await due(T0), false);
      assert.equal(await due(T0 + 100), true);
      await store().webhooks.release(id);
      await store().webhooks.postpone(id, { entry: 1, attempts: 3, error: 'no' }, T0 + 500);
      assert.deepEqual([await due(T0 + 499), await due(T0 + 500)], [false, true]);
      const kept = await store().webhooks.find(tenantId, id);
      assert.deepEqual([kept?.attempts, kept?.lastError], [3, 'no']);
    });

    it('is told nothing while it is switched off, and is due again where it was when it is on', async () => {
      const { id, tenantId } = await endpoint(store());
      const other = await endpoint(store());
      await addUser(store(), tenantId);
      const due = async (): Promise<boolean> => (await store().webhooks.due(T0, 1_000)).some((one) => one.id === id);
      assert.equal((await store().webhooks.find(tenantId, id))?.isOn, true);
      await store().webhooks.postpone(id, { entry: 1, attempts: 3, error: 'no' }, T0 + 500);
      assert.equal(await store().webhooks.setOn(other.tenantId, id, false), false, 'another tenant has no say');
      assert.equal(await store().webhooks.setOn(tenantId, id, false), true);
      assert.deepEqual([await due(), await store().webhooks.claim(id, T0 + 500, T0 + 600)], [false, undefined]);
      assert.equal((await store().webhooks.find(tenantId, id))?.isOn, false);
      await store().webhooks.setOn(tenantId, id, true);
      assert.equal(await due(), true);
      assert.equal((await store().webhooks.find(tenantId, id))?.position, 0);
      await store().webhooks.setOn(tenantId, id, false);
      assert.equal(await store().webhooks.move(id, 1, 0), false, 'what was under way counts, and nothing follows it');
      assert.equal((await store().webhooks.find(tenantId, id))?.position, 1);
    });

    it('moves forward only, and buries an entry once', async () => {
      const { id, tenantId } = await endpoint(store());
      assert.equal(await store().webhooks.move(id, 2, 0), true);
      assert.equal(await store().webhooks.move(id, 2, 0), false);
      assert.equal(await store().webhooks.move(id, 1, 0), false);
      await store().webhooks.bury(id, { entry: 3, attempts: 9, error: 'no' }, T0);
      await store().webhooks.bury(id, { entry: 3, attempts: 9, error: 'no' }, T0);
      assert.equal((await store().webhooks.find(tenantId, id))?.position, 3);
      const letters = await store().webhooks.deadLetters(id, { after: 0, limit: 10 });
      assert.deepEqual(letters, [{ entry: 3, deadMs: T0, attempts: 9, error: 'no' }]);
      assert.deepEqual(await store().webhooks.deadLetters(id, { after: 3, limit: 10 }), []);
      assert.equal(await store().webhooks.removeDeadLetter(id, 3), true);
      assert.equal(await store().webhooks.removeDeadLetter(id, 3), false);
    });

    it('is found and removed in its own tenant only, and goes with it', async () => {
      const [one, other] = [await endpoint(store()), await endpoint(store())];
      assert.equal(await store().webhooks.find(other.tenantId, one.id), undefined);
      assert.equal(await store().webhooks.remove(other.tenantId, one.id), false);
      assert.equal((await store().webhooks.list(one.tenantId)).length, 1);
      assert.equal(await store().webhooks.remove(one.tenantId, one.id), true);
      await store().webhooks.bury(other.id, { entry: 1, attempts: 9, error: 'no' }, T0);
      assert.equal(await store().tenants.deleteTenant(other.tenantId), true);
      assert.deepEqual(await store().webhooks.deadLetters(other.id, { after: 0, limit: 10 }), []);
    });
  });

  describe('clients', () => {
    const store = storeForSuite(open);

    it('are kept by hash, and their access tokens go with them or when they have expired', async () => {
      const tenantId = await tenant(store());
      const client = {
        id: randomUUID(),
        tenantId,
        hash: 'hash',
        label: 'Gallery',
        scopes: ['read', 'delete'] as const,
        createdMs: T0,
        expiresMs: null,
      };
      await store().tenants.addClient(client);
      assert.deepEqual(await store().tenants.findClient(client.id), { ...client, lastUsedMs: null });
      const token = (createdMs: number) => ({
        id: randomUUID(),
        tenantId,
        clientId: client.id,
        hash: randomUUID(),
        label: 'Gallery',
        scopes: ['read'] as const,
        createdMs,
        expiresMs: createdMs + 10,
      });
      const [first, second] = [token(T0), token(T0 + 10)];
      assert.equal(await store().tenants.addAccessToken(first), true);
      assert.equal((await store().tenants.findToken(first.id))?.clientId, client.id);
      assert.equal(await store().tenants.addAccessToken(second), true);
      assert.equal(await store().tenants.findToken(first.id), undefined);
      assert.deepEqual(await store().tenants.listTokens(tenantId), []);
      assert.equal((await store().tenants.listClients(tenantId))[0]?.lastUsedMs, T0 + 10);
      assert.equal(await store().tenants.removeClient('another', client.id), false);
      assert.equal(await store().tenants.removeClient(tenantId, client.id), true);
      assert.equal(await store().tenants.findToken(second.id), undefined);
      assert.equal(await store().tenants.addAccessToken(token(T0 + 20)), false);
    });
  });
}

async function tenant(store: Store): Promise<string> {
  const made = await store.tenants.createTenant({
    id: randomUUID(),
    profile: 'generic',
    title: 'Lumen Works',
    dialect: 'lenient',
    allowedAddresses: [],
    settings: {},
    createdMs: T0,
  });
  return made.id;
}

async function endpoint(store: Store): Promise<{ readonly id: string; readonly tenantId: string }> {
  const [id, tenantId] = [randomUUID(), await tenant(store)];
  const url = 'https://app.example/hook';
  await store.webhooks.add({ id, tenantId, url, sealedSecret: 'sealed', createdMs: T0, position: 0 });
  return { id, tenantId };
}

async function addUser(store: Store, tenantId: string): Promise<void> {
  const found = await store.tenants.findTenant(tenantId);
  await store.realms.insert(found?.realm ?? 0, newUser({ userName: randomUUID() }));
}
