import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import type { Directory } from '@lockstep/engine/ports';
import type { Store } from '../src/open-store.ts';
import { emptyRealm, newGroup, newUser, T0 } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

/** The directory with nested groups flattened. */
export function nestedGroupsContract(open: OpenStore): void {
  describe('the directory with nested groups flattened', () => {
    const store = storeForSuite(open);
    const flat = (): Directory => store().directory.flattened();

    it('counts people in inner groups as assigned, with the roles of the nearest group first', async () => {
      const { app, user, outer, inner } = await nest(store());
      for (const id of ['far', 'near']) await saveRole(store(), app, id);
      await assign(store(), app, [outer, 'far'], [inner, 'near']);
      const [found] = await flat().users(app, [user]);
      assert.deepEqual([found?.isAssigned, found?.roles.map((role) => role.value)], [true, ['near', 'far']]);
      const [plain] = await store().directory.users(app, [user]);
      assert.deepEqual(
        plain?.roles.map((role) => role.value),
        ['near'],
      );
    });

    it('pages and counts who is in scope by inner groups, each once', async () => {
      const { app, user, outer, inner } = await nest(store());
      const direct = await addUser(store());
      await change(store(), outer, 'add', [direct, user]);
      await assign(store(), app, [outer, '']);
      const page = await flat().userPage(app, { limit: 10, scope: 'assigned' });
      assert.deepEqual(
        page.map((one) => one.id),
        [user, direct],
      );
      assert.deepEqual(await flat().count(app, 'assigned'), { users: 2, groups: 1 });
      assert.deepEqual(
        (await flat().groupPage(app, { limit: 10, scope: 'assigned' })).map((one) => one.id),
        [outer],
      );
      const next = await flat().userPage(app, { after: user, limit: 10, scope: 'assigned' });
      assert.deepEqual(
        next.map((one) => one.id),
        [direct],
      );
      await store().realms.remove(store().directoryRealm, { type: 'Group', id: inner }, T0);
      assert.deepEqual(await flat().count(app, 'assigned'), { users: 2, groups: 1 });
      await change(store(), outer, 'remove', [user]);
      assert.deepEqual(await flat().count(app, 'assigned'), { users: 1, groups: 1 });
    });

    it('gives the people of inner groups as members, and no groups', async () => {
      const { user, outer, middle } = await nest(store());
      const more = [await addUser(store()), await addUser(store())];
      await change(store(), middle, 'add', [...more, user]);
      const all = [user, ...more];
      assert.deepEqual(await flat().memberIds(outer, { limit: 10 }), all);
      assert.deepEqual(await flat().memberIds(outer, { limit: 1, after: user }), more.slice(0, 1));
      assert.deepEqual(await flat().memberIds(outer, { limit: 9, among: [user, middle, randomUUID()] }), [user]);
      assert.deepEqual(await store().directory.memberIds(outer, { limit: 9 }), [middle]);
    });

    it('ends where groups hold each other', async () => {
      const { app, user, outer, middle, inner } = await nest(store());
      await change(store(), inner, 'add', [outer]);
      await assign(store(), app, [inner, '']);
      for (const group of [outer, middle, inner]) {
        assert.deepEqual(await flat().memberIds(group, { limit: 10 }), [user]);
      }
      assert.equal((await flat().users(app, [user]))[0]?.isAssigned, true);
      assert.deepEqual(await flat().count(app, 'assigned'), { users: 1, groups: 1 });
    });

    it('follows 20 levels and no more', async () => {
      const { app, user, outer, inner } = await nest(store());
      let top = outer;
      for (let level = 3; level <= 20; level += 1) top = await addGroup(store(), [top]);
      assert.deepEqual(await flat().memberIds(top, { limit: 10 }), [user]);
      const beyond = await addGroup(store(), [top]);
      assert.deepEqual(await flat().memberIds(beyond, { limit: 10 }), []);
      await assign(store(), app, [beyond, '']);
      assert.equal((await flat().users(app, [user]))[0]?.isAssigned, false);
      assert.equal((await flat().count(app, 'assigned')).users, 0);
      const changes = await changesAfter(store(), flat(), app, () => change(store(), inner, 'remove', [user]));
      assert.ok(changes.memberChanges.has(top));
      assert.equal(changes.memberChanges.has(beyond), false);
    });

    it('a person who comes or goes changes every group around', async () => {
      const { app, user, outer, middle, inner } = await nest(store());
      for (const what of ['remove', 'add'] as const) {
        const changes = await changesAfter(store(), flat(), app, () => change(store(), inner, what, [user]));
        assert.deepEqual(changes.userIds, [user]);
        assert.deepEqual(changes.regroupedIds, []);
        assert.deepEqual([...changes.memberChanges.keys()].toSorted(), [outer, middle, inner].toSorted());
        for (const ids of changes.memberChanges.values()) assert.deepEqual(ids, [user]);
      }
    });

    it('a group that comes or goes touches everybody within it, and is compared as a whole around', async () => {
      const { app, user, outer, middle, inner } = await nest(store());
      for (const what of ['remove', 'add'] as const) {
        const changes = await changesAfter(store(), flat(), app, () => change(store(), middle, what, [inner]));
        assert.deepEqual(changes.userIds, [user], what);
        assert.deepEqual(changes.regroupedIds.toSorted(), [outer, middle].toSorted(), what);
      }
    });

    it('a person who left a group that itself has left since is not forgotten', async () => {
      const { app, user, outer, middle, inner } = await nest(store());
      const changes = await changesAfter(store(), flat(), app, async () => {
        await change(store(), middle, 'remove', [inner]);
        await change(store(), inner, 'remove', [user]);
      });
      assert.deepEqual(changes.userIds, [user]);
      assert.deepEqual(changes.regroupedIds.toSorted(), [outer, middle].toSorted());
    });

    it('an inner group that is deleted is told like one that left', async () => {
      const { app, user, outer, inner, middle } = await nest(store());
      const changes = await changesAfter(store(), flat(), app, async () => {
        await store().realms.remove(store().directoryRealm, { type: 'Group', id: inner }, T0);
      });
      assert.deepEqual(changes.userIds, [user]);
      assert.deepEqual(changes.regroupedIds.toSorted(), [outer, middle].toSorted());
    });

    it('an assignment of an outer group names everybody within', async () => {
      const { app, user, outer } = await nest(store());
      const act = (): Promise<unknown> => assign(store(), app, [outer, '']);
      const changes = await changesAfter(store(), flat(), app, act);
      assert.deepEqual([changes.userIds, changes.groupIds], [[user], [outer]]);
    });
  });

  describe('groups of the directory', () => {
    const store = storeForSuite(open);

    it('tells who is in a group by groups within it alone, and by which', async () => {
      const { user, outer, middle, inner } = await nest(store());
      const [direct, both] = [await addUser(store()), await addUser(store())];
      await change(store(), outer, 'add', [direct, both]);
      await change(store(), inner, 'add', [both]);
      const late = await addUser(store());
      await change(store(), middle, 'add', [late, user]);
      const through = async (page: { readonly after?: string; readonly limit: number }) =>
        (await store().groups.inheritedMembers(outer, page)).map((one) => [one.id, one.through.map(({ id }) => id)]);
      assert.deepEqual(await through({ limit: 10 }), [
        [user, [inner, middle]],
        [late, [middle]],
      ]);
      assert.deepEqual(await through({ limit: 1, after: user }), [[late, [middle]]]);
      assert.deepEqual(await store().groups.inheritedMembers(inner, { limit: 10 }), []);
      const found = (await store().groups.innerGroups(outer, { limit: 10 })).map(({ id }) => id);
      assert.deepEqual(found, [middle]);
      const second = await addGroup(store(), []);
      await change(store(), outer, 'add', [second]);
      assert.deepEqual(
        (await store().groups.innerGroups(outer, { limit: 1, after: middle })).map(({ id }) => id),
        [second],
      );
    });

    it('follows a thousand groups in a moment', async () => {
      const leaves: string[] = [];
      for (let at = 0; at < 1_000; at += 100) {
        leaves.push(...(await Promise.all(Array.from({ length: 100 }, () => addGroup(store(), [])))));
      }
      const user = await addUser(store());
      await change(store(), leaves[999] ?? '', 'add', [user]);
      const branches: string[] = [];
      for (let at = 0; at < 1_000; at += 50) branches.push(await addGroup(store(), leaves.slice(at, at + 50)));
      const top = await addGroup(store(), branches);
      const beganMs = performance.now();
      assert.deepEqual(await store().directory.flattened().memberIds(top, { limit: 10 }), [user]);
      assert.equal((await store().groups.inheritedMembers(top, { limit: 10 }))[0]?.through.length, 1);
      assert.deepEqual(await store().groups.holdersAmong(leaves[0] ?? '', [top]), [top]);
      // Going through all groups at each step takes tens of seconds; gathering them once, some milliseconds.
      assert.ok(performance.now() - beganMs < 3_000);
    });

    it('knows which members would close a circle, and ends in one that is there', async () => {
      const { outer, middle, inner } = await nest(store());
      const other = await addGroup(store(), []);
      const among = [outer, middle, inner, other, randomUUID()];
      const holders = async (id: string) => (await store().groups.holdersAmong(id, among)).toSorted();
      assert.deepEqual(await holders(inner), [outer, middle, inner].toSorted());
      assert.deepEqual(await holders(outer), [outer]);
      let top = outer;
      for (let level = 0; level < 25; level += 1) top = await addGroup(store(), [top]);
      assert.deepEqual(await store().groups.holdersAmong(inner, [top]), [top], 'deeper than groups are followed');
      await change(store(), inner, 'add', [outer]);
      assert.deepEqual(await holders(outer), [outer, middle, inner].toSorted());
      assert.deepEqual(
        await store()
          .groups.inheritedMembers(outer, { limit: 10 })
          .then((all) => all.length),
        1,
      );
    });

    it('tells every group around somebody, the nearest first, and what they are assigned to in all apps', async () => {
      const { app, user, outer, middle, inner } = await nest(store());
      await change(store(), outer, 'add', [user]);
      const around = (await store().groups.groupsAround(user)).map(({ id, depth }) => [id, depth]);
      assert.deepEqual(around, [
        [inner, 1],
        [outer, 1],
        [middle, 2],
      ]);
      assert.deepEqual(
        (await store().groups.groupsAround(middle)).map(({ id }) => id),
        [outer],
      );
      const other = await nest(store());
      for (const id of ['a', 'b']) await saveRole(store(), app, id);
      await assign(store(), app, [inner, 'a'], [inner, 'b']);
      await assign(store(), other.app, [outer, ''], [other.inner, '']);
      const found = await store().apps.assignmentsOf([user, inner, outer, inner]);
      const shown = found.map(({ appId, principalId, roleId }) => `${appId} ${principalId} ${roleId}`);
      assert.deepEqual(
        shown.toSorted(),
        [`${app} ${inner} a`, `${app} ${inner} b`, `${other.app} ${outer} `].toSorted(),
      );
    });

    it('knows nothing of groups of another realm, or of one that is gone', async () => {
      const { outer, middle } = await nest(store());
      await store().realms.remove(store().directoryRealm, { type: 'Group', id: outer }, T0);
      assert.deepEqual(await store().groups.innerGroups(outer, { limit: 10 }), []);
      assert.deepEqual(await store().groups.inheritedMembers(outer, { limit: 10 }), []);
      const realm = await emptyRealm(store());
      const foreign = await store().realms.insert(realm, newGroup('Foreign'));
      assert.deepEqual(await store().groups.holdersAmong(foreign.id, [foreign.id, middle]), []);
    });
  });
}

