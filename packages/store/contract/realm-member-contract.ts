import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MemberChange, RealmKey } from '@lockstep/provider/ports';
import type { Store } from '../src/open-store.ts';
import { isScimError } from './is-scim-error.ts';
import { ALL_RELATIONS, emptyRealm, feedText, newGroup, newUser, T0, userChange } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

/** Memberships as rows: set operations, groups of a member, pages, and what removal does to them. */
export function realmMemberContract(open: OpenStore): void {
  describe('memberships of a realm', () => {
    const store = storeForSuite(open);

    it('brings members and groups along only when asked', async () => {
      const { realm, users, group } = await crew(store(), 2);
      const read = await store().realms.read(realm, group, { type: 'Group', include: ALL_RELATIONS });
      assert.deepEqual(read?.members, [
        { id: users[0], type: 'User', display: 'user 0' },
        { id: users[1], type: 'User', display: 'user 1' },
      ]);
      const bare = await store().realms.read(realm, group, {
        type: 'Group',
        include: { members: false, groups: false },
      });
      assert.equal(bare?.members, undefined);
      const user = await store().realms.read(realm, users[0] ?? '', { type: 'User', include: ALL_RELATIONS });
      assert.deepEqual(user?.groups, [{ id: group, display: 'crew' }]);
    });

    const cases: readonly (readonly [
      string,
      (users: readonly string[]) => readonly MemberChange[],
      readonly number[],
    ])[] = [
      ['adds the ones that are new', (u) => [{ do: 'add', ids: pick(u, 0, 3, 3) }], [0, 1, 2, 3]],
      ['removes the ones that are there', (u) => [{ do: 'remove', ids: [...pick(u, 1, 4), 'nobody'] }], [0, 2]],
      [
        'removes those that match',
        (u) => [{ do: 'removeWhere', matches: (m) => m.display === 'user 2' || m.id === u[0] }],
        [1],
      ],
      ['clears', () => [{ do: 'clear' }], []],
      ['replaces', (u) => [{ do: 'replace', ids: pick(u, 2, 4) }], [2, 4]],
      [
        'applies in order',
        (u) => [
          { do: 'clear' },
          { do: 'add', ids: pick(u, 3) },
          { do: 'remove', ids: pick(u, 3) },
          { do: 'add', ids: pick(u, 4) },
        ],
        [4],
      ],
    ];
    for (const [what, changes, left] of cases) {
      it(`${what}`, async () => {
        const { realm, users, group } = await crew(store(), 3, 5);
        const outcome = await change(store(), realm, group, changes(users));
        assert.deepEqual([outcome?.isChanged, outcome?.resource.version], [true, 2]);
        assert.deepEqual(await memberNumbers(store(), realm, group, users), left);
      });
    }

    it('leaves version and feed alone when no membership changes', async () => {
      const { realm, users, group } = await crew(store(), 2, 3);
      const head = await store().realms.feedHead(realm);
      for (const same of [
        [{ do: 'add', ids: pick(users, 0, 1) }],
        [{ do: 'remove', ids: pick(users, 2) }],
        [{ do: 'replace', ids: pick(users, 1, 0) }],
        [{ do: 'removeWhere', matches: () => false }],
      ] satisfies readonly (readonly MemberChange[])[]) {
        const outcome = await change(store(), realm, group, same);
        assert.deepEqual([outcome?.isChanged, outcome?.resource.version], [false, 1]);
      }
      assert.equal(await store().realms.feedHead(realm), head);
    });

    it('refuses a member that does not exist, is gone, or is of another realm, and changes nothing', async () => {
      const { realm, users, group } = await crew(store(), 1, 2);
      const foreign = await crew(store(), 1);
      await store().realms.remove(realm, { type: 'User', id: users[1] ?? '' }, T0);
      for (const id of ['nobody', users[1] ?? '', foreign.users[0] ?? '']) {
        const refused = change(store(), realm, group, [{ do: 'clear' }, { do: 'add', ids: [id] }]);
        await assert.rejects(refused, isScimError('invalidValue'));
      }
      assert.deepEqual(await memberNumbers(store(), realm, group, users), [0]);
    });

    it('takes groups as members', async () => {
      const { realm, group } = await crew(store(), 1);
      const outer = await store().realms.insert(realm, newGroup('outer', { memberIds: [group] }));
      const members = await store().realms.members(realm, outer.id, { limit: 10 });
      assert.deepEqual(members, [{ id: group, type: 'Group', display: 'crew' }]);
      const inner = await store().realms.read(realm, group, { type: 'Group', include: ALL_RELATIONS });
      assert.deepEqual(inner?.groups, [{ id: outer.id, display: 'outer' }]);
    });

    it('shows a renamed member under its new name', async () => {
      const { realm, users, group } = await crew(store(), 1);
      const id = users[0] ?? '';
      await store().realms.update(realm, { type: 'User', id }, () => userChange(id, { userName: 'renamed' }));
      assert.deepEqual(await store().realms.members(realm, group, { limit: 10 }), [
        { id, type: 'User', display: 'renamed' },
      ]);
    });

    it('pages through members, oldest first, each once', async () => {
      const { realm, users, group } = await crew(store(), 7);
      const seen: string[] = [];
      for (let after: string | undefined; ; ) {
        const page = await store().realms.members(realm, group, {
          ...(after === undefined ? {} : { after }),
          limit: 3,
        });
        seen.push(...page.map((member) => member.id));
        after = page.at(-1)?.id;
        if (page.length < 3) break;
      }
      assert.deepEqual(seen, users);
    });

    it('takes a removed user out of every group, raising their versions, with entries that say so', async () => {
      const { realm, users, group } = await crew(store(), 2);
      const other = await store().realms.insert(realm, newGroup('other', { memberIds: pick(users, 0) }));
      const before = await store().realms.feedHead(realm);
      await store().realms.remove(realm, { type: 'User', id: users[0] ?? '' }, T0 + 7);
      assert.deepEqual(await memberNumbers(store(), realm, group, users), [1]);
      assert.deepEqual(await memberNumbers(store(), realm, other.id, users), []);
      const read = await store().realms.read(realm, group, { type: 'Group', include: ALL_RELATIONS });
      assert.deepEqual([read?.version, read?.modifiedMs], [2, T0 + 7]);
      const names = new Map([
        [group, 'crew'],
        [other.id, 'other'],
        [users[0] ?? '', 'u0'],
      ]);
      const entries = (await feedText(store(), realm, names)).slice(before);
      assert.deepEqual(entries.toSorted(), ['deleted u0', 'memberRemoved crew u0', 'memberRemoved other u0']);
    });

    it('restores without the memberships that went', async () => {
      const { realm, users, group } = await crew(store(), 1);
      const target = { type: 'User', id: users[0] ?? '' };
      await store().realms.remove(realm, target, T0);
      await store().realms.restore(realm, target, T0);
      assert.deepEqual(await memberNumbers(store(), realm, group, users), []);
    });

    it('removes a group with its memberships, telling who left', async () => {
      const { realm, users, group } = await crew(store(), 2);
      const before = await store().realms.feedHead(realm);
      await store().realms.remove(realm, { type: 'Group', id: group }, T0);
      const user = await store().realms.read(realm, users[0] ?? '', { type: 'User', include: ALL_RELATIONS });
      assert.deepEqual(user?.groups, []);
      const names = new Map([
        [group, 'crew'],
        [users[0] ?? '', 'u0'],
        [users[1] ?? '', 'u1'],
      ]);
      const entries = (await feedText(store(), realm, names)).slice(before);
      assert.deepEqual(entries.toSorted(), ['deleted crew', 'memberRemoved crew u0', 'memberRemoved crew u1']);
    });

    it('tells the feed who came and who went', async () => {
      const { realm, users, group } = await crew(store(), 1, 3);
      const before = await store().realms.feedHead(realm);
      await change(store(), realm, group, [{ do: 'replace', ids: pick(users, 1, 2) }]);
      const names = new Map([[group, 'crew'], ...users.map((id, number) => [id, `u${number}`] as const)]);
      assert.deepEqual((await feedText(store(), realm, names)).slice(before), [
        'memberRemoved crew u0',
        'memberAdded crew u1',
        'memberAdded crew u2',
      ]);
    });

    it('handles more members in one change than a statement takes parameters', async () => {
      const { realm, users, group } = await crew(store(), 0, 1_050);
      await change(store(), realm, group, [{ do: 'add', ids: users }]);
      await change(store(), realm, group, [{ do: 'removeWhere', matches: (member) => member.id !== users[1_020] }]);
      assert.deepEqual(await memberNumbers(store(), realm, group, users), [1_020]);
    });
  });
}

