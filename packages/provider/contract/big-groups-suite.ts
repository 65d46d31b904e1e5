import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GROUP_SCHEMA, isJsonArray, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';
import { fillCrowd } from '../../store/contract/fill-crowd.ts';
import type { RealmStore } from '../src/ports/index.ts';
import { isStreamed } from '../src/resource/streamed-answer.ts';
import type { OpenTestProvider, TestProvider, TestTenant } from './open-test-provider.ts';
import { group, patch, user } from './sample-bodies.ts';
import { testApp } from './test-app.ts';

const CROWD = 12_001;

/** A crowd of people, and the groups of as many of them as the numbers say. Returns the ids of the groups. */
async function fill(
  app: TestProvider,
  { tenant }: TestTenant,
  ...sizes: readonly number[]
): Promise<readonly string[]> {
  const { realm } = tenant;
  const { realms } = app.store;
  const keys = { externalId: null, isExternalIdUnique: false, display: null, values: [], isActive: true };
  const ids = await fillCrowd(app.store, realm, Math.max(...sizes));
  const made: string[] = [];
  for (const [at, size] of sizes.entries()) {
    const id = `g${at}`;
    const text = JSON.stringify({ schemas: [GROUP_SCHEMA], id, displayName: id });
    const memberIds = ids.slice(0, size);
    const named = { ...keys, uniqueName: id };
    await realms.insert(realm, {
      id,
      type: 'Group',
      text,
      keys: named,
      isManaged: true,
      memberIds,
      nowMs: app.clock.nowMs,
    });
    made.push(id);
  }
  return made;
}

function membersOf(resource: Json | undefined): readonly Json[] {
  const members = isJsonObject(resource) ? resource['members'] : undefined;
  return isJsonArray(members) ? members.map((one) => (isJsonObject(one) ? (one['value'] ?? null) : one)) : [];
}

function resourcesOf(list: JsonObject): readonly Json[] {
  const resources = list['Resources'];
  return isJsonArray(resources) ? resources : [];
}