interface Nest {
  readonly app: string;
  readonly user: string;
  readonly outer: string;
  readonly middle: string;
  readonly inner: string;
}

/** A person in a group in a group in a group. */
async function nest(store: Store): Promise<Nest> {
  const id = randomUUID();
  const app = {
    id,
    name: id,
    definition: {},
    sealedSecret: null,
    secretExpiresMs: null,
    createdMs: T0,
    modifiedMs: T0,
  };
  await store.apps.save(app);
  const user = await addUser(store);
  const inner = await addGroup(store, [user]);
  const middle = await addGroup(store, [inner]);
  return { app: id, user, inner, middle, outer: await addGroup(store, [middle]) };
}

async function addUser(store: Store): Promise<string> {
  const id = randomUUID();
  const added = newUser({ userName: id }, { id });
  await store.realms.insert(store.directoryRealm, { ...added, text: JSON.stringify({ id }) });
  return id;
}

async function addGroup(store: Store, memberIds: readonly string[]): Promise<string> {
  return (await store.realms.insert(store.directoryRealm, newGroup(`group ${randomUUID()}`, { memberIds }))).id;
}

async function change(store: Store, id: string, what: 'add' | 'remove', ids: readonly string[]): Promise<void> {
  await store.realms.update(store.directoryRealm, { type: 'Group', id }, () => ({
    members: [{ do: what, ids }],
    nowMs: T0,
  }));
}

async function assign(
  store: Store,
  appId: string,
  ...groups: readonly (readonly [id: string, roleId: string])[]
): Promise<void> {
  const type = 'Group' as const;
  await store.apps.assign(groups.map(([principalId, roleId]) => ({ appId, principalId, roleId, type, nowMs: T0 })));
}

async function saveRole(store: Store, appId: string, id: string): Promise<void> {
  const role = { id, value: id, displayName: id, description: '', isEnabled: true, allowedMemberTypes: [] };
  await store.apps.saveRole({ appId, role, nowMs: T0 });
}

async function changesAfter(
  store: Store,
  directory: Directory,
  app: string,
  act: () => Promise<unknown>,
): ReturnType<Directory['changes']> {
  const head = await store.directory.head();
  await act();
  return directory.changes(app, head, 1_000);
}
