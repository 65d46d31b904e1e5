import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { FeedEntry, RealmKey } from '@lockstep/provider/ports';
import type { Store } from '../src/open-store.ts';
import { emptyRealm, newGroup, newUser, T0, userChange } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

const WRITERS = 8;
const ROUNDS = 12;

/** A reader that moves its watermark while others write must see every entry, once, in order. */
export function feedContract(open: OpenStore): void {
  describe('the feed', () => {
    const store = storeForSuite(open);

    it('shows a reader that follows it every entry of 8 concurrent writers', async () => {
      const realm = await emptyRealm(store());
      const group = await store().realms.insert(realm, newGroup('g'));
      const writing = Promise.all(
        Array.from({ length: WRITERS }, (_, writer) => write(store(), { realm, group: group.id, writer })),
      );
      const seen = await follow(store(), realm, writing);
      const all = await store().realms.feed(realm, 0, 1_000_000);
      assert.deepEqual(seen, all);
      assert.deepEqual(
        seen.map((entry) => entry.entry),
        Array.from({ length: seen.length }, (_, at) => at + 1),
      );
      // Each writer: created, updated, two or one member entries, and at the end of the round the removal of its user.
      assert.equal(seen.filter((entry) => entry.kind === 'created').length, WRITERS * ROUNDS + 1);
      assert.equal(seen.filter((entry) => entry.kind === 'deleted').length, WRITERS * ROUNDS);
    });

    it('tells the story of each object in the order it happened', async () => {
      const realm = await emptyRealm(store());
      const group = await store().realms.insert(realm, newGroup('g'));
      await Promise.all(
        Array.from({ length: WRITERS }, (_, writer) => write(store(), { realm, group: group.id, writer })),
      );
      const stories = new Map<string, string[]>();
      for (const entry of await store().realms.feed(realm, 0, 1_000_000)) {
        const subject = entry.otherId ?? entry.resourceId;
        stories.set(subject, [...(stories.get(subject) ?? []), entry.kind]);
      }
      stories.delete(group.id);
      for (const story of stories.values()) {
        assert.deepEqual(story, ['created', 'updated', 'memberAdded', 'memberRemoved', 'deleted']);
      }
    });

    it('gives nothing behind a write that failed', async () => {
      const realm = await emptyRealm(store());
      await store().realms.insert(realm, newUser({ userName: 'u' }));
      await assert.rejects(store().realms.insert(realm, newGroup('g', { memberIds: ['nobody'] })));
      assert.equal(await store().realms.feedHead(realm), 1);
      await store().realms.insert(realm, newGroup('g'));
      const entries = await store().realms.feed(realm, 0, 10);
      assert.deepEqual(
        entries.map((entry) => [entry.entry, entry.kind, entry.type]),
        [
          [1, 'created', 'User'],
          [2, 'created', 'Group'],
        ],
      );
    });
  });
}

/** One writer's rounds: a user comes, changes, joins, and goes again with its membership. */
async function write(
  store: Store,
  as: { readonly realm: RealmKey; readonly group: string; readonly writer: number },
): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const user = newUser({ userName: `u${as.writer}-${round}` });
    const target = { type: 'User', id: user.id };
    await store.realms.insert(as.realm, user);
    await store.realms.update(as.realm, target, () =>
      userChange(user.id, { userName: `u${as.writer}-${round}`, title: 't' }),
    );
    await store.realms.update(as.realm, { type: 'Group', id: as.group }, () => ({
      members: [{ do: 'add', ids: [user.id] }],
      nowMs: T0,
    }));
    await store.realms.remove(as.realm, target, T0);
  }
}

/** Reads in small pages from a watermark that only moves forward, until the writers are done and nothing is left. */
async function follow(store: Store, realm: RealmKey, writing: Promise<unknown>): Promise<readonly FeedEntry[]> {
  const seen: FeedEntry[] = [];
  let isWriting = true;
  const done = writing.finally(() => {
    isWriting = false;
  });
  for (;;) {
    // Asked before the read: what is written behind an empty last page would else be missed by the test, not by the store.
    const wasWriting = isWriting;
    const page = await store.realms.feed(realm, seen.at(-1)?.entry ?? 0, 7);
    seen.push(...page);
    if (page.length === 0 && !wasWriting) break;
    await turn();
  }
  await done;
  return seen;
}
