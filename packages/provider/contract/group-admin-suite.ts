import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OpenTestProvider, TestTenant } from './open-test-provider.ts';
import { group, user } from './sample-bodies.ts';
import { testApp } from './test-app.ts';

/** Declares the suites over providers as `openProvider` makes them. */
export function groupAdminSuite(openProvider: OpenTestProvider): void {
  describe('groups as whoever runs the app sees them', () => {
    const app = testApp('generic', openProvider);
    const add = async (tenant: TestTenant, path: string, body: unknown): Promise<string> => {
      const made = await tenant.send('POST', path, body);
      assert.equal(made.status, 201, made.text);
      return String(made.json['id']);
    };
    const addUsers = (tenant: TestTenant, count: number): Promise<readonly string[]> =>
      Promise.all(Array.from({ length: count }, (_, number) => add(tenant, '/Users', user(`user ${number}`))));

    it('are listed in their order or by the beginning of their name, page by page, with how many members', async () => {
      const tenant = await app.open();
      const { admin } = app.test().provider;
      const { id } = tenant.tenant;
      const users = await addUsers(tenant, 3);
      for (const name of ['Sales', 'Support', 'Crew']) await add(tenant, '/Groups', group(name, users));
      await add(tenant, '/Groups', { ...group('Empty'), externalId: 'x1' });
      const first = await admin.groups(id, { limit: 3 });
      assert.deepEqual(
        first.items.map(({ displayName, members, hasMoreMembers }) => [displayName, members, hasMoreMembers]),
        [
          ['Sales', 3, false],
          ['Support', 3, false],
          ['Crew', 3, false],
        ],
      );
      const rest = await admin.groups(id, { limit: 3, ...(first.next === undefined ? {} : { after: first.next }) });
      assert.deepEqual(
        rest.items.map(({ displayName, members, externalId }) => [displayName, members, externalId]),
        [['Empty', 0, 'x1']],
      );
      assert.equal(rest.next, undefined);
      const found = await admin.groups(id, { limit: 10, search: 's' });
      assert.deepEqual(
        found.items.map((one) => one.displayName),
        ['Sales', 'Support'],
      );
      assert.deepEqual((await admin.groups(id, { limit: 10, search: '" or displayName pr or "' })).items, []);
    });

    it('have members page by page, who left in between or not, and only in their own tenant', async () => {
      const [tenant, other] = [await app.open(), await app.open()];
      const { admin } = app.test().provider;
      const { id } = tenant.tenant;
      const users = await addUsers(tenant, 5);
      const crew = await add(tenant, '/Groups', group('Crew', users));
      const walk = async (limit: number): Promise<readonly string[]> => {
        const seen: string[] = [];
        for (let after: string | undefined; ; ) {
          const page = await admin.groupMembers(id, crew, { limit, ...(after === undefined ? {} : { after }) });
          seen.push(...page.items.map((member) => member.id));
          if (page.next === undefined) return seen;
          after = page.next;
        }
      };
      assert.deepEqual(new Set(await walk(2)), new Set(users));
      assert.deepEqual((await walk(5)).length, 5);
      const first = await admin.groupMembers(id, crew, { limit: 2 });
      await tenant.send('DELETE', `/Users/${first.next}`);
      const next = await admin.groupMembers(id, crew, { limit: 10, after: first.next ?? '' });
      assert.equal(next.items.length, 3);
      assert.equal((await admin.group(id, crew))?.members, 4);
      assert.deepEqual(await admin.groupMembers(other.tenant.id, crew, { limit: 10 }), { items: [] });
      assert.equal(await admin.group(other.tenant.id, crew), undefined);
      assert.equal(await admin.group(id, users[0] ?? ''), undefined, 'a user is no group');
    });

    it('are counted so far and no further', async () => {
      const tenant = await app.open();
      const { realms } = app.test().store;
      const users = await addUsers(tenant, 4);
      const crew = await add(tenant, '/Groups', group('Crew', users));
      const empty = await add(tenant, '/Groups', group('Empty'));
      const count = (most: number) => realms.countMembers(tenant.tenant.realm, [crew, empty, 'nobody'], most);
      assert.deepEqual(new Map(await count(3)), new Map(Object.entries({ [crew]: 3, [empty]: 0 })));
      assert.deepEqual((await count(100)).get(crew), 4);
    });
  });

  describe('groups of an app that has none', () => {
    const app = testApp('zenvoices', openProvider);

    it('are none', async () => {
      const { tenant } = await app.open();
      const { admin } = app.test().provider;
      assert.deepEqual(await admin.groups(tenant.id, { limit: 10 }), { items: [] });
      assert.equal(await admin.group(tenant.id, 'x'), undefined);
      await assert.rejects(admin.groups('nobody', { limit: 10 }), { code: 'notFound' });
    });
  });
}
