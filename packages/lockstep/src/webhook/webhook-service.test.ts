import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { ResourceKeys, Tenant } from '@lockstep/provider/ports';
import { openSqliteStore, type Store } from '@lockstep/store';
import { tempFolder } from '../../test/temp-folder.ts';
import { createFetch } from '../outgoing/create-fetch.ts';
import { readOutgoingRule } from '../outgoing/outgoing-rule.ts';
import { openKeyRing } from '../secrets/key-ring.ts';
import { createSecretBox } from '../secrets/secret-box.ts';
import { createWebhookService, RETRY_WAITS_MS, type WebhookService } from './webhook-service.ts';

interface Message {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  readonly type: string;
  readonly id: string;
}

interface World {
  readonly store: Store;
  readonly tenant: Tenant;
  readonly service: WebhookService;
  readonly clock: { nowMs: number };
  readonly url: string;
  /** What the receiver got, in order; it answers with what `status` says. */
  readonly got: Message[];
  readonly receiver: { status: number };
  readonly failures: unknown[];
  user(name: string): Promise<string>;
  setActive(id: string, isActive: boolean): Promise<void>;
}

async function open(t: TestContext, outgoing = 'open'): Promise<World> {
  const clock = { nowMs: Date.UTC(2026, 0, 1) };
  const store = await openSqliteStore({ file: ':memory:' }, clock.nowMs);
  const tenant = await store.tenants.createTenant({
    id: 'acme',
    profile: 'generic',
    title: 'Acme',
    dialect: 'lenient',
    allowedAddresses: [],
    settings: {},
    createdMs: clock.nowMs,
  });
  const got: Message[] = [];
  const receiver = { status: 204 };
  const server = createServer(async (message, response) => {
    let body = '';
    for await (const chunk of message) body += String(chunk);
    const event = JSON.parse(body) as { type: string; data: { id?: string } };
    const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
    got.push({ headers, body, type: event.type, id: event.data.id ?? '' });
    response.writeHead(receiver.status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const way = createFetch({ rule: readOutgoingRule(outgoing) });
  const failures: unknown[] = [];
  const service = createWebhookService({
    store,
    secrets: createSecretBox(openKeyRing(join(tempFolder(t), 'key'), { mayMake: true })),
    fetch: way.fetch,
    nowMs: () => clock.nowMs,
    newId: randomUUID,
    after: () => () => undefined,
    report: (_message, error) => failures.push(error),
  });
  t.after(async () => {
    await service.stop();
    await way.close();
    server.closeAllConnections();
    server.close();
    await store.close();
    assert.deepEqual(failures, []);
  });
  const keys = (isActive: boolean): ResourceKeys => ({
    uniqueName: null,
    externalId: null,
    isExternalIdUnique: false,
    display: null,
    values: [],
    isActive,
  });
  return {
    store,
    tenant,
    service,
    clock,
    got,
    receiver,
    failures,
    // A listening TCP server has an address of this kind.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    user: async (name) => {
      const id = randomUUID();
      const text = JSON.stringify({ id, userName: name });
      const { nowMs } = clock;
      await store.realms.insert(tenant.realm, { id, type: 'User', text, keys: keys(true), isManaged: true, nowMs });
      return id;
    },
    setActive: async (id, active) => {
      await store.realms.update(tenant.realm, { type: 'User', id }, () => ({
        text: JSON.stringify({ id, active }),
        keys: keys(active),
        nowMs: clock.nowMs,
      }));
    },
  };
}

test('an event is signed as Standard Webhooks asks for, and tells what happened', async (t) => {
  const world = await open(t);
  const { webhook, secret } = await world.service.add('acme', { url: world.url });
  assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
  assert.ok(!JSON.stringify(await world.store.webhooks.list('acme')).includes(secret));
  const id = await world.user('eva');
  await world.service.deliverDue();
  const [message] = world.got;
  assert.deepEqual(JSON.parse(message?.body ?? ''), {
    type: 'user.created',
    timestamp: '2026-01-01T00:00:00.000Z',
    data: { id, resourceType: 'User', resource: { id, userName: 'eva' } },
  });
  const { headers = {} } = message ?? {};
  assert.equal(headers['webhook-timestamp'], String(world.clock.nowMs / 1_000));
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${message?.body}`;
  const mac = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
    .update(signed)
    .digest('base64');
  assert.equal(headers['webhook-signature'], `v1,${mac}`);
  assert.equal((await world.store.webhooks.find('acme', webhook.id))?.position, 1);
});

test('an endpoint hears of everything after it was made, complete and in order, and of a deactivation by name', async (t) => {
  const world = await open(t);
  await world.user('before');
  await world.service.add('acme', { url: world.url });
  const ids: string[] = [];
  for (let number = 0; number < 120; number += 1) ids.push(await world.user(`user ${number}`));
  const [first = ''] = ids;
  await world.setActive(first, false);
  await world.store.realms.remove(world.tenant.realm, { type: 'User', id: first }, world.clock.nowMs);
  await world.service.deliverDue();
  assert.deepEqual(
    world.got.slice(0, 120).map((one) => one.id),
    ids,
  );
  assert.deepEqual(
    world.got.slice(120).map((one) => one.type),
    ['user.updated', 'user.deactivated', 'user.deleted'],
  );
  const numbers = world.got.map((one) => one.headers['webhook-id']);
  assert.equal(new Set(numbers).size, numbers.length);
});

test('a test is signed as events are, is no entry of the feed, and tells what the endpoint said', async (t) => {
  const world = await open(t);
  const { webhook, secret } = await world.service.add('acme', { url: world.url });
  await world.store.webhooks.setOn('acme', webhook.id, false);
  assert.equal(await world.service.sendTest(webhook), undefined);
  const [message] = world.got;
  assert.deepEqual(JSON.parse(message?.body ?? ''), {
    type: 'endpoint.test',
    timestamp: '2026-01-01T00:00:00.000Z',
    data: {},
  });
  const { headers = {} } = message ?? {};
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${message?.body}`;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  assert.equal(headers['webhook-signature'], `v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
  world.receiver.status = 500;
  assert.equal(await world.service.sendTest(webhook), 'the endpoint answered 500');
  assert.notEqual(world.got[1]?.headers['webhook-id'], headers['webhook-id']);
  const kept = await world.store.webhooks.find('acme', webhook.id);
  assert.deepEqual([kept?.position, kept?.attempts], [0, 0]);
});

test('an endpoint that is switched off is told nothing, and first of all what waited when it is on again', async (t) => {
  const world = await open(t);
  const { webhook } = await world.service.add('acme', { url: world.url });
  await world.store.webhooks.setOn('acme', webhook.id, false);
  const first = await world.user('a');
  await world.service.deliverDue();
  assert.equal(world.got.length, 0);
  await world.store.webhooks.setOn('acme', webhook.id, true);
  const second = await world.user('b');
  await world.service.deliverDue();
  assert.deepEqual(
    world.got.map((one) => one.id),
    [first, second],
  );
});

test('an endpoint may begin at the start of the feed, and several get the same', async (t) => {
  const world = await open(t);
  await world.user('a');
  await world.user('b');
  await world.service.add('acme', { url: world.url, after: 0 });
  await world.service.add('acme', { url: world.url, after: 1 });
  await world.service.deliverDue();
  assert.equal(world.got.length, 3);
});

test('the next event waits for the one before, which is tried again on the ladder and with the same id', async (t) => {
  const world = await open(t);
  await world.service.add('acme', { url: world.url });
  const [first, second] = [await world.user('a'), await world.user('b')];
  world.receiver.status = 503;
  await world.service.deliverDue();
  await world.service.deliverDue();
  assert.equal(world.got.length, 1);
  world.clock.nowMs += 4_999;
  await world.service.deliverDue();
  assert.equal(world.got.length, 1);
  world.clock.nowMs += 1;
  await world.service.deliverDue();
  assert.equal(world.got.length, 2);
  assert.match((await world.store.webhooks.list('acme'))[0]?.lastError ?? '', /503/);
  world.receiver.status = 200;
  world.clock.nowMs += 30_000;
  await world.service.deliverDue();
  assert.deepEqual(
    world.got.map((one) => one.id),
    [first, first, first, second],
  );
  assert.equal(new Set(world.got.slice(0, 3).map((one) => one.headers['webhook-id'])).size, 1);
});

test('after the last attempt an event is a dead letter, the rest goes on, and redelivery strikes it off', async (t) => {
  const world = await open(t);
  const { webhook } = await world.service.add('acme', { url: world.url });
  const first = await world.user('a');
  world.receiver.status = 302;
  for (const waitMs of [0, ...RETRY_WAITS_MS]) {
    world.clock.nowMs += waitMs;
    await world.service.deliverDue();
  }
  assert.equal(world.got.length, RETRY_WAITS_MS.length + 1);
  const [letter] = await world.store.webhooks.deadLetters(webhook.id, { after: 0, limit: 10 });
  assert.deepEqual([letter?.entry, letter?.attempts], [1, RETRY_WAITS_MS.length + 1]);
  world.receiver.status = 200;
  const second = await world.user('b');
  await world.service.deliverDue();
  assert.equal(world.got.at(-1)?.id, second);
  world.receiver.status = 500;
  assert.match((await world.service.redeliver(webhook, 1)) ?? '', /500/);
  world.receiver.status = 200;
  assert.equal(await world.service.redeliver(webhook, 1), undefined);
  assert.equal(world.got.at(-1)?.id, first);
  assert.deepEqual(await world.store.webhooks.deadLetters(webhook.id, { after: 0, limit: 10 }), []);
  await assert.rejects(world.service.redeliver(webhook, 1), /no dead letter/);
});

test('one endpoint that fails does not hold up another', async (t) => {
  const world = await open(t);
  await world.service.add('acme', { url: 'http://127.0.0.1:1/closed' });
  await world.service.add('acme', { url: world.url });
  await world.user('a');
  await world.service.deliverDue();
  assert.equal(world.got.length, 1);
});

test('two deliverers at once send each event once', async (t) => {
  const world = await open(t);
  await world.service.add('acme', { url: world.url });
  for (let number = 0; number < 10; number += 1) await world.user(`user ${number}`);
  await Promise.all([world.service.deliverDue(), world.service.deliverDue()]);
  assert.equal(world.got.length, 10);
});

test('events obey the address rules of the installation', async (t) => {
  const world = await open(t, 'public');
  await world.service.add('acme', { url: world.url });
  await world.user('a');
  await world.service.deliverDue();
  assert.equal(world.got.length, 0);
  assert.match((await world.store.webhooks.list('acme'))[0]?.lastError ?? '', /does not allow/);
});

test('an address that is none is refused', async (t) => {
  const world = await open(t);
  for (const url of ['', 'ftp://example.com', 'https://me:secret@example.com/', '/hook']) {
    await assert.rejects(world.service.add('acme', { url }), /give an http or https address/, url);
  }
  await assert.rejects(world.service.add('nobody', { url: world.url }), /no provider/);
});
