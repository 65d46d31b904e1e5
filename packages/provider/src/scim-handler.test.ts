import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestProvider, type TestProvider, type TestTenant } from '../contract/open-test-provider.ts';
import { user } from '../contract/sample-bodies.ts';
import { createFetchHandler } from './scim-handler.ts';

describe('the Fetch handler', () => {
  let test: TestProvider;
  let tenant: TestTenant;
  let handler: ReturnType<typeof createFetchHandler>;
  before(async () => {
    test = await openTestProvider({ limits: { bodyBytesMax: 1_000 } });
    tenant = await test.open({ profile: 'generic', allowedAddresses: ['203.0.113.0/24'] });
    handler = createFetchHandler(test.provider);
  });
  after(() => test.close());

  const request = (path: string, init: RequestInit = {}): Request =>
    new Request(`https://scim.example.org${tenant.basePath}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${tenant.token}`, 'content-type': 'application/scim+json' },
    });
  const from = { remoteAddress: '203.0.113.9' };

  it('answers requests with responses', async () => {
    const body = JSON.stringify(user('žofie', { displayName: 'Žofie 👩‍🚀' }));
    const made = await handler(request('/Users', { method: 'POST', body }), from);
    assert.equal(made.status, 201);
    const location = made.headers.get('location') ?? '';
    assert.ok(location.startsWith(`https://scim.example.org${tenant.basePath}/Users/`));
    const read = await handler(request(location.slice(location.indexOf('/Users'))), from);
    const resource: unknown = await read.json();
    assert.ok(typeof resource === 'object' && resource !== null && 'displayName' in resource);
    assert.equal(resource.displayName, 'Žofie 👩‍🚀');
    const gone = await handler(request(location.slice(location.indexOf('/Users')), { method: 'DELETE' }), from);
    assert.deepEqual([gone.status, await gone.text()], [204, '']);
  });

  it('stops reading a body at the limit', async () => {
    let sent = 0;
    const body = new ReadableStream({
      pull: (controller) => {
        sent += 400;
        controller.enqueue(new Uint8Array(400));
      },
    });
    // Undici asks for `duplex` with a stream; the types of the runtime do not know it.
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
    assert.equal((await handler(request('/Users', init), from)).status, 413);
    assert.ok(sent <= 2_000, `${sent} bytes were read`);
  });

  it('takes a request without an address for one from nowhere', async () => {
    assert.equal((await handler(request('/Users'))).status, 403);
  });
});
