import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RealmKey, ResourceUpdate, UpdateOutcome } from '@lockstep/provider/ports';
import type { Store } from '../src/open-store.ts';
import { isScimError } from './is-scim-error.ts';
import { emptyRealm, namesOf, newUser, userChange, userQuery } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

/** Changes of many resources in one transaction. */
export function realmBatchContract(open: OpenStore): void {
  describe('changes of many resources at once', () => {
    const store = storeForSuite(open);

    it('may swap names, in a ring too', async () => {
      const { realm, ids } = await three(store());
      await renameAll(store(), realm, [
        [ids[0], 'bert'],
        [ids[1], 'carl'],
        [ids[2], 'anna'],
      ]);
      assert.deepEqual(await allNames(store(), realm), ['bert', 'carl', 'anna']);
      const found = await store().realms.query(realm, userQuery('userName eq "carl"'));
      assert.deepEqual(
        found.resources.map((one) => one.id),
        [ids[1]],
      );
    });

    it('leave their names with those that do not change, whether given the same or left alone', async () => {
      const { realm, ids } = await three(store());
      const outcomes = await store().realms.updateAll(realm, 'User', [
        { id: ids[0] ?? '', mutate: () => undefined },
        { id: ids[1] ?? '', mutate: () => userChange(ids[1] ?? '', { userName: 'bert' }) },
        { id: 'nobody', mutate: () => undefined },
      ]);
      assert.deepEqual(
        outcomes.map((outcome) => outcome?.isChanged),
        [false, false, undefined],
      );
      for (const name of ['anna', 'bert', 'carl']) {
        await assert.rejects(store().realms.insert(realm, newUser({ userName: name })), isScimError('uniqueness'));
      }
    });

    it('are all or none: a name that stays taken refuses every one', async () => {
      const { realm, ids } = await three(store());
      const head = await store().realms.feedHead(realm);
      const refused = renameAll(store(), realm, [
        [ids[0], 'new'],
        [ids[1], 'carl'],
      ]);
      await assert.rejects(refused, isScimError('uniqueness'));
      assert.deepEqual(await allNames(store(), realm), ['anna', 'bert', 'carl']);
      assert.equal(await store().realms.feedHead(realm), head);
    });

    it('all count while single renames of the same people come in between', async () => {
      const { realm, ids } = await three(store());
      const swaps = Array.from({ length: 10 }, () =>
        store().realms.updateAll(
          realm,
          'User',
          ids.map((id) => ({ id, mutate: () => undefined })),
        ),
      );
      const rename = { type: 'User', id: ids[0] ?? '' };
      const renames = Array.from({ length: 10 }, (_, number) =>
        store().realms.update(realm, rename, () => userChange(rename.id, { userName: `anna${number}` })),
      );
      await Promise.all([...swaps, ...renames]);
      const [name = ''] = await allNames(store(), realm);
      const found = await store().realms.query(realm, userQuery(`userName eq "${name}"`));
      assert.equal(found.total, 1);
    });
  });
}

async function three(store: Store): Promise<{ readonly realm: RealmKey; readonly ids: readonly string[] }> {
  const realm = await emptyRealm(store);
  const users = ['anna', 'bert', 'carl'].map((userName) => newUser({ userName }));
  for (const user of users) await store.realms.insert(realm, user);
  return { realm, ids: users.map((user) => user.id) };
}

function renameAll(
  store: Store,
  realm: RealmKey,
  names: readonly (readonly [string | undefined, string])[],
): Promise<readonly (UpdateOutcome | undefined)[]> {
  const updates = names.map(
    ([id = '', userName]): ResourceUpdate => ({ id, mutate: () => userChange(id, { userName }) }),
  );
  return store.realms.updateAll(realm, 'User', updates);
}

async function allNames(store: Store, realm: RealmKey): Promise<readonly string[]> {
  return namesOf(await store.realms.query(realm, userQuery(undefined)));
}
