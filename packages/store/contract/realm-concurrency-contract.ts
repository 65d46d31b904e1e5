import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RealmKey } from '@lockstep/provider/ports';
import type { Store } from '../src/open-store.ts';
import { isScimError } from './is-scim-error.ts';
import { emptyRealm, NO_RELATIONS, newGroup, newUser, T0, userChange, userQuery } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

/** What must hold when requests meet: every update counts, one of many wins a name, no tenant sees another. */
export function realmConcurrencyContract(open: OpenStore): void {
  describe('parallel requests in realms', () => {
    const store = storeForSuite(open);

    it('counts every one of 100 parallel updates', async () => {
      const realm = await emptyRealm(store());
      const { id } = await store().realms.insert(realm, newUser({ userName: 'u', title: '0' }));
      const addOne = (): Promise<unknown> =>
        store().realms.update(realm, { type: 'User', id }, (current) => {
          const title = String(titleOf(current.text) + 1);
          return userChange(id, { userName: 'u', title });
        });
      await Promise.all(Array.from({ length: 100 }, addOne));
      const read = await store().realms.read(realm, id, { type: 'User', include: NO_RELATIONS });
      assert.equal(titleOf(read?.text ?? '{}'), 100);
      assert.equal(read?.version, 101);
      assert.equal(await store().realms.feedHead(realm), 101);
    });

    it('counts every one of 100 parallel member changes of one group', async () => {
      const realm = await emptyRealm(store());
      const users = Array.from({ length: 100 }, (_, number) => newUser({ userName: `u${number}` }));
      await Promise.all(users.map((user) => store().realms.insert(realm, user)));
      const group = await store().realms.insert(
        realm,
        newGroup('g', { memberIds: users.slice(0, 50).map((user) => user.id) }),
      );
      await Promise.all(
        users.map((user, number) =>
          store().realms.update(realm, { type: 'Group', id: group.id }, () => ({
            members: [{ do: number < 50 ? 'remove' : 'add', ids: [user.id] }],
            nowMs: T0,
          })),
        ),
      );
      const members = await store().realms.members(realm, group.id, { limit: 1_000 });
      assert.deepEqual(new Set(members.map((member) => member.id)), new Set(users.slice(50).map((user) => user.id)));
    });

    for (const [what, rules] of [
      ['name', {}],
      ['indexed value', { isEmailUnique: true }],
    ] as const) {
      it(`lets one of 100 parallel inserts with the same ${what} win`, async () => {
        const realm = await emptyRealm(store());
        const results = await Promise.allSettled(
          Array.from({ length: 100 }, (_, number) => {
            const userName = rules === undefined || !('isEmailUnique' in rules) ? 'same' : `u${number}`;
            return store().realms.insert(realm, newUser({ userName, emails: [{ value: 'same@x.org' }] }, rules));
          }),
        );
        const refused = results.filter((result) => result.status === 'rejected');
        assert.equal(refused.length, 99);
        for (const { reason } of refused) assert.ok(isScimError('uniqueness')(reason), String(reason));
        assert.equal(await store().realms.count(realm, 'User'), 1);
        assert.equal((await store().realms.query(realm, userQuery('emails.value eq "same@x.org"'))).total, 1);
        assert.equal(await store().realms.feedHead(realm), 1);
      });
    }

    it('lets one of many parallel removals, restores and renames win', async () => {
      const realm = await emptyRealm(store());
      const { id } = await store().realms.insert(realm, newUser({ userName: 'u' }));
      const target = { type: 'User', id };
      const removed = await Promise.all(Array.from({ length: 20 }, () => store().realms.remove(realm, target, T0)));
      assert.equal(removed.filter(Boolean).length, 1);
      const restored = await Promise.all(Array.from({ length: 20 }, () => store().realms.restore(realm, target, T0)));
      assert.equal(restored.filter((one) => one !== undefined).length, 1);
      assert.equal(await store().realms.count(realm, 'User'), 1);
      assert.equal(await store().realms.feedHead(realm), 3);
    });

    it('never leaves a tombstone in a group while members come and go', async () => {
      const realm = await emptyRealm(store());
      const users = Array.from({ length: 40 }, (_, number) => newUser({ userName: `u${number}` }));
      await Promise.all(users.map((user) => store().realms.insert(realm, user)));
      const groups = await Promise.all([0, 1].map((number) => store().realms.insert(realm, newGroup(`g${number}`))));
      await Promise.allSettled(
        users.flatMap((user) => [
          ...groups.map((group) => addMember(store(), realm, group.id, user.id)),
          store().realms.remove(realm, { type: 'User', id: user.id }, T0),
        ]),
      );
      for (const group of groups) assert.deepEqual(await store().realms.members(realm, group.id, { limit: 100 }), []);
    });

    it('keeps tenants apart while their requests interleave', async () => {
      const realms = await Promise.all(Array.from({ length: 6 }, () => emptyRealm(store())));
      const id = 'the-same-id-everywhere';
      await Promise.all(
        realms.map(async (realm) => {
          await store().realms.insert(realm, newUser({ userName: 'same', title: 'before' }, { id }));
          await store().realms.update(realm, { type: 'User', id }, () =>
            userChange(id, { userName: 'same', title: `of ${realm}` }),
          );
        }),
      );
      const [first = 0, ...others] = realms;
      await store().realms.remove(first, { type: 'User', id }, T0);
      for (const realm of others) {
        const read = await store().realms.read(realm, id, { type: 'User', include: NO_RELATIONS });
        assert.deepEqual([JSON.parse(read?.text ?? '{}').title, read?.version], [`of ${realm}`, 2]);
        assert.equal(await store().realms.feedHead(realm), 2);
      }
      assert.equal(await store().realms.count(first, 'User'), 0);
    });

    it('reaches nothing of another realm by any call', async () => {
      const [mine, theirs] = [await emptyRealm(store()), await emptyRealm(store())];
      const user = await store().realms.insert(
        theirs,
        newUser({ userName: 'u', externalId: 'x', emails: [{ value: 'u@x.org' }] }),
      );
      const group = await store().realms.insert(theirs, newGroup('g', { memberIds: [user.id] }));
      const gone = await store().realms.insert(theirs, newUser({ userName: 'gone' }));
      await store().realms.remove(theirs, { type: 'User', id: gone.id }, T0);
      const head = await store().realms.feedHead(theirs);
      const asUser = { type: 'User', id: user.id };
      assert.equal(await store().realms.read(mine, user.id, { type: 'User', include: NO_RELATIONS }), undefined);
      for (const filter of [
        undefined,
        'userName eq "u"',
        `id eq "${user.id}"`,
        'externalId eq "x"',
        'emails.value eq "u@x.org"',
        `groups.value eq "${group.id}"`,
        'title pr or userName pr',
      ]) {
        assert.equal((await store().realms.query(mine, userQuery(filter))).total, 0, filter);
      }
      assert.equal(await store().realms.update(mine, asUser, () => userChange(user.id, { userName: 'v' })), undefined);
      assert.equal(await store().realms.remove(mine, asUser, T0), false);
      assert.equal(await store().realms.restore(mine, { type: 'User', id: gone.id }, T0), undefined);
      assert.equal(await store().realms.purge(mine, T0 + 1, 100), 0);
      assert.deepEqual(await store().realms.members(mine, group.id, { limit: 10 }), []);
      assert.deepEqual(await store().realms.feed(mine, 0, 10), []);
      assert.equal(await store().realms.count(mine, 'User'), 0);
      await assert.rejects(
        addMember(store(), mine, (await store().realms.insert(mine, newGroup('m'))).id, user.id),
        isScimError('invalidValue'),
      );
      assert.equal(await store().realms.feedHead(theirs), head);
    });
  });
}

function addMember(store: Store, realm: RealmKey, group: string, id: string): Promise<unknown> {
  return store.realms.update(realm, { type: 'Group', id: group }, () => ({
    members: [{ do: 'add', ids: [id] }],
    nowMs: T0,
  }));
}

function titleOf(text: string): number {
  return Number(JSON.parse(text).title);
}
