import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Tenant } from '@lockstep/provider/ports';
import { openSqliteStore, type Store } from '@lockstep/store';
import { createUpkeep, FLUSH_EVERY_MS, PURGE_EVERY_MS, type UpkeepOptions } from './upkeep-service.ts';

const DAY_MS = 86_400_000;
const KEYS = {
  uniqueName: null,
  externalId: null,
  isExternalIdUnique: false,
  display: null,
  values: [],
  isActive: true,
};

/** A clock that is turned by hand: what is due is called back, and has ended when `turn` resolves. */
function turnedClock(): Pick<UpkeepOptions, 'nowMs' | 'after'> & { turn(ms: number): Promise<void> } {
  let now = Date.UTC(2026, 10, 2);
  const planned = new Set<{ readonly atMs: number; readonly callback: () => void }>();
  return {
    nowMs: () => now,
    after: (ms, callback) => {
      const one = { atMs: now + ms, callback };
      planned.add(one);
      return () => planned.delete(one);
    },
    turn: async (ms) => {
      now += ms;
      for (const due of [...planned].filter((one) => one.atMs <= now)) {
        planned.delete(due);
        due.callback();
      }
      for (let turns = 0; turns < 50; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

async function tenantWith(store: Store, id: string, deletedMs: readonly number[]): Promise<Tenant> {
  const tenant = await store.tenants.createTenant({
    id,
    profile: 'generic',
    title: id,
    dialect: 'lenient',
    allowedAddresses: [],
    settings: {},
    createdMs: 0,
  });
  const { realm } = tenant;
  const made = deletedMs.map(async (nowMs, at) => {
    const userId = `u${at}`;
    const added = { id: userId, type: 'User', text: `{"id":"${userId}"}`, keys: KEYS, isManaged: true, nowMs: 0 };
    await store.realms.insert(realm, added);
    await store.realms.remove(realm, { type: 'User', id: userId }, nowMs);
  });
  await Promise.all(made);
  return tenant;
}

async function isKept(store: Store, { realm }: Tenant, id: string): Promise<boolean> {
  return (await store.realms.restore(realm, { type: 'User', id }, 0)) !== undefined;
}

test('tombstones of every tenant are dropped when they are older than the setting says, and no others', async () => {
  const clock = turnedClock();
  const store = await openSqliteStore({ file: ':memory:', durability: 'normal' }, clock.nowMs());
  const start = clock.nowMs();
  const many = Array.from({ length: 1_203 }, () => start - 31 * DAY_MS);
  const first = await tenantWith(store, 'first', [...many, start - 29 * DAY_MS]);
  const second = await tenantWith(store, 'second', [start - 31 * DAY_MS, start]);
  const batches: number[] = [];
  const upkeep = createUpkeep({
    ...clock,
    tenants: store.tenants,
    realms: {
      purge: async (realm, beforeMs, limit) => {
        const dropped = await store.realms.purge(realm, beforeMs, limit);
        batches.push(dropped);
        return dropped;
      },
    },
    tombstoneRetentionDays: 30,
    flush: async () => undefined,
    report: (message, error) => assert.fail(`${message}: ${String(error)}`),
  });
  upkeep.start();
  await clock.turn(PURGE_EVERY_MS - 1);
  assert.deepEqual(batches, []);
  await clock.turn(1);
  assert.deepEqual(batches, [500, 500, 203, 1]);
  await clock.turn(PURGE_EVERY_MS);
  assert.deepEqual(batches.slice(4), [0, 0]);
  await upkeep.stop();
  await clock.turn(PURGE_EVERY_MS);
  assert.equal(batches.length, 6);
  assert.equal(await isKept(store, first, 'u0'), false);
  assert.equal(await isKept(store, first, 'u1203'), true);
  assert.equal(await isKept(store, second, 'u0'), false);
  assert.equal(await isKept(store, second, 'u1'), true);
  await store.close();
});

test('a retention of 0 days keeps tombstones for ever', async () => {
  const clock = turnedClock();
  const upkeep = createUpkeep({
    ...clock,
    tenants: { listTenants: async () => assert.fail('nobody asks for tenants') },
    realms: { purge: async () => assert.fail('nothing is dropped') },
    tombstoneRetentionDays: 0,
    flush: async () => undefined,
    report: (message, error) => assert.fail(`${message}: ${String(error)}`),
  });
  upkeep.start();
  await clock.turn(400 * DAY_MS);
  await upkeep.stop();
});

test('counters are written every ten seconds, one round after the other, and a failure is told and tried again', async () => {
  const clock = turnedClock();
  const told: string[] = [];
  let flushes = 0;
  let finish = (): void => undefined;
  const upkeep = createUpkeep({
    ...clock,
    tenants: { listTenants: async () => [] },
    realms: { purge: async () => 0 },
    tombstoneRetentionDays: 30,
    flush: () => {
      flushes += 1;
      if (flushes === 1) return Promise.reject(new Error('the disk is full'));
      return new Promise((resolve) => {
        finish = resolve;
      });
    },
    report: (message) => told.push(message),
  });
  upkeep.start();
  await clock.turn(FLUSH_EVERY_MS);
  assert.deepEqual([flushes, told], [1, ['the counters of deviations could not be written']]);
  await clock.turn(FLUSH_EVERY_MS);
  await clock.turn(FLUSH_EVERY_MS);
  assert.equal(flushes, 2, 'a round that has not ended is waited for');
  finish();
  await clock.turn(0);
  await clock.turn(FLUSH_EVERY_MS);
  assert.equal(flushes, 3);
  finish();
  await upkeep.stop();
  await clock.turn(FLUSH_EVERY_MS);
  assert.equal(flushes, 3);
});
