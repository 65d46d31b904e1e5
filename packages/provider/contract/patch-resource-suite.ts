import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertRefusal } from './assert-refusal.ts';
import type { OpenTestProvider } from './open-test-provider.ts';
import { group, patch, user } from './sample-bodies.ts';
import { testApp } from './test-app.ts';

const title = patch({ op: 'replace', path: 'title', value: 'Head' });
const rename = patch({ op: 'replace', path: 'displayName', value: 'Renamed' });

/** Declares the suites over providers as `openProvider` makes them. */
export function patchResourceSuite(openProvider: OpenTestProvider): void {
  describe('the answer to a PATCH', () => {
    const app = testApp('generic', openProvider);

    for (const [dialect, type, query, status] of [
      ['lenient', 'Users', '', 204],
      ['lenient', 'Users', '?attributes=title', 200],
      ['lenient', 'Users', '?Attributes=title', 200],
      ['lenient', 'Users', '?excludedAttributes=name', 200],
      ['strict', 'Users', '', 200],
      ['strict', 'Users', '?attributes=title', 200],
      ['lenient', 'Groups', '', 204],
      ['strict', 'Groups', '', 204],
      ['strict', 'Groups', '?attributes=displayName', 200],
    ] as const) {
      it(`is ${status} for /${type}/{id}${query} in the ${dialect} dialect`, async () => {
        const tenant = await app.open({ dialect });
        const made = await tenant.send('POST', `/${type}`, type === 'Users' ? user('eva') : group('crew'));
        const path = `/${type}/${String(made.json['id'])}`;
        const answer = await tenant.send('PATCH', `${path}${query}`, type === 'Users' ? title : rename);
        assert.equal(answer.status, status);
        assert.equal(answer.headers['etag'], 'W/"2"');
        assert.equal(answer.text === '', status === 204);
        assert.equal((await tenant.send('GET', path)).headers['etag'], 'W/"2"');
      });
    }

    it('shows what was asked for', async () => {
      const tenant = await app.open();
      const made = await tenant.send('POST', '/Users', user('eva', { nickName: 'e' }));
      const answer = await tenant.send('PATCH', `/Users/${String(made.json['id'])}?attributes=title`, title);
      assert.deepEqual([answer.json['title'], answer.json['nickName']], ['Head', undefined]);
    });

    it('is 412 when the resource has changed since, and nothing is written', async () => {
      const tenant = await app.open();
      const path = `/Users/${String((await tenant.send('POST', '/Users', user('eva'))).json['id'])}`;
      const request = { method: 'PATCH', path, body: title };
      assert.equal((await tenant.request({ ...request, headers: { 'if-match': 'W/"1"' } })).status, 204);
      assertRefusal(await tenant.request({ ...request, body: rename, headers: { 'if-match': 'W/"1"' } }), 412);
      assert.equal((await tenant.send('GET', path)).json['displayName'], undefined);
    });
  });

  describe('taking active away', () => {
    const app = testApp('generic', openProvider);

    for (const [what, operation] of [
      ['a remove', { op: 'remove', path: 'active' }],
      ['null', { op: 'replace', path: 'active', value: null }],
      ['an empty text', { op: 'replace', path: 'active', value: '' }],
      ['null without a path', { op: 'replace', value: { active: null } }],
    ] as const) {
      it(`with ${what} leaves a disabled account disabled`, async () => {
        const tenant = await app.open();
        const made = await tenant.send('POST', '/Users', user('eva', { active: false, title: 'Head' }));
        const path = `/Users/${String(made.json['id'])}`;
        assert.equal((await tenant.send('PATCH', path, patch(operation))).status, 204);
        const read = await tenant.send('GET', path);
        assert.deepEqual([read.json['active'], read.headers['etag']], [false, 'W/"1"']);
        const entries = await app.test().store.realms.feed(tenant.tenant.realm, 0, 10);
        assert.deepEqual(
          entries.map((entry) => entry.kind).filter((kind) => kind === 'activated'),
          [],
        );
      });
    }
  });
}
