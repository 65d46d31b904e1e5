import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isJsonArray, isJsonObject, SEARCH_REQUEST_SCHEMA } from '@lockstep/scim';
import { assertRefusal } from './assert-refusal.ts';
import type { OpenTestProvider, TestAnswer, TestTenant } from './open-test-provider.ts';
import { group, user } from './sample-bodies.ts';
import { testApp } from './test-app.ts';

function namesOf(answer: TestAnswer): readonly string[] {
  assert.equal(answer.status, 200, answer.text);
  const list = answer.json['Resources'];
  const resources = isJsonArray(list) ? list.filter(isJsonObject) : [];
  return resources.map((one) => String(one['userName'] ?? one['displayName']));
}

/** Declares the suites over providers as `openProvider` makes them. */
export function queryAllTypesSuite(openProvider: OpenTestProvider): void {
  describe('queries over all resource types', () => {
    const app = testApp('generic', openProvider);

    const filled = async (): Promise<TestTenant> => {
      const tenant = await app.open();
      for (const name of ['eva', 'lars', 'siv']) await tenant.send('POST', '/Users', user(name, { displayName: name }));
      for (const name of ['crew', 'lars']) await tenant.send('POST', '/Groups', group(name));
      return tenant;
    };

    it('find users first and groups behind, by URL and by body', async () => {
      const tenant = await filled();
      for (const answer of [
        await tenant.send('GET', '/?count=10'),
        await tenant.send('GET', ''),
        await tenant.send('POST', '/.search', { schemas: [SEARCH_REQUEST_SCHEMA] }),
      ]) {
        assert.deepEqual(namesOf(answer), ['eva', 'lars', 'siv', 'crew', 'lars']);
        assert.deepEqual([answer.json['totalResults'], answer.json['startIndex']], [5, 1]);
      }
    });

    it('filter each type by what it has', async () => {
      const tenant = await filled();
      const found = async (filter: string): Promise<readonly string[]> =>
        namesOf(await tenant.send('POST', '/.search', { schemas: [SEARCH_REQUEST_SCHEMA], filter }));
      assert.deepEqual(await found('displayName eq "lars"'), ['lars', 'lars']);
      assert.deepEqual(await found('userName sw "s"'), ['siv']);
      assert.deepEqual(await found('meta.resourceType eq "Group"'), ['crew', 'lars']);
      assertRefusal(await tenant.send('GET', '/?filter=displayName%20eq'), 400);
    });

    it('page over the border between types', async () => {
      const tenant = await filled();
      const page = async (startIndex: number): Promise<readonly string[]> => {
        const answer = await tenant.send('GET', `/?startIndex=${startIndex}&count=2`);
        assert.deepEqual([answer.json['totalResults'], answer.json['startIndex']], [5, startIndex]);
        return namesOf(answer);
      };
      assert.deepEqual(await page(1), ['eva', 'lars']);
      assert.deepEqual(await page(3), ['siv', 'crew']);
      assert.deepEqual(await page(5), ['lars']);
      assert.deepEqual(await page(6), []);
    });

    for (const count of [1, 2, 3, 5, 6]) {
      it(`walk to the end by cursor, ${count} at a time`, async () => {
        const tenant = await filled();
        const seen: string[] = [];
        for (let cursor: string | undefined = ''; cursor !== undefined; ) {
          const answer = await tenant.send('GET', `/?cursor=${cursor}&count=${count}`);
          const names = namesOf(answer);
          assert.equal(answer.json['totalResults'], 5);
          assert.ok(names.length > 0 && names.length <= count);
          seen.push(...names);
          const next = answer.json['nextCursor'];
          cursor = typeof next === 'string' ? next : undefined;
        }
        assert.deepEqual(seen, ['eva', 'lars', 'siv', 'crew', 'lars']);
      });
    }

    it('show the attributes that are asked for', async () => {
      const tenant = await filled();
      const answer = await tenant.send('GET', '/?attributes=displayName&count=1');
      const list = answer.json['Resources'];
      assert.ok(isJsonArray(list) && isJsonObject(list[0]));
      assert.deepEqual(Object.keys(list[0]), ['schemas', 'id', 'displayName']);
    });

    it('need the right to read, a known cursor and one of two methods', async () => {
      const tenant = await filled();
      const issued = await app.test().provider.admin.issueToken(tenant.tenant.id, { scopes: ['create'] });
      const headers = { authorization: `Bearer ${issued.text}` };
      assertRefusal(await tenant.request({ method: 'GET', path: '/', headers }), 403);
      for (const cursor of ['x', 'p1', 't9', 't0p']) assertRefusal(await tenant.send('GET', `/?cursor=${cursor}`), 400);
      assertRefusal(await tenant.send('DELETE', '/'), 405);
      assertRefusal(await tenant.send('GET', '/.search'), 405);
    });
  });
}
