import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isScimError } from './is-scim-error.ts';
import { emptyRealm, feedText, NO_RELATIONS, newGroup, newUser, T0, userChange } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

const asUser = { type: 'User', include: NO_RELATIONS } as const;
const eva = {
  userName: 'Eva.Lind@example.org',
  externalId: 'e1',
  emails: [{ value: 'Eva@example.org', type: 'work' }],
};

/** Insert, read, update, remove, restore and purge of single resources. */
export function realmWriteContract(open: OpenStore): void {
  describe('writes of a realm', () => {
    const store = storeForSuite(open);

    it('gives back what was inserted, at version 1', async () => {
      const realm = await emptyRealm(store());
      const added = newUser(eva);
      const stored = await store().realms.insert(realm, added);
      assert.deepEqual(stored, {
        id: added.id,
        type: 'User',
        version: 1,
        createdMs: T0,
        modifiedMs: T0,
        isManaged: true,
        text: added.text,
      });
      assert.deepEqual(await store().realms.read(realm, added.id, asUser), stored);
    });

    it('finds no resource under another type, and none that never was', async () => {
      const realm = await emptyRealm(store());
      const { id } = await store().realms.insert(realm, newUser(eva));
      assert.equal(await store().realms.read(realm, id, { type: 'Group', include: NO_RELATIONS }), undefined);
      assert.equal(await store().realms.read(realm, 'nobody', asUser), undefined);
    });

    it('keeps text of every script as it came', async () => {
      const realm = await emptyRealm(store());
      const user = {
        userName: 'ж.李.👩‍🚀@example.org',
        displayName: 'Zoë O’Brien "\\ \u0001 \u2028',
        title: 'x'.repeat(100_000),
      };
      const added = newUser(user);
      await store().realms.insert(realm, added);
      assert.equal((await store().realms.read(realm, added.id, asUser))?.text, added.text);
    });

    for (const [what, second, rules] of [
      ['user name', { ...eva, externalId: 'e2', emails: [] }, {}],
      ['user name in another case', { ...eva, userName: 'EVA.LIND@EXAMPLE.ORG', emails: [] }, {}],
      ['externalId, where it is unique', { ...eva, userName: 'other' }, { isExternalIdUnique: true }],
      ['indexed value, where it is unique', { ...eva, userName: 'other', externalId: 'e2' }, { isEmailUnique: true }],
    ] as const) {
      it(`refuses a second ${what} as uniqueness and writes nothing`, async () => {
        const realm = await emptyRealm(store());
        await store().realms.insert(realm, newUser(eva, rules));
        await assert.rejects(store().realms.insert(realm, newUser(second, rules)), isScimError('uniqueness'));
        assert.equal(await store().realms.count(realm, 'User'), 1);
        assert.equal(await store().realms.feedHead(realm), 1);
      });
    }

    it('takes the same name for a user and a group, and the same externalId where it is not unique', async () => {
      const realm = await emptyRealm(store());
      await store().realms.insert(realm, newUser({ userName: 'sales', externalId: 'x' }));
      await store().realms.insert(realm, newUser({ userName: 'other', externalId: 'x' }));
      await store().realms.insert(realm, newGroup('sales'));
      assert.equal(await store().realms.count(realm, 'User'), 2);
      assert.equal(await store().realms.count(realm, 'Group'), 1);
    });

    it('refuses an id that is taken', async () => {
      const realm = await emptyRealm(store());
      const added = newUser(eva);
      await store().realms.insert(realm, added);
      await assert.rejects(
        store().realms.insert(realm, newUser({ userName: 'other' }, { id: added.id })),
        isScimError('uniqueness'),
      );
    });

    it('refuses text that no database could compare or index', async () => {
      const realm = await emptyRealm(store());
      const broken = [
        { userName: 'u\u0000' },
        { userName: 'u', title: '\u0000' },
        { userName: 'u', title: '\ud800' },
        { userName: 'u'.repeat(801) },
        { userName: 'u', externalId: 'é'.repeat(801) },
        { userName: 'u', emails: [{ value: 'é'.repeat(801) }] },
      ];
      for (const user of broken)
        await assert.rejects(store().realms.insert(realm, newUser(user)), isScimError('invalidValue'));
      const longest = { userName: '李'.repeat(800), title: '\\u0000 \\ud800 in words' };
      await store().realms.insert(realm, newUser({ ...longest, emails: [{ value: '龍'.repeat(800) }] }));
      assert.equal(await store().realms.count(realm, 'User'), 1);
    });

    it('keeps a resource with thousands of indexed values', async () => {
      const realm = await emptyRealm(store());
      const emails = Array.from({ length: 3_000 }, (_, number) => ({ value: `a${number}@example.org` }));
      const { id } = await store().realms.insert(realm, newUser({ userName: 'many', emails }));
      const outcome = await store().realms.update(realm, { type: 'User', id }, () =>
        userChange(id, { userName: 'many' }),
      );
      assert.equal(outcome?.isChanged, true);
    });

    it('raises the version and the time of change at a real change only', async () => {
      const realm = await emptyRealm(store());
      const { id, text } = await store().realms.insert(realm, newUser(eva));
      const target = { type: 'User', id };
      const same = await store().realms.update(realm, target, () => userChange(id, eva));
      assert.deepEqual([same?.isChanged, same?.resource.version, same?.resource.modifiedMs], [false, 1, T0]);
      const left = await store().realms.update(realm, target, () => undefined);
      assert.deepEqual([left?.isChanged, left?.resource.text], [false, text]);
      const changed = await store().realms.update(realm, target, () => userChange(id, { ...eva, title: 'Head' }));
      assert.deepEqual(
        [changed?.isChanged, changed?.resource.version, changed?.resource.modifiedMs],
        [true, 2, T0 + 1_000],
      );
      assert.deepEqual(await store().realms.read(realm, id, asUser), changed?.resource);
      assert.equal(await store().realms.feedHead(realm), 2);
    });

    it('hands the current resource to the change and lets it refuse', async () => {
      const realm = await emptyRealm(store());
      const stored = await store().realms.insert(realm, newUser(eva));
      const refusal = new Error('not today');
      await assert.rejects(
        store().realms.update(realm, { type: 'User', id: stored.id }, (current) => {
          assert.deepEqual(current, stored);
          throw refusal;
        }),
        refusal,
      );
      assert.deepEqual(await store().realms.read(realm, stored.id, asUser), stored);
    });

    it('moves a unique name and value: the old ones are free, the new ones taken', async () => {
      const realm = await emptyRealm(store());
      const rules = { isEmailUnique: true, isExternalIdUnique: true };
      const { id } = await store().realms.insert(realm, newUser(eva, rules));
      const moved = { userName: 'eva.berg', externalId: 'e9', emails: [{ value: 'eva.berg@example.org' }] };
      await store().realms.update(realm, { type: 'User', id }, () => userChange(id, moved, rules));
      await store().realms.insert(realm, newUser(eva, rules));
      for (const taken of [
        { userName: 'EVA.berg' },
        { userName: 'x', externalId: 'e9' },
        { userName: 'x', emails: [{ value: 'EVA.BERG@example.org' }] },
      ]) {
        await assert.rejects(store().realms.insert(realm, newUser(taken, rules)), isScimError('uniqueness'));
        const other = newUser({ userName: 'y' }, rules);
        await store().realms.insert(realm, other);
        const change = store().realms.update(realm, { type: 'User', id: other.id }, () =>
          userChange(other.id, taken, rules),
        );
        await assert.rejects(change, isScimError('uniqueness'));
        await store().realms.remove(realm, { type: 'User', id: other.id }, T0);
      }
    });

    it('leaves a tombstone that reads, lists and keys do not see', async () => {
      const realm = await emptyRealm(store());
      const rules = { isEmailUnique: true, isExternalIdUnique: true };
      const { id } = await store().realms.insert(realm, newUser(eva, rules));
      const target = { type: 'User', id };
      assert.equal(await store().realms.remove(realm, target, T0 + 5), true);
      assert.equal(await store().realms.remove(realm, target, T0 + 6), false);
      assert.equal(await store().realms.read(realm, id, asUser), undefined);
      assert.equal(await store().realms.update(realm, target, () => userChange(id, eva)), undefined);
      assert.equal(await store().realms.count(realm, 'User'), 0);
      await store().realms.insert(realm, newUser(eva, rules));
    });

    it('restores a tombstone with id, text and keys, one version up', async () => {
      const realm = await emptyRealm(store());
      const rules = { isEmailUnique: true, isExternalIdUnique: true };
      const { id, text } = await store().realms.insert(realm, newUser(eva, rules));
      const target = { type: 'User', id };
      await store().realms.remove(realm, target, T0 + 5);
      const restored = await store().realms.restore(realm, target, T0 + 9);
      assert.deepEqual([restored?.id, restored?.text, restored?.modifiedMs], [id, text, T0 + 9]);
      assert.deepEqual(await store().realms.read(realm, id, asUser), restored);
      assert.equal(await store().realms.count(realm, 'User'), 1);
      assert.equal(await store().realms.restore(realm, target, T0 + 10), undefined);
      for (const taken of [
        { ...eva, externalId: 'n', emails: [] },
        { userName: 'n', externalId: 'e1' },
        { userName: 'n', emails: eva.emails },
      ]) {
        await assert.rejects(store().realms.insert(realm, newUser(taken, rules)), isScimError('uniqueness'));
      }
    });

    for (const [what, taken] of [
      ['name', { userName: eva.userName }],
      ['externalId', { userName: 'n', externalId: 'e1' }],
      ['value', { userName: 'n', emails: eva.emails }],
    ] as const) {
      it(`refuses to restore when the ${what} was taken meanwhile`, async () => {
        const realm = await emptyRealm(store());
        const rules = { isEmailUnique: true, isExternalIdUnique: true };
        const { id } = await store().realms.insert(realm, newUser(eva, rules));
        await store().realms.remove(realm, { type: 'User', id }, T0);
        await store().realms.insert(realm, newUser(taken, rules));
        await assert.rejects(store().realms.restore(realm, { type: 'User', id }, T0), isScimError('uniqueness'));
        assert.equal(await store().realms.count(realm, 'User'), 1);
      });
    }

    it('purges old tombstones for good, at most as many as asked, and nothing that lives', async () => {
      const realm = await emptyRealm(store());
      for (let number = 0; number < 4; number += 1) {
        const { id } = await store().realms.insert(
          realm,
          newUser({ userName: `u${number}`, emails: [{ value: `u${number}@x.org` }] }),
        );
        if (number < 3) await store().realms.remove(realm, { type: 'User', id }, T0 + number);
      }
      assert.equal(await store().realms.purge(realm, T0 + 2, 1), 1);
      assert.equal(await store().realms.purge(realm, T0 + 2, 10), 1);
      assert.equal(await store().realms.purge(realm, T0 + 2, 10), 0);
      assert.equal(await store().realms.count(realm, 'User'), 1);
    });

    it('never shows or touches a protected account, but its name is taken', async () => {
      const realm = await emptyRealm(store());
      const admin = newUser({ userName: 'Admin' }, { isProtected: true });
      await store().realms.insert(realm, admin);
      const target = { type: 'User', id: admin.id };
      assert.equal(await store().realms.read(realm, admin.id, asUser), undefined);
      assert.equal(await store().realms.update(realm, target, () => userChange(admin.id, eva)), undefined);
      assert.equal(await store().realms.remove(realm, target, T0), false);
      assert.equal(await store().realms.count(realm, 'User'), 0);
      await assert.rejects(store().realms.insert(realm, newUser({ userName: 'admin' })), isScimError('uniqueness'));
      await assert.rejects(
        store().realms.insert(realm, newGroup('g', { memberIds: [admin.id] })),
        isScimError('invalidValue'),
      );
    });

    it('writes one feed entry per effect, in order', async () => {
      const realm = await emptyRealm(store());
      const { id } = await store().realms.insert(realm, newUser(eva, { isManaged: false }));
      const target = { type: 'User', id };
      const update = (change: Parameters<typeof userChange>[1]): Promise<unknown> =>
        store().realms.update(realm, target, () => userChange(id, change));
      await update({ ...eva, title: 'Head' });
      await update({ ...eva, active: false });
      await update({ ...eva, active: true, title: 'Head' });
      await store().realms.update(realm, target, () => ({ isManaged: true, nowMs: T0 }));
      await store().realms.remove(realm, target, T0);
      await store().realms.restore(realm, target, T0);
      assert.deepEqual(await feedText(store(), realm, new Map([[id, 'eva']])), [
        'created eva',
        'updated eva',
        'updated eva',
        'deactivated eva',
        'updated eva',
        'activated eva',
        'linked eva',
        'deleted eva',
        'restored eva',
      ]);
      const entries = await store().realms.feed(realm, 0, 100);
      assert.deepEqual(
        entries.map((entry) => entry.entry),
        [1, 2, 3, 4, 5, 6, 7, 8, 9],
      );
      assert.deepEqual(await store().realms.feed(realm, 3, 2), entries.slice(3, 5));
      assert.equal(await store().realms.feedHead(realm), 9);
    });
  });
}