interface Crew {
  readonly realm: RealmKey;
  readonly users: readonly string[];
  readonly group: string;
}

/** A realm with users and a group of the first of them. */
async function crew(store: Store, memberCount: number, userCount = memberCount): Promise<Crew> {
  const realm = await emptyRealm(store);
  const users = Array.from({ length: userCount }, (_, number) =>
    newUser({ userName: `u${number}`, displayName: `user ${number}` }),
  );
  // Members are listed in the order they were made: only a crowd, whose order no test looks at, comes all at once.
  if (userCount > 100) await Promise.all(users.map((user) => store.realms.insert(realm, user)));
  else for (const user of users) await store.realms.insert(realm, user);
  const ids = users.map((user) => user.id);
  const group = await store.realms.insert(realm, newGroup('crew', { memberIds: ids.slice(0, memberCount) }));
  return { realm, users: ids, group: group.id };
}

function pick(users: readonly string[], ...numbers: readonly number[]): readonly string[] {
  return numbers.map((number) => users[number] ?? '');
}

function change(
  store: Store,
  realm: RealmKey,
  group: string,
  members: readonly MemberChange[],
): ReturnType<Store['realms']['update']> {
  return store.realms.update(realm, { type: 'Group', id: group }, () => ({ members, nowMs: T0 + 1_000 }));
}

async function memberNumbers(
  store: Store,
  realm: RealmKey,
  group: string,
  users: readonly string[],
): Promise<readonly number[]> {
  const members = await store.realms.members(realm, group, { limit: 10_000 });
  return members.map((member) => users.indexOf(member.id)).toSorted((a, b) => a - b);
}
