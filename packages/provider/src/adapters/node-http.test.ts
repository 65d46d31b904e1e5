import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { fillCrowd } from '../../../store/contract/fill-crowd.ts';
import { openTestProvider, type TestProvider, type TestTenant } from '../../contract/open-test-provider.ts';
import { user } from '../../contract/sample-bodies.ts';
import { createFetchHandler } from '../scim-handler.ts';
import { nodeHttpHandler } from './node-http.ts';

describe('the adapter for node:http', () => {
  let test: TestProvider;
  let tenant: TestTenant;
  const server = createServer();
  let origin = '';
  before(async () => {
    test = await openTestProvider();
    tenant = await test.open({ profile: 'generic', allowedAddresses: ['127.0.0.1', '::1'] });
    server.on('request', nodeHttpHandler(test.provider, { bodyTimeoutMs: 60 }));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    // A listening TCP server has an address of this kind.
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    assert.deepEqual(test.failures, []);
    server.closeAllConnections();
    server.close();
    await test.close();
  });

  const headers = (): Record<string, string> => ({
    authorization: `Bearer ${tenant.token}`,
    'content-type': 'application/scim+json',
  });

  it('serves a tenant over HTTP, with addresses of its own and lengths in bytes', async () => {
    const body = JSON.stringify(user('žofie'));
    const made = await fetch(`${origin}${tenant.basePath}/Users`, { method: 'POST', headers: headers(), body });
    assert.equal(made.status, 201);
    const text = await made.text();
    assert.equal(made.headers.get('content-length'), String(Buffer.byteLength(text)));
    const location = made.headers.get('location') ?? '';
    assert.ok(location.startsWith(`${origin}${tenant.basePath}/Users/`));
    assert.equal(await (await fetch(location, { headers: headers() })).text(), text);
    const gone = await fetch(location, { method: 'DELETE', headers: headers() });
    assert.deepEqual([gone.status, gone.headers.get('content-length')], [204, null]);
  });

  it('refuses a body of 16 MB that is announced before it has come', async () => {
    const message = await send({ ...headers(), 'content-length': String(16 * 1_024 * 1_024) }, ['{']);
    assert.equal(message.statusCode, 413);
  });

  it('refuses a body of 16 MB that comes in pieces', async () => {
    const pieces = Array.from({ length: 16 }, () => 'x'.repeat(1_024 * 1_024));
    const message = await send({ ...headers(), 'transfer-encoding': 'chunked' }, pieces);
    assert.equal(message.statusCode, 413);
  });

  it('gives up on a body that does not come', async () => {
    const message = await send({ ...headers(), 'content-length': '100' }, ['{']);
    assert.equal(message.statusCode, 408);
  });

  it('takes a body with a byte order mark in front', async () => {
    const body = `\ufeff${JSON.stringify(user('marked'))}`;
    const made = await fetch(`${origin}${tenant.basePath}/Users`, { method: 'POST', headers: headers(), body });
    assert.equal(made.status, 201, await made.text());
  });

  it('sends a group of more members than are held at a time in parts, also through Fetch, and survives who hangs up', async () => {
    const ids = await fillCrowd(test.store, tenant.tenant.realm, 5_101);
    const keys = { uniqueName: 'crowd', externalId: null, isExternalIdUnique: false, display: null, values: [] };
    await test.store.realms.insert(tenant.tenant.realm, {
      id: 'crowd',
      type: 'Group',
      text: '{"id":"crowd","displayName":"crowd"}',
      keys: { ...keys, isActive: true },
      isManaged: true,
      memberIds: ids,
      nowMs: test.clock.nowMs,
    });
    const path = `${origin}${tenant.basePath}/Groups/crowd`;
    const fetched = createFetchHandler(test.provider);
    for (const answer of [
      await fetch(path, { headers: headers() }),
      await fetched(new Request(path, { headers: headers() }), { remoteAddress: '127.0.0.1' }),
    ]) {
      assert.equal(answer.headers.get('content-length'), null);
      const { members } = (await answer.json()) as { readonly members: readonly unknown[] };
      assert.equal(members.length, 5_101);
    }
    const hangingUp = new AbortController();
    await fetch(path, { headers: headers(), signal: hangingUp.signal });
    hangingUp.abort();
    const cancelled = await fetched(new Request(path, { headers: headers() }), { remoteAddress: '127.0.0.1' });
    await cancelled.body?.cancel();
  });

  it('goes on serving', async () => {
    assert.equal((await fetch(`${origin}${tenant.basePath}/Users`, { headers: headers() })).status, 200);
  });

  /** Sends a body that may stay unfinished and gives the head of the answer. */
  async function send(sent: Record<string, string>, pieces: readonly string[]): Promise<IncomingMessage> {
    const outgoing = httpRequest(`${origin}${tenant.basePath}/Users`, { method: 'POST', headers: sent });
    // The server may close before everything is written: its answer is what counts.
    outgoing.on('error', () => undefined);
    const answered = once(outgoing, 'response');
    for (const piece of pieces) outgoing.write(piece);
    if (sent['transfer-encoding'] !== undefined) outgoing.end();
    const [message] = (await answered) as [IncomingMessage];
    message.resume();
    outgoing.destroy();
    return message;
  }
});
