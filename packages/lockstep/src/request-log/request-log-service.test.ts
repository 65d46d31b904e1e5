import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { ObservedExchange, RequestLogMode } from '@lockstep/provider/ports';
import { openSqliteStore, type Store } from '@lockstep/store';
import {
  createRequestLog,
  type RequestLogOptions,
  type RequestLogService,
  WAITING_MAX,
} from './request-log-service.ts';

const T0 = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;

interface Open {
  readonly store: Store;
  readonly log: RequestLogService;
  readonly reported: readonly string[];
  readonly numbers: (tenantId: string) => Promise<readonly number[]>;
}

async function open(t: TestContext, options: Partial<RequestLogOptions> = {}): Promise<Open> {
  const store = await openSqliteStore({ file: ':memory:' }, T0);
  t.after(() => store.close());
  const reported: string[] = [];
  const log = createRequestLog({
    requests: store.requests,
    tenants: store.tenants,
    mode: 'problems',
    retentionDays: 2,
    keep: 10_000,
    nowMs: () => T0,
    report: (message) => reported.push(message),
    ...options,
  });
  const numbers = async (tenantId: string): Promise<readonly number[]> =>
    (await store.requests.list({ tenantId, limit: 100_000 })).map(({ number }) => number);
  return { store, log, reported, numbers };
}

async function addTenant(store: Store, id: string, requestLog?: RequestLogMode): Promise<void> {
  const settings = requestLog === undefined ? {} : { requestLog };
  const rest = { profile: 'generic', title: id, dialect: 'lenient', allowedAddresses: [], createdMs: T0 } as const;
  await store.tenants.createTenant({ id, settings, ...rest });
}

function exchange(tenantId: string, more: Partial<ObservedExchange> = {}): ObservedExchange {
  const nothing = { scimType: null, detail: null, tokenId: null, tokenLabel: null, userAgent: null, form: null };
  return {
    tenantId,
    atMs: T0,
    durationMs: 1,
    method: 'GET',
    path: '/Users',
    status: 400,
    address: '192.0.2.1',
    deviations: [],
    isAtDoor: false,
    ...nothing,
    ...more,
  };
}

test('requests wait in memory until they are written, each with its tenant', async (t) => {
  const { store, log, numbers } = await open(t);
  await addTenant(store, 'a');
  await addTenant(store, 'b');
  for (const id of ['a', 'b', 'a', 'gone']) log.note(exchange(id));
  assert.deepEqual(await numbers('a'), []);
  await log.flush();
  assert.deepEqual([await numbers('a'), await numbers('b')], [[2, 1], [1]]);
  assert.deepEqual([log.dropped(), await store.requests.standing('a')], [0, { kept: 2, dropped: 0 }]);
});

test('who was refused at the door is kept only where the tenant wants it', async (t) => {
  const { store, log, numbers } = await open(t);
  await addTenant(store, 'quiet', 'off');
  await addTenant(store, 'open');
  for (const id of ['quiet', 'open']) log.note(exchange(id, { isAtDoor: true, status: 401 }));
  await log.flush();
  assert.deepEqual([await numbers('quiet'), await numbers('open')], [[], [1]]);
});

test('a burst is written before memory is full, and what finds no room is counted and told', async (t) => {
  const { store, log, numbers } = await open(t, { keep: 100_000 });
  for (const id of ['a', 'b', 'c', 'd']) await addTenant(store, id);
  for (let number = 0; number < 500; number += 1) log.note(exchange('a'));
  await log.flush();
  assert.equal((await numbers('a')).length, 500);
  // A turn of the event loop in which nothing can be written.
  for (const id of ['b', 'c', 'd']) for (let number = 0; number < 3_000; number += 1) log.note(exchange(id));
  await log.flush();
  const kept = await Promise.all(['b', 'c', 'd'].map(async (id) => (await numbers(id)).length));
  const dropped = await Promise.all(['b', 'c', 'd'].map(async (id) => (await store.requests.standing(id)).dropped));
  assert.deepEqual(
    kept.map((count, at) => count + (dropped[at] ?? 0)),
    [3_000, 3_000, 3_000],
  );
  assert.ok(kept.reduce((sum, count) => sum + count) <= WAITING_MAX + 1_000, String(kept));
  assert.equal(
    log.dropped(),
    dropped.reduce((sum, count) => sum + count, 0),
  );
});

test('addresses of tenants that are not there take no room', async (t) => {
  const { store, log, numbers } = await open(t);
  await addTenant(store, 'a');
  log.note(exchange('a'));
  for (let number = 0; number < 3_000; number += 1) log.note(exchange(`made-up-${number}`, { isAtDoor: true }));
  await log.flush();
  assert.deepEqual(await numbers('a'), [1]);
  log.note(exchange('a'));
  await log.flush();
  assert.deepEqual(await numbers('a'), [2, 1]);
});

test('what cannot be written is counted as dropped, and reported', async (t) => {
  const { log, reported } = await open(t, {
    requests: (await openClosedStore()).requests,
  });
  log.note(exchange('a'));
  await log.flush();
  assert.deepEqual([log.dropped(), reported.length], [1, 1]);
});

async function openClosedStore(): Promise<Store> {
  const store = await openSqliteStore({ file: ':memory:' }, T0);
  await store.close();
  return store;
}

test('old requests go with the retention, and stay without one', async (t) => {
  const parts = await open(t);
  await addTenant(parts.store, 'a');
  for (const days of [5, 3, 1]) parts.log.note(exchange('a', { atMs: T0 - days * DAY_MS }));
  await parts.log.flush();
  const { requests, tenants } = parts.store;
  const forEver = createRequestLog({
    requests,
    tenants,
    mode: 'all',
    retentionDays: 0,
    keep: 10,
    nowMs: () => T0,
    report: () => undefined,
  });
  await forEver.prune(new AbortController().signal);
  assert.deepEqual(await parts.numbers('a'), [3, 2, 1]);
  await parts.log.prune(new AbortController().signal);
  assert.deepEqual(await parts.numbers('a'), [3]);
});
