import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { RealmKey, ResourceQuery } from '@lockstep/provider/ports';
import { emptyRealm, groupQuery, namesOf, newGroup, newUser, type SampleUser, T0, userQuery } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

const people: readonly (SampleUser & { readonly at: number })[] = [
  { at: 0, userName: 'Anna', externalId: 'x1', title: 'beta', emails: [{ value: 'anna@x.org', type: 'work' }] },
  { at: 1, userName: 'bert', externalId: 'X1', title: 'Alpha', emails: [{ value: 'Bert@x.org', type: 'home' }] },
  {
    at: 2,
    userName: 'Çelik',
    title: 'gamma',
    emails: [
      { value: 'c.work@x.org', type: 'work' },
      { value: 'a.home@x.org', type: 'home', primary: true },
    ],
  },
  { at: 3, userName: 'dora', externalId: 'x4', active: false, nickName: 'D "q" \\' },
  { at: 4, userName: 'Éva', title: 'alpha', nickName: 'Ädam' },
];

/** Filters, paging, cursors, sorting and counting. */
export function realmQueryContract(open: OpenStore): void {
  describe('queries of a realm', () => {
    const store = storeForSuite(open);
    let realm: RealmKey = 0;
    const ids = new Map<string, string>();

    before(async () => {
      realm = await emptyRealm(store());
      const other = await emptyRealm(store());
      for (const { at, ...user } of people) {
        const added = newUser(user, { nowMs: T0 + at * 1_000 });
        ids.set(user.userName, added.id);
        await store().realms.insert(realm, added);
        // The same people in another realm: nothing of them may ever come back.
        await store().realms.insert(other, newUser(user, { nowMs: T0 + at * 1_000 }));
      }
      await store().realms.insert(realm, newUser({ userName: 'Admin' }, { isProtected: true }));
      const gone = await store().realms.insert(realm, newUser({ userName: 'gone', emails: [{ value: 'anna@x.org' }] }));
      await store().realms.remove(realm, { type: 'User', id: gone.id }, T0);
      const crew = newGroup('Crew', { memberIds: [ids.get('Anna') ?? '', ids.get('dora') ?? ''] });
      ids.set('Crew', crew.id);
      await store().realms.insert(realm, crew);
      await store().realms.insert(realm, newGroup('Empty'));
    });

    /** The filter with `<name>` turned into the id of the user or group of that name. */
    const filled = (filter: string): string => filter.replace(/<([^>]+)>/g, (_, name) => ids.get(String(name)) ?? '');
    const users = async (
      filter: string | undefined,
      options: Partial<ResourceQuery> = {},
    ): Promise<readonly string[]> =>
      namesOf(await store().realms.query(realm, userQuery(filter === undefined ? undefined : filled(filter), options)));

    /** Follows `next` from page to page; every page has to know the whole number. */
    const walk = async (
      filter: string | undefined,
      count: number,
    ): Promise<{ seen: readonly string[]; pages: number }> => {
      const seen: string[] = [];
      const totals = new Set<number>();
      let page = await store().realms.query(realm, userQuery(filter, { count }));
      let pages = 1;
      for (; page.next !== undefined; pages += 1) {
        totals.add(page.total);
        seen.push(...namesOf(page));
        page = await store().realms.query(realm, userQuery(filter, { count, after: page.next }));
      }
      assert.ok(totals.size <= 1);
      return { seen: [...seen, ...namesOf(page)], pages };
    };

    const created2 = new Date(T0 + 2_000).toISOString();
    const found: readonly (readonly [string, readonly string[]])[] = [
      ['userName eq "ANNA"', ['Anna']],
      ['userName eq "éva"', ['Éva']],
      ['userName eq "E\u0301VA"', ['Éva']],
      ['userName eq "nobody"', []],
      ['userName eq "admin"', []],
      ['userName eq "gone"', []],
      ['id eq "<bert>"', ['bert']],
      ['id eq "nobody"', []],
      ['id eq "<Crew>"', []],
      ['externalId eq "x1"', ['Anna']],
      ['externalId eq "X1"', ['bert']],
      ['not (externalId eq "x1")', ['bert', 'Çelik', 'dora', 'Éva']],
      ['emails.value eq "BERT@X.ORG"', ['bert']],
      ['emails.value eq "anna@x.org"', ['Anna']],
      ['emails[type eq "work" and value eq "c.work@x.org"]', ['Çelik']],
      ['emails[type eq "home" and value eq "c.work@x.org"]', []],
      ['emails[type eq "work"]', ['Anna', 'Çelik']],
      ['groups.value eq "<Crew>"', ['Anna', 'dora']],
      ['groups pr', ['Anna', 'dora']],
      ['not (groups.value eq "<Crew>")', ['bert', 'Çelik', 'Éva']],
      [`meta.created ge "${created2}"`, ['Çelik', 'dora', 'Éva']],
      [`meta.created eq "${created2}"`, ['Çelik']],
      [`meta.lastModified lt "${created2}"`, ['Anna', 'bert']],
      [`meta.created ne "${created2}" and userName eq "anna"`, ['Anna']],
      ['active eq false', ['dora']],
      ['not (active eq false)', ['Anna', 'bert', 'Çelik', 'Éva']],
      ['title co "LPH"', ['bert', 'Éva']],
      ['title sw "al" and userName eq "bert"', ['bert']],
      ['title pr', ['Anna', 'bert', 'Çelik', 'Éva']],
      ['not (title pr)', ['dora']],
      ['nickName eq "D \\"q\\" \\\\"', ['dora']],
      ['userName eq "anna" or userName eq "bert"', ['Anna', 'bert']],
      ['userName eq "anna" or title eq "gamma"', ['Anna', 'Çelik']],
      ['userName ne "anna"', ['bert', 'Çelik', 'dora', 'Éva']],
      ["userName eq \"x' or '1'='1\"", []],
    ];
    for (const [filter, names] of found) {
      it(`answers ${filter}`, async () => {
        const page = await store().realms.query(realm, userQuery(filled(filter)));
        assert.deepEqual(namesOf(page), names);
        assert.equal(page.total, names.length);
        assert.equal(page.next, undefined);
      });
      it(`counts and pages ${filter}`, async () => {
        const counted = await store().realms.query(realm, userQuery(filled(filter), { count: 0 }));
        assert.deepEqual([counted.total, counted.resources], [names.length, []]);
        const second = await store().realms.query(realm, userQuery(filled(filter), { startIndex: 2, count: 1 }));
        assert.deepEqual([second.total, namesOf(second)], [names.length, names.slice(1, 2)]);
      });
    }

    it('finds groups by name and by member', async () => {
      const groups = async (filter: string): Promise<readonly string[]> =>
        namesOf(await store().realms.query(realm, groupQuery(filled(filter))));
      assert.deepEqual(await groups('displayName eq "CREW"'), ['Crew']);
      assert.deepEqual(await groups('members.value eq "<dora>"'), ['Crew']);
      assert.deepEqual(await groups('members[value eq "<dora>"]'), ['Crew']);
      assert.deepEqual(await groups('id eq "<Crew>" and members.value eq "<bert>"'), []);
      assert.deepEqual(await groups('not (members.value eq "<dora>")'), ['Empty']);
      assert.deepEqual(await groups('members[type eq "User"]'), ['Crew']);
    });

    it('lists everybody that lives, in the order of creation, and knows how many without counting', async () => {
      const page = await store().realms.query(realm, userQuery(undefined, { count: 2 }));
      assert.deepEqual([page.total, namesOf(page)], [5, ['Anna', 'bert']]);
      assert.deepEqual(await users(undefined, { startIndex: 5 }), ['Éva']);
      assert.deepEqual(await users(undefined, { startIndex: 6 }), []);
    });

    for (const filter of [undefined, 'userName pr', 'meta.created pr', 'not (userName eq "bert")', 'title co "a"']) {
      for (const count of [1, 2, 4, 5, 100]) {
        it(`walks ${filter ?? 'everything'} by cursor, ${count} a page, to the end and no further`, async () => {
          const all = await users(filter);
          const { seen, pages } = await walk(filter, count);
          assert.deepEqual(seen, all);
          assert.equal(pages, Math.max(1, Math.ceil(all.length / count)));
        });
      }
    }

    const sorted: readonly (readonly [string, readonly string[]])[] = [
      ['userName', ['Anna', 'bert', 'dora', 'Çelik', 'Éva']],
      ['title', ['bert', 'Éva', 'Anna', 'Çelik', 'dora']],
      ['externalId', ['bert', 'Anna', 'dora', 'Çelik', 'Éva']],
      ['meta.created', ['Anna', 'bert', 'Çelik', 'dora', 'Éva']],
      ['emails', ['Çelik', 'Anna', 'bert', 'dora', 'Éva']],
      ['emails.type', ['bert', 'Çelik', 'Anna', 'dora', 'Éva']],
      ['nickName', ['dora', 'Éva', 'Anna', 'bert', 'Çelik']],
      ['active', ['dora', 'Anna', 'bert', 'Çelik', 'Éva']],
    ];
    for (const [path, names] of sorted) {
      it(`sorts by ${path}, those without a value last, ties in the order of creation`, async () => {
        assert.deepEqual(await users(undefined, { sort: { path, order: 'ascending' } }), names);
        const page = await store().realms.query(
          realm,
          userQuery(undefined, { sort: { path, order: 'ascending' }, count: 2 }),
        );
        assert.equal(page.next, undefined);
      });
    }

    it('sorts descending with those without a value first, by a filtered page too', async () => {
      const sort = { path: 'title', order: 'descending' } as const;
      assert.deepEqual(await users(undefined, { sort }), ['dora', 'Çelik', 'Anna', 'bert', 'Éva']);
      assert.deepEqual(await users('title co "a"', { sort, startIndex: 2, count: 2 }), ['Anna', 'bert']);
    });

    it('brings members and groups along for a whole page', async () => {
      const page = await store().realms.query(
        realm,
        userQuery('userName sw "a"', { include: { members: false, groups: true } }),
      );
      assert.deepEqual(page.resources[0]?.groups, [{ id: ids.get('Crew'), display: 'Crew' }]);
      const groups = await store().realms.query(
        realm,
        groupQuery(undefined, { include: { members: true, groups: false } }),
      );
      assert.deepEqual(
        groups.resources.map((group) => group.members?.length),
        [2, 0],
      );
    });

    it('evaluates what the database cannot over more rows than one look takes', async () => {
      const crowd = await emptyRealm(store());
      const many = Array.from({ length: 603 }, (_, number) =>
        newUser({ userName: `u${number}`, title: number % 201 === 0 ? 'rare' : 'usual' }),
      );
      await Promise.all(many.map((user) => store().realms.insert(crowd, user)));
      const page = await store().realms.query(crowd, userQuery('title eq "rare"', { startIndex: 2, count: 1 }));
      assert.deepEqual([page.total, page.resources.length], [3, 1]);
      const sort = { path: 'userName', order: 'ascending' } as const;
      assert.deepEqual(namesOf(await store().realms.query(crowd, userQuery('title eq "rare"', { sort }))), [
        'u0',
        'u201',
        'u402',
      ]);
    });
  });
}
