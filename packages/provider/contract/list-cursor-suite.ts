import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isJsonArray, isJsonObject, type Json } from '@lockstep/scim';
import { assertRefusal } from './assert-refusal.ts';
import type { OpenTestProvider, TestAnswer, TestTenant } from './open-test-provider.ts';
import { group, user } from './sample-bodies.ts';
import { testApp } from './test-app.ts';

const NAMES = ['dora', 'anna', 'carl', 'bert', 'eva'];

function namesOf(answer: TestAnswer): readonly Json[] {
  assert.equal(answer.status, 200, answer.text);
  const resources = answer.json['Resources'];
  return isJsonArray(resources)
    ? resources.filter(isJsonObject).map((one) => one['userName'] ?? one['displayName'] ?? null)
    : [];
}

async function walk(tenant: TestTenant, path: string): Promise<readonly Json[]> {
  const seen: Json[] = [];
  for (let cursor = ''; ; ) {
    const answer = await tenant.send('GET', `${path}&cursor=${cursor}`);
    seen.push(...namesOf(answer));
    const next = answer.json['nextCursor'];
    if (typeof next !== 'string') return seen;
    assert.match(next, /^[\w.~-]+$/);
    cursor = next;
  }
}

/** Declares the suites over providers as `openProvider` makes them. */
export function listCursorSuite(openProvider: OpenTestProvider): void {
  describe('a cursor', () => {
    const app = testApp('generic', openProvider);
    const open = async (): Promise<TestTenant> => {
      const tenant = await app.open();
      for (const name of NAMES) await tenant.send('POST', '/Users', user(name, { title: name > 'c' ? 'x' : 'y' }));
      for (const name of ['zoo', 'yard']) await tenant.send('POST', '/Groups', group(name));
      return tenant;
    };

    it('goes on to the end of a list that is sorted, over one type and over all', async () => {
      const tenant = await open();
      const sorted = NAMES.toSorted();
      assert.deepEqual(await walk(tenant, '/Users?count=2&sortBy=userName'), sorted);
      assert.deepEqual(await walk(tenant, '/Users?count=2&sortBy=userName&sortOrder=descending'), sorted.toReversed());
      assert.deepEqual(await walk(tenant, '/Users?count=1&sortBy=nickName'), NAMES);
      assert.deepEqual(await walk(tenant, '/Users?count=1&sortBy=userName&filter=title%20eq%20%22x%22'), [
        'carl',
        'dora',
        'eva',
      ]);
      assert.deepEqual(await walk(tenant, '/?count=3&sortBy=userName'), [...sorted, 'zoo', 'yard']);
      assert.deepEqual(await walk(tenant, '/?count=3'), [...NAMES, 'zoo', 'yard']);
    });

    it('belongs to the query it was given out for', async () => {
      const tenant = await open();
      const first = await tenant.send('GET', '/Users?count=2&cursor=&filter=title%20pr');
      const cursor = String(first.json['nextCursor']);
      const same = await tenant.send('GET', `/Users?count=1&cursor=${cursor}&filter=title%20pr`);
      assert.deepEqual(namesOf(same), ['carl']);
      for (const path of [
        `/Users?cursor=${cursor}`,
        `/Users?cursor=${cursor}&filter=userName%20pr`,
        `/Users?cursor=${cursor}&filter=title%20pr&sortBy=userName`,
        `/Groups?cursor=${cursor}&filter=title%20pr`,
        `/?cursor=${cursor}&filter=title%20pr`,
        '/Users?cursor=p2',
        '/Users?cursor=p2-',
        '/Users?cursor=-',
        '/?cursor=t0p1',
      ]) {
        const refused = await tenant.send('GET', path);
        assertRefusal(refused, 400, /cursor/);
        assert.equal(refused.json['scimType'], 'invalidCursor', path);
      }
    });
  });
}
