import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { serve } from '@hono/node-server';
import { isJsonObject, type JsonObject } from '@lockstep/scim';
import { start as startExpress } from '../examples/express/server.ts';
import { start as startFastify } from '../examples/fastify/server.ts';
import { start as startHono } from '../examples/hono/server.ts';
import type { Accounts } from '../examples/my-app.ts';
import { start as startNodeHttp } from '../examples/node-http/server.ts';

type Send = (request: Request) => Promise<Response>;

interface App {
  readonly origin: string;
  readonly token: string | undefined;
  readonly accounts: Accounts;
  readonly send: Send;
}

async function jsonOf(answer: Response): Promise<JsonObject> {
  const value: unknown = await answer.json();
  assert.ok(isJsonObject(value));
  return value;
}

/** What every mount has to do: create, read, patch, refuse, and leave the rest of the app alone. */
async function walk({ origin, token, accounts, send }: App): Promise<void> {
  const base = `${origin}/scim/v2/acme`;
  const call = (method: string, path: string, body?: unknown): Promise<Response> =>
    send(
      new Request(`${base}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  const made = await call('POST', '/Users', { userName: 'žofie@example.com', active: true });
  assert.equal(made.status, 201);
  const user = await jsonOf(made);
  const id = String(user['id']);
  assert.equal(made.headers.get('location'), `${base}/Users/${id}`);
  assert.deepEqual(accounts.get(id), { name: 'žofie@example.com', isActive: true });
  assert.deepEqual(await jsonOf(await call('GET', `/Users/${id}`)), user);
  const found = await call('GET', `/Users?filter=${encodeURIComponent('userName eq "žofie@example.com"')}`);
  assert.equal((await jsonOf(found))['totalResults'], 1);
  const off = { Operations: [{ op: 'replace', path: 'active', value: false }] };
  assert.equal((await call('PATCH', `/Users/${id}`, off)).status, 204);
  assert.equal(accounts.get(id)?.isActive, false);
  const refused = await call('POST', '/Users', { userName: 'root@example.com' });
  assert.deepEqual([refused.status, (await jsonOf(refused))['detail']], [403, 'root@example.com is reserved']);
  const large = await call('POST', '/Users', { userName: 'x'.repeat(2_000_000) });
  assert.deepEqual([large.status, (await jsonOf(large))['status']], [413, '413']);
  const nobody = await send(new Request(`${base}/Users`));
  assert.deepEqual([nobody.status, nobody.headers.get('content-type')], [401, 'application/scim+json']);
  assert.equal((await call('DELETE', `/Users/${id}`)).status, 204);
  assert.equal(accounts.size, 0);
}

async function listen(t: TestContext, server: Server): Promise<string> {
  if (!server.listening) server.listen(0, '127.0.0.1');
  if (!server.listening) await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  // A listening TCP server has an address of this kind.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function homeOf(origin: string): Promise<string> {
  return (await fetch(`${origin}/`)).text();
}

test('the example on node:http', async (t) => {
  const accounts: Accounts = new Map();
  const { server, token, close } = await startNodeHttp(':memory:', accounts);
  t.after(close);
  const origin = await listen(t, server);
  await walk({ origin, token, accounts, send: fetch });
  assert.equal(await homeOf(origin), '0 accounts\n');
});

test('the example on Express', async (t) => {
  const accounts: Accounts = new Map();
  const { app, token, close } = await startExpress(':memory:', accounts);
  t.after(close);
  const origin = await listen(t, app.listen(0, '127.0.0.1'));
  await walk({ origin, token, accounts, send: fetch });
  assert.equal(await homeOf(origin), '0 accounts\n');
});

test('the example on Fastify', async (t) => {
  const accounts: Accounts = new Map();
  const { app, token, close } = await startFastify(':memory:', accounts);
  t.after(close);
  t.after(() => app.close());
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  await walk({ origin, token, accounts, send: fetch });
  assert.equal(await homeOf(origin), '0 accounts\n');
});

test('the example on Hono', async (t) => {
  const accounts: Accounts = new Map();
  const { app, token, close } = await startHono(':memory:', accounts);
  t.after(close);
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1', overrideGlobalObjects: false });
  // Without options for HTTP/2 it is a server of `node:http`.
  const origin = await listen(t, server as Server);
  await walk({ origin, token, accounts, send: fetch });
  assert.equal(await homeOf(origin), '0 accounts\n');
});

test('the example for route files of Next', async () => {
  process.env['SCIM_DATABASE'] = ':memory:';
  const { accounts, openTenant } = await import('../examples/next/scim.ts');
  const route = await import('../examples/next/app/scim/v2/[...path]/route.ts');
  const methods: Readonly<Record<string, Send>> = {
    GET: route.GET,
    POST: route.POST,
    PUT: route.PUT,
    PATCH: route.PATCH,
    DELETE: route.DELETE,
  };
  const token = await openTenant('acme', 'Acme');
  assert.equal(await openTenant('acme', 'Acme'), undefined);
  const send: Send = (request) => methods[request.method]?.(request) ?? Promise.reject(new Error(request.method));
  await walk({ origin: 'https://app.example', token, accounts, send });
});