/** Declares the suites over providers as `openProvider` makes them. */
export function bigGroupsSuite(openProvider: OpenTestProvider): void {
  describe('a group with more members than are held at a time', () => {
    const app = testApp('generic', openProvider);

    it('is shown with every member once, in the order they came, by GET, PUT and PATCH', async () => {
      const tenant = await app.open();
      const [id = ''] = await fill(app.test(), tenant, CROWD);
      const answer = await tenant.send('GET', `/Groups/${id}`);
      assert.equal(answer.status, 200);
      const members = membersOf(answer.json);
      assert.equal(members.length, CROWD);
      assert.deepEqual(members, [...members].toSorted());
      assert.equal(new Set(members).size, CROWD);
      assert.equal(answer.json['displayName'], 'g0');
      assert.ok(isJsonObject(answer.json['meta']));
      const added = { op: 'add', path: 'displayName', value: 'renamed' };
      const patched = await tenant.send('PATCH', `/Groups/${id}?attributes=members.value`, patch(added));
      assert.equal(membersOf(patched.json).length, CROWD);
      const list = patched.json['members'];
      assert.deepEqual(isJsonArray(list) ? list.at(-1) : undefined, { value: members.at(-1) });
    });

    it('is shown whole in lists beside others, in the order of the list, and where a bulk request asks for it', async () => {
      const tenant = await app.open();
      const sizes = [3, 6_000, 2, 0, 5_001, 1];
      await fill(app.test(), tenant, ...sizes);
      for (const [path, expected] of [
        ['/Groups', sizes],
        ['/Groups?sortBy=displayName&sortOrder=descending', sizes.toReversed()],
      ] as const) {
        const answer = await tenant.send('GET', path);
        assert.equal(answer.json['itemsPerPage'], 6);
        assert.deepEqual(
          resourcesOf(answer.json).map((one) => membersOf(one).length),
          expected,
        );
      }
      const data = patch({ op: 'replace', path: 'externalId', value: 'x' });
      const operation = { method: 'PATCH', path: '/Groups/g1?attributes=members', data };
      const bulk = await tenant.send('POST', '/Bulk', {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
        Operations: [operation],
      });
      const [result] = isJsonArray(bulk.json['Operations']) ? bulk.json['Operations'] : [];
      assert.equal(membersOf(isJsonObject(result) ? result['response'] : undefined).length, 6_000);
    });

    it('lets a small request be answered while it is read', async () => {
      const tenant = await app.open();
      const [id = ''] = await fill(app.test(), tenant, CROWD);
      const small = await tenant.send('POST', '/Users', user('eva'));
      const { store } = app.test();
      const { members } = store.realms;
      const answered: number[] = [];
      const askingBetween: RealmStore['members'] = async (...asked) => {
        const page = await members(...asked);
        answered.push((await tenant.send('GET', `/Users/${String(small.json['id'])}`)).status);
        return page;
      };
      Object.assign(store.realms, { members: askingBetween });
      try {
        const big = await tenant.send('GET', `/Groups/${id}`);
        assert.equal(big.status, 200);
        assert.ok(answered.length > 1, `${answered.length} pages were read`);
        assert.ok(answered.every((status) => status === 200));
      } finally {
        Object.assign(store.realms, { members });
      }
    });

    it('is read page by page, and no further when nobody takes what is read', async () => {
      const tenant = await app.open();
      const [id = ''] = await fill(app.test(), tenant, CROWD);
      const { store, provider } = app.test();
      const pages: number[] = [];
      const { members } = store.realms;
      const watched: RealmStore['members'] = async (...asked) => {
        const page = await members(...asked);
        pages.push(page.length);
        return page;
      };
      Object.assign(store.realms, { members: watched });
      try {
        const answer = await provider.handle({
          method: 'GET',
          target: `${tenant.basePath}/Groups/${id}`,
          header: (name) => (name === 'authorization' ? `Bearer ${tenant.token}` : undefined),
          body: async () => '',
          remoteAddress: '198.51.100.7',
          origin: 'https://scim.example.org',
        });
        assert.ok(isStreamed(answer));
        const parts = answer.parts[Symbol.asyncIterator]();
        await parts.next();
        await parts.next();
        assert.deepEqual(pages, []);
        await parts.next();
        assert.deepEqual(pages, [5_000]);
        await parts.return?.();
        assert.deepEqual(pages, [5_000]);
      } finally {
        Object.assign(store.realms, { members });
      }
    });
  });

  describe('members that nobody asks for', () => {
    const app = testApp('generic', openProvider);

    for (const query of ['excludedAttributes=members', 'attributes=displayName', 'attributes=id,meta.version']) {
      it(`are not even read: ${query}`, async () => {
        const tenant = await app.open();
        const eva = await tenant.send('POST', '/Users', user('eva'));
        const crew = await tenant.send('POST', '/Groups', group('crew', [String(eva.json['id'])]));
        const touched: string[] = [];
        const { realms } = app.test().store;
        const { read, query: ask } = realms;
        const noted: Pick<RealmStore, 'read' | 'query'> = {
          read: (realm, id, options) => {
            if (options.include.members) touched.push('read');
            return read(realm, id, options);
          },
          query: (realm, asked) => {
            if (asked.include.members) touched.push('query');
            return ask(realm, asked);
          },
        };
        Object.assign(realms, noted);
        try {
          const one = await tenant.send('GET', `/Groups/${String(crew.json['id'])}?${query}`);
          const list = await tenant.send('GET', `/Groups?${query}`);
          assert.deepEqual([one.status, list.status, one.json['members']], [200, 200, undefined]);
          assert.deepEqual(touched, []);
          await tenant.send('GET', `/Groups/${String(crew.json['id'])}`);
          assert.deepEqual(touched, ['read']);
        } finally {
          Object.assign(realms, { read, query: ask });
        }
      });
    }
  });
}
