import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RealmKey } from '@lockstep/provider/ports';
import type { Store } from '../src/open-store.ts';
import { emptyRealm, newUser, T0, userQuery } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

const PEOPLE = 1_300;
const PAGE = 90;

/** Long unfiltered lists: places that are remembered must not outlive what they were remembered of. */
export function realmPagingContract(open: OpenStore): void {
  describe('pages of a long list', () => {
    const store = storeForSuite(open);

    it('are right in any order, while people come, go and come back', async () => {
      const realm = await emptyRealm(store());
      const living = await addPeople(store(), realm, PEOPLE);
      const gone: string[] = [];
      const random = seeded(11);
      for (let round = 0; round < 60; round += 1) {
        const victim = Math.floor(random() * living.length);
        if (round % 4 === 1) gone.push(await removeOne(store(), realm, { living, victim }));
        if (round % 4 === 2) await restoreOne(store(), realm, { living, id: gone.pop() });
        if (round % 4 === 3) living.push(...(await addPeople(store(), realm, 1, PEOPLE + round)));
        const startIndex = 1 + Math.floor(random() * (living.length + PAGE));
        await assertPage(store(), realm, { living, startIndex });
      }
    });

    it('follow each other to the end without a gap', async () => {
      const realm = await emptyRealm(store());
      const living = await addPeople(store(), realm, PEOPLE);
      for (const _ of ['first walk', 'walk over known places']) {
        for (let startIndex = 1; startIndex <= PEOPLE + PAGE; startIndex += PAGE) {
          await assertPage(store(), realm, { living, startIndex });
        }
      }
    });
  });
}

async function assertPage(
  store: Store,
  realm: RealmKey,
  expected: { readonly living: readonly string[]; readonly startIndex: number },
): Promise<void> {
  const { living, startIndex } = expected;
  const page = await store.realms.query(realm, userQuery(undefined, { startIndex, count: PAGE }));
  const ids = page.resources.map((one) => one.id);
  assert.equal(page.total, living.length);
  assert.deepEqual(ids, living.slice(startIndex - 1, startIndex - 1 + PAGE), `page from ${startIndex}`);
}

async function addPeople(store: Store, realm: RealmKey, count: number, from = 0): Promise<string[]> {
  const numbers = Array.from({ length: count }, (_, at) => from + at);
  // One after another where order matters: the list is in the order of creation.
  const ids: string[] = [];
  for (const number of numbers) {
    ids.push((await store.realms.insert(realm, newUser({ userName: `person${number}` }))).id);
  }
  return ids;
}

async function removeOne(
  store: Store,
  realm: RealmKey,
  from: { readonly living: string[]; readonly victim: number },
): Promise<string> {
  const [id = ''] = from.living.splice(from.victim, 1);
  assert.equal(await store.realms.remove(realm, { type: 'User', id }, T0 + 1), true);
  return id;
}

/** A person who comes back has the place of the first creation again. */
async function restoreOne(
  store: Store,
  realm: RealmKey,
  to: { readonly living: string[]; readonly id: string | undefined },
): Promise<void> {
  if (to.id === undefined) return;
  await store.realms.restore(realm, { type: 'User', id: to.id }, T0 + 2);
  const everyone = await store.realms.query(realm, userQuery('userName pr', { startIndex: 1, count: 10_000 }));
  to.living.splice(0, to.living.length, ...everyone.resources.map((one) => one.id));
}

/** Numbers that look random and are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
