import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertRefusal } from './assert-refusal.ts';
import type { OpenTestProvider } from './open-test-provider.ts';
import { patch, user } from './sample-bodies.ts';
import { testApp } from './test-app.ts';

/** Declares the suites over providers as `openProvider` makes them. */
export function conditionsSuite(openProvider: OpenTestProvider): void {
  describe('a request with a condition', () => {
    const app = testApp('generic', openProvider);

    for (const [method, body] of [
      ['PUT', user('eva', { title: 'changed' })],
      ['PATCH', patch({ op: 'replace', path: 'title', value: 'changed' })],
      ['DELETE', undefined],
    ] as const) {
      it(`changes nothing by ${method} when If-None-Match or If-Match rules out the version that is there`, async () => {
        const tenant = await app.open();
        const made = await tenant.send('POST', '/Users', user('eva', { title: 'as it was' }));
        const path = `/Users/${String(made.json['id'])}`;
        for (const headers of [
          { 'if-none-match': '*' },
          { 'if-none-match': 'W/"7", W/"1"' },
          { 'if-match': 'W/"2"' },
          { 'if-match': 'W/"1"', 'if-none-match': '"1"' },
        ]) {
          assertRefusal(await tenant.request({ method, path, body, headers }), 412);
        }
        assert.equal((await tenant.send('GET', path)).json['title'], 'as it was');
        const allowed = { 'if-match': 'W/"1"', 'if-none-match': 'W/"2"' };
        const done = await tenant.request({ method, path, body, headers: allowed });
        assert.ok([200, 204].includes(done.status), done.text);
        assertRefusal(await tenant.request({ method, path: '/Users/nobody', body, headers: { 'if-match': '*' } }), 404);
      });
    }
  });

  describe('the edges of HTTP', () => {
    const app = testApp('generic', openProvider);

    it('answer HEAD as GET without the body', async () => {
      const tenant = await app.open();
      const made = await tenant.send('POST', '/Users', user('eva'));
      const path = `/Users/${String(made.json['id'])}`;
      const head = await tenant.send('HEAD', path);
      const get = await tenant.send('GET', path);
      assert.deepEqual([head.status, head.text, head.headers], [200, '', get.headers]);
      assert.equal((await tenant.send('HEAD', '/Users')).status, 200);
      assert.equal((await tenant.send('HEAD', '/Users/nobody')).status, 404);
    });

    it('refuse a body that is packed', async () => {
      const tenant = await app.open();
      const headers = { 'content-encoding': 'gzip' };
      assertRefusal(await tenant.request({ method: 'POST', path: '/Users', body: user('eva'), headers }), 415);
      const plain = { 'content-encoding': 'identity' };
      const made = await tenant.request({ method: 'POST', path: '/Users', body: user('eva'), headers: plain });
      assert.equal(made.status, 201, made.text);
    });

    it('know no path below /ServiceProviderConfig', async () => {
      const tenant = await app.open();
      assertRefusal(await tenant.send('GET', '/ServiceProviderConfig/x'), 404);
    });
  });
}
