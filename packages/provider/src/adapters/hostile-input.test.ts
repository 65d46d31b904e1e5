import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { openTestProvider, type TestProvider, type TestTenant } from '../../contract/open-test-provider.ts';
import { patch, user } from '../../contract/sample-bodies.ts';
import { nodeHttpHandler } from './node-http.ts';

/** Far above what it takes on a slow machine, far below what a blow-up would take. */
const FAST_MS = 500;
const BODY_TIMEOUT_MS = 60;

describe('hostile requests over a socket are answered with 4xx, fast, and the process goes on', () => {
  let test: TestProvider;
  let tenant: TestTenant;
  let port = 0;
  const server = createServer();
  before(async () => {
    test = await openTestProvider();
    tenant = await test.open({ profile: 'generic' });
    server.on('request', nodeHttpHandler(test.provider, { bodyTimeoutMs: BODY_TIMEOUT_MS }));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    // A listening TCP server has an address of this kind.
    port = (server.address() as AddressInfo).port;
  });
  after(async () => {
    assert.deepEqual(test.failures, []);
    assert.equal((await tenant.send('GET', '/Users')).status, 200);
    server.closeAllConnections();
    server.close();
    await test.close();
  });

  /** Writes raw bytes and gives the status line of what comes back. */
  async function raw(head: string, pieces: readonly string[] = []): Promise<number> {
    const socket = connect(port, '127.0.0.1');
    // The server may end a connection whose request it refused; the answer counts.
    socket.on('error', () => undefined);
    const answered = once(socket, 'data');
    socket.write(head);
    for (const piece of pieces) socket.write(piece);
    const [bytes] = (await answered) as [Buffer];
    socket.destroy();
    return Number(String(bytes).split(' ')[1]);
  }

  const head = (method: string, path: string, lines: readonly string[] = []): string =>
    [
      `${method} ${tenant.basePath}${path} HTTP/1.1`,
      'host: scim.example.org',
      `authorization: Bearer ${tenant.token}`,
      'content-type: application/scim+json',
      ...lines,
      '',
      '',
    ].join('\r\n');
  const withBody = (method: string, path: string, body: string): string =>
    `${head(method, path, [`content-length: ${Buffer.byteLength(body)}`])}${body}`;
  const operations = JSON.stringify(
    patch(...Array.from({ length: 10_000 }, () => ({ op: 'replace', path: 'title', value: 't' }))),
  );
  const megabytes = Array.from({ length: 16 }, () => 'x'.repeat(1_024 * 1_024));

  const cases: readonly (readonly [string, number, () => Promise<number>])[] = [
    ['10,000 operations', 413, () => raw(withBody('PATCH', '/Users/x', operations))],
    ['a body of 16 MB, announced', 413, () => raw(head('POST', '/Users', ['content-length: 16777216']), megabytes)],
    [
      'a body of 16 MB in chunks',
      413,
      () =>
        raw(
          head('POST', '/Users', ['transfer-encoding: chunked']),
          megabytes.map((text) => `${text.length.toString(16)}\r\n${text}\r\n`),
        ),
    ],
    ['a body that stops half way', 408, () => raw(head('POST', '/Users', ['content-length: 100']), ['{'])],
    ['2 MB of headers', 431, () => raw(head('GET', '/Users', [`x-flood: ${'x'.repeat(2_000_000)}`]))],
    [
      '10,000 headers',
      431,
      () =>
        raw(
          head(
            'GET',
            '/Users',
            Array.from({ length: 10_000 }, (_, number) => `x-${number}: y`),
          ),
        ),
    ],
    ['a target of 1 MB', 431, () => raw(head('GET', `/Users?filter=${'x'.repeat(1_000_000)}`))],
    ['two lengths that disagree', 400, () => raw(head('POST', '/Users', ['content-length: 1', 'content-length: 2']))],
    [
      'a length and chunks at once',
      400,
      () => raw(head('POST', '/Users', ['content-length: 1', 'transfer-encoding: chunked'])),
    ],
    ['bytes that are no HTTP', 400, () => raw('\0\0\0\0\r\n\r\n')],
    ['broken percent-encoding', 400, () => raw(head('GET', '/Users/%zz'))],
    [
      'a body without a token to go with it',
      401,
      () => raw(withBody('POST', '/Users', 'x').replace('Bearer', 'Basic')),
    ],
  ];
  for (const [what, status, send] of cases) {
    it(what, async () => {
      const startedMs = performance.now();
      assert.equal(await send(), status);
      assert.ok(performance.now() - startedMs < FAST_MS, `${performance.now() - startedMs} ms`);
    });
  }

  it('200 bodies that stall at once end together, and others are served meanwhile', async () => {
    const stalled = Array.from({ length: 200 }, () => raw(head('POST', '/Users', ['content-length: 100']), ['{']));
    assert.equal(await raw(withBody('POST', '/Users', JSON.stringify(user('eva')))), 201);
    assert.ok((await Promise.all(stalled)).every((status) => status === 408));
  });
});
