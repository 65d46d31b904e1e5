import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { type TestContext, test } from 'node:test';
import { type FetchRequest, TransportError } from '@lockstep/scim/client';
import { createFetch, type OutgoingFetch, type OutgoingOptions } from './create-fetch.ts';
import { readOutgoingRule } from './outgoing-rule.ts';
import table from './vectors/outgoing-rule.json' with { type: 'json' };

for (const row of table) {
  const verb = row.isAllowed ? 'allows' : 'refuses';
  test(`outgoing = ${row.setting} ${verb} ${row.host} at ${row.address}`, () => {
    assert.equal(readOutgoingRule(row.setting).refusal(row.host, row.address) === undefined, row.isAllowed);
  });
}

test('an entry that is neither range nor name is refused with itself', () => {
  assert.throws(() => readOutgoingRule('10.0.0.0/8, what?'), /outgoing: "what\?" is neither/);
  assert.throws(() => readOutgoingRule('10/8'), /outgoing: "10\/8" is neither/);
});

async function serve(t: TestContext, listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function open(t: TestContext, options: Partial<OutgoingOptions> = {}): OutgoingFetch {
  const outgoing = createFetch({ rule: readOutgoingRule('open'), ...options });
  t.after(() => outgoing.close());
  return outgoing;
}

function ask(url: string, more: Partial<FetchRequest> = {}): FetchRequest {
  return { method: 'GET', url, headers: {}, timeoutMs: 5_000, ...more };
}

function failure(kind: string, sent: 'no' | 'maybe') {
  return (error: unknown): boolean => error instanceof TransportError && error.kind === kind && error.sent === sent;
}

test('an answer comes whole, whatever its status, and redirects are not followed', async (t) => {
  const port = await serve(t, (message, response) => {
    response.writeHead(302, { location: '/elsewhere', 'x-method': message.method });
    response.end('Grüße');
  });
  const answer = await open(t).fetch(ask(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' }));
  assert.equal(answer.status, 302);
  assert.equal(answer.text, 'Grüße');
  assert.equal(answer.headers.get('X-Method'), 'POST');
  assert.equal(answer.headers.get('x-none'), null);
});

test('a connection that never opened sent nothing', async (t) => {
  const { fetch } = open(t);
  await assert.rejects(fetch(ask('http://127.0.0.1:1/', { method: 'POST', body: '{}' })), failure('connection', 'no'));
  await assert.rejects(fetch(ask('http://no-such-host.invalid/')), failure('connection', 'no'));
});

test('a connection that breaks after the request may have carried it out', async (t) => {
  const port = await serve(t, (message) => {
    message.socket.destroy();
  });
  await assert.rejects(
    open(t).fetch(ask(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' })),
    failure('connection', 'maybe'),
  );
});

test('the deadline holds for the whole exchange, a trickling answer included', async (t) => {
  const port = await serve(t, (_message, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('.'), 5);
    response.on('close', () => clearInterval(timer));
  });
  await assert.rejects(open(t).fetch(ask(`http://127.0.0.1:${port}/`, { timeoutMs: 60 })), failure('timeout', 'maybe'));
});

test('an answer above the limit is given up', async (t) => {
  const port = await serve(t, (_message, response) => {
    response.end('x'.repeat(100_000));
  });
  const { fetch } = open(t, { responseBytesMax: 1_000 });
  await assert.rejects(fetch(ask(`http://127.0.0.1:${port}/`)), failure('connection', 'maybe'));
});

test('an address that the rule forbids is never connected to, by number or by name', async (t) => {
  let requests = 0;
  const port = await serve(t, (_message, response) => {
    requests += 1;
    response.end();
  });
  const { fetch } = open(t, { rule: readOutgoingRule('public') });
  await assert.rejects(fetch(ask(`http://127.0.0.1:${port}/`)), failure('refused-address', 'no'));
  await assert.rejects(fetch(ask(`http://localhost:${port}/`)), failure('refused-address', 'no'));
  await assert.rejects(fetch(ask('http://169.254.169.254/latest/meta-data/')), failure('refused-address', 'no'));
  await assert.rejects(fetch(ask('http://[::ffff:169.254.169.254]/')), failure('refused-address', 'no'));
  // The URL parser turns other spellings of an IPv4 address into the usual one.
  await assert.rejects(fetch(ask('http://0xa9fea9fe/')), failure('refused-address', 'no'));
  assert.equal(requests, 0);
});

test('connections are kept for the next request', async (t) => {
  const ports = new Set<number | undefined>();
  const port = await serve(t, (message, response) => {
    ports.add(message.socket.remotePort);
    response.end();
  });
  const { fetch } = open(t);
  for (let at = 0; at < 20; at += 1) await fetch(ask(`http://127.0.0.1:${port}/`));
  // A request may come before the connection of the one before it is free again; then there are two.
  assert.ok(ports.size <= 2, `${ports.size} connections for 20 requests`);
});
