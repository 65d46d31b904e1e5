import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import type { DirectoryChanges } from '@lockstep/engine/ports';
import type { JsonObject } from '@lockstep/scim';
import type { AppRecord, AppRole } from '../src/directory/app-operations.ts';
import type { Store } from '../src/open-store.ts';
import { isScimError } from './is-scim-error.ts';
import { newGroup, newUser, T0 } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

/** Apps, assignments, and the directory as an engine sees it for one app. */
export function directoryContract(open: OpenStore): void {
  describe('apps', () => {
    const store = storeForSuite(open);

    it('are found by id and by name in any case, and listed in the order they were made', async () => {
      const app = newApp({
        name: 'Ziflow Éé',
        definition: { scope: 'assigned' },
        sealedSecret: 'sealed',
        secretExpiresMs: T0 + 1,
      });
      await store().apps.save(app);
      assert.deepEqual(await store().apps.find(app.id), app);
      assert.deepEqual(await store().apps.find('ZIFLOW e\u0301É'), app);
      const second = newApp();
      await store().apps.save(second);
      await store().apps.save({ ...app, name: 'Renamed', modifiedMs: T0 + 1 });
      assert.deepEqual(
        (await store().apps.list(100)).map((one) => one.id),
        [app.id, second.id],
      );
      assert.equal(await store().apps.find('Ziflow Éé'), undefined);
      assert.equal(await store().apps.delete(app.id), true);
      assert.equal(await store().apps.delete(app.id), false);
    });

    it('refuse a name that another app has, in any case, also when many come at once', async () => {
      const results = await Promise.allSettled(
        ['Same', 'SAME', 'same'].map((name) => store().apps.save(newApp({ name }))),
      );
      const refused = results.filter((result) => result.status === 'rejected');
      assert.equal(refused.length, 2);
      for (const { reason } of refused) assert.ok(isScimError('uniqueness')(reason), String(reason));
    });

    it('are changed only from the state that the change was made from', async () => {
      const app = newApp();
      assert.equal(await store().apps.save(app), true);
      const next = { ...app, definition: { scope: 'all' }, modifiedMs: app.modifiedMs + 1 };
      assert.equal(await store().apps.save(next, app.modifiedMs), true);
      const late = { ...app, definition: { scope: 'assigned' }, modifiedMs: app.modifiedMs + 2 };
      assert.equal(await store().apps.save(late, app.modifiedMs), false);
      assert.deepEqual(await store().apps.find(app.id), next);
    });

    it('keep roles, whose values are unique within the app', async () => {
      const { app } = await world(store());
      const role = newRole('Uploader', { isEnabled: false, allowedMemberTypes: ['Group'] });
      await store().apps.saveRole({ appId: app, role: role, nowMs: 1 });
      await store().apps.saveRole({ appId: app, role: { ...role, displayName: 'changed' }, nowMs: 1 });
      await store().apps.saveRole({ appId: app, role: newRole('Approver'), nowMs: 1 });
      const roles = await store().apps.roles(app);
      assert.deepEqual(
        roles.map((one) => one.value),
        ['Approver', 'Uploader'],
      );
      assert.deepEqual(roles[1], { ...role, displayName: 'changed' });
      await assert.rejects(
        store().apps.saveRole({ appId: app, role: newRole('Uploader'), nowMs: 1 }),
        isScimError('uniqueness'),
      );
    });

    it('tell who holds a role that changed, and nobody when nothing did', async () => {
      const { app, user } = await world(store());
      const role = newRole('Uploader');
      await store().apps.saveRole({ appId: app, role, nowMs: 1 });
      await store().apps.assign([assignment(app, user, role.id)]);
      const head = await store().directory.head();
      await store().apps.saveRole({ appId: app, role, nowMs: 2 });
      assert.equal(await store().directory.head(), head);
      await store().apps.saveRole({ appId: app, role: { ...role, value: 'Reviewer' }, nowMs: 3 });
      const changes = await store().directory.changes(app, head, 100);
      assert.deepEqual(changes.userIds, [user]);
    });

    it('page through assignments without splitting anybody', async () => {
      const { app, realm } = await world(store());
      const ids = ['1', '2', '3'].map((digit) => `${digit}-${randomUUID()}`);
      for (const id of ids) await store().realms.insert(realm, newUser({ userName: id }, { id }));
      const changes = ids.flatMap((principalId) =>
        ['', 'r1', 'r2'].map((roleId) => assignment(app, principalId, roleId)),
      );
      assert.equal(await store().apps.assign(changes), 9);
      assert.equal(await store().apps.assign(changes), 0);
      const seen: string[] = [];
      for (let after: string | undefined; ; ) {
        const page = await store().apps.assignments(app, { ...(after === undefined ? {} : { after }), limit: 2 });
        seen.push(...page.map((one) => `${one.principalId} ${one.roleId}`));
        after = page.at(-1)?.principalId;
        if (page.length === 0) break;
      }
      assert.deepEqual(
        seen,
        ids.flatMap((id) => [`${id} `, `${id} r1`, `${id} r2`]),
      );
    });

    it('keep settings of the installation', async () => {
      assert.equal(await store().apps.setting('key'), undefined);
      await store().apps.saveSetting('key', 'one');
      await store().apps.saveSetting('key', 'two');
      assert.equal(await store().apps.setting('key'), 'two');
      const claims = await Promise.all(['a', 'b', 'c'].map((value) => store().apps.claimSetting('claimed', value)));
      assert.equal(claims.filter(Boolean).length, 1);
      assert.equal(await store().apps.claimSetting('key', 'three'), false);
      assert.equal(await store().apps.setting('key'), 'two');
    });
  });

  describe('the directory seen from an app', () => {
    const store = storeForSuite(open);

    it('tells which of some groups a person is a direct member of, and that the person changed with them', async () => {
      const { app, realm, user, group } = await world(store());
      const outsider = await addUser(store(), {});
      const memberships = async (): Promise<readonly unknown[]> => {
        const found = await store().directory.users(app, [user, outsider], [group, randomUUID()]);
        return found.map((one) => [one.id, one.memberOf]).toSorted();
      };
      const change = (what: 'add' | 'remove'): Promise<unknown> =>
        store().realms.update(realm, { type: 'Group', id: group }, () => ({
          members: [{ do: what, ids: [user] }],
          nowMs: T0,
        }));
      const expected = (groups: readonly string[]): readonly unknown[] =>
        [
          [user, groups],
          [outsider, []],
        ].toSorted();
      assert.deepEqual(await memberships(), expected([]));
      let head = await store().directory.head();
      for (const [what, groups] of [
        ['add', [group]],
        ['remove', []],
        ['add', [group]],
      ] as const) {
        await change(what);
        assert.deepEqual(await memberships(), expected(groups));
        const changes = await store().directory.changes(app, head, 100);
        assert.deepEqual(changes.userIds, [user], what);
        head = changes.next;
      }
      const page = await store().directory.userPage(app, { limit: 10_000, scope: 'all', groupIds: [group] });
      assert.deepEqual(page.find((one) => one.id === user)?.memberOf, [group]);
      assert.equal((await store().directory.users(app, [user]))[0]?.memberOf, undefined);
      await store().realms.remove(realm, { type: 'Group', id: group }, T0);
      assert.deepEqual(await memberships(), expected([]));
      assert.deepEqual((await store().directory.changes(app, head, 100)).userIds, [user]);
    });

    it('tells direct and group assignments, with roles, direct ones first', async () => {
      const { app, realm, user, group } = await world(store());
      const other = await addUser(store(), {});
      for (const role of [newRole('Direct', { id: 'r2' }), newRole('ByGroup', { id: 'r1' })])
        await store().apps.saveRole({ appId: app, role: role, nowMs: 1 });
      await store().realms.update(realm, { type: 'Group', id: group }, () => ({
        members: [{ do: 'add', ids: [user] }],
        nowMs: T0,
      }));
      await store().apps.assign([
        assignment(app, user, 'r2'),
        assignment(app, user, ''),
        assignment(app, group, 'r1', 'Group'),
        assignment(app, group, 'r2', 'Group'),
      ]);
      const [found, unassigned] = await store()
        .directory.users(app, [user, other])
        .then(byIds([user, other]));
      assert.equal(found?.isAssigned, true);
      assert.deepEqual(found?.roles, [
        { id: 'r2', value: 'Direct', displayName: 'Role Direct' },
        { id: 'r1', value: 'ByGroup', displayName: 'Role ByGroup' },
      ]);
      assert.deepEqual([unassigned?.isAssigned, unassigned?.roles], [false, []]);
      const elsewhere = await world(store());
      const [seen] = await store().directory.users(elsewhere.app, [user]);
      assert.deepEqual([seen?.isAssigned, seen?.roles], [false, []]);
      const [seenGroup] = await store().directory.groups(app, [group]);
      assert.equal(seenGroup?.isAssigned, true);
    });

    it('does not count membership of a nested group as an assignment', async () => {
      const { app, realm, user, group } = await world(store());
      const inner = await store().realms.insert(realm, newGroup(`inner ${randomUUID()}`, { memberIds: [user] }));
      await store().realms.update(realm, { type: 'Group', id: group }, () => ({
        members: [{ do: 'add', ids: [inner.id] }],
        nowMs: T0,
      }));
      await store().apps.assign([assignment(app, group, '', 'Group')]);
      const [found] = await store().directory.users(app, [user]);
      assert.equal(found?.isAssigned, false);
    });

    it('shows attributes, manager, account state and both kinds of deletion', async () => {
      const { app, realm } = await world(store());
      const manager = await addUser(store(), {});
      const id = await addUser(store(), { manager, department: 'Sales' }, { isActive: false });
      const bin = await addUser(store(), { deletedDateTime: '2026-11-02T08:00:00Z' });
      const gone = await addUser(store(), {});
      await store().realms.remove(realm, { type: 'User', id: gone }, T0);
      const found = await store()
        .directory.users(app, [id, bin, gone, 'nobody'])
        .then(byIds([id, bin, gone]));
      assert.deepEqual(
        found.map((one) => [one?.managerId, one?.isAccountEnabled, one?.deleted]),
        [
          [manager, false, 'no'],
          [undefined, true, 'soft'],
          [undefined, true, 'hard'],
        ],
      );
      assert.equal(found[0]?.attributes['department'], 'Sales');
    });

    it('pages through users and groups in scope, in the order of creation, and counts them', async () => {
      const { app, realm, group } = await world(store());
      const members = [await addUser(store(), {}), await addUser(store(), {})];
      const direct = await addUser(store(), {});
      await addUser(store(), {});
      await store().realms.update(realm, { type: 'Group', id: group }, () => ({
        members: [{ do: 'add', ids: members }],
        nowMs: T0,
      }));
      await store().apps.assign([
        assignment(app, group, '', 'Group'),
        assignment(app, direct, ''),
        assignment(app, members[0] ?? '', ''),
      ]);
      const first = await store().directory.userPage(app, { limit: 2, scope: 'assigned' });
      assert.deepEqual(
        first.map((one) => one.id),
        members,
      );
      const second = await store().directory.userPage(app, { after: members[1] ?? '', limit: 2, scope: 'assigned' });
      assert.deepEqual(
        second.map((one) => one.id),
        [direct],
      );
      assert.deepEqual(
        (await store().directory.groupPage(app, { limit: 9, scope: 'assigned' })).map((one) => one.id),
        [group],
      );
      assert.deepEqual(await store().directory.count(app, 'assigned'), { users: 3, groups: 1 });
      const all = await store().directory.count(app, 'all');
      assert.equal((await store().directory.userPage(app, { limit: 100_000, scope: 'all' })).length, all.users);
      assert.equal((await store().directory.groupPage(app, { limit: 100_000, scope: 'all' })).length, all.groups);
    });

    it('pages through the direct members of a group', async () => {
      const { realm, group } = await world(store());
      const members = [await addUser(store(), {}), await addUser(store(), {}), await addUser(store(), {})];
      await store().realms.update(realm, { type: 'Group', id: group }, () => ({
        members: [{ do: 'add', ids: members }],
        nowMs: T0,
      }));
      assert.deepEqual(await store().directory.memberIds(group, { limit: 2 }), members.slice(0, 2));
      assert.deepEqual(
        await store().directory.memberIds(group, { after: members[1] ?? '', limit: 2 }),
        members.slice(2),
      );
    });

    it('leaves nothing of a deleted app behind', async () => {
      const { app, user } = await world(store());
      await store().apps.assign([assignment(app, user, '')]);
      await store().apps.delete(app);
      const [found] = await store().directory.users(app, [user]);
      assert.equal(found?.isAssigned, false);
    });
  });

  describe('changes of the directory', () => {
    const store = storeForSuite(open);

    it('name the objects that were written', async () => {
      const { app, realm, user } = await world(store());
      const changes = await changesOf(store(), app, async () => {
        const id = await addUser(store(), {});
        const group = await store().realms.insert(realm, newGroup(`g ${randomUUID()}`));
        await store().realms.remove(realm, { type: 'User', id: user }, T0);
        return { userIds: [id, user], groupIds: [group.id], membershipGroupIds: [] };
      });
      assert.equal(changes.isLast, true);
      assert.equal(changes.next, await store().directory.head());
    });

    it('of a membership name the member and the group', async () => {
      const { app, realm, user, group } = await world(store());
      const change = (kind: 'add' | 'remove'): Promise<unknown> =>
        store().realms.update(realm, { type: 'Group', id: group }, () => ({
          members: [{ do: kind, ids: [user] }],
          nowMs: T0,
        }));
      for (const kind of ['add', 'remove'] as const) {
        const found = await changesOf(store(), app, async () => {
          await change(kind);
          return { userIds: [user], groupIds: [], membershipGroupIds: [group] };
        });
        assert.deepEqual(found.memberChanges.get(group), [user]);
        const among = [user, randomUUID()];
        const members = await store().directory.memberIds(group, { limit: 10, among });
        assert.deepEqual(members, kind === 'add' ? [user] : []);
        assert.deepEqual(await store().directory.memberIds(group, { limit: 10, among: [] }), []);
      }
    });

    it('of an assignment name the user, and of a group assignment every member', async () => {
      const { app, realm, user, group } = await world(store());
      const elsewhere = await world(store());
      await store().realms.update(realm, { type: 'Group', id: group }, () => ({
        members: [{ do: 'add', ids: [user] }],
        nowMs: T0,
      }));
      const direct = await addUser(store(), {});
      await changesOf(store(), app, async () => {
        await store().apps.assign([assignment(app, direct, '')]);
        await store().apps.assign([assignment(elsewhere.app, elsewhere.user, '')]);
        return { userIds: [direct], groupIds: [], membershipGroupIds: [] };
      });
      await changesOf(store(), app, async () => {
        await store().apps.assign([assignment(app, group, '', 'Group')]);
        return { userIds: [user], groupIds: [group], membershipGroupIds: [] };
      });
      await changesOf(store(), app, async () => {
        assert.equal(
          await store().apps.unassign({ appId: app, principalId: group, type: 'Group', roleId: undefined, nowMs: T0 }),
          true,
        );
        assert.equal(
          await store().apps.unassign({ appId: app, principalId: group, type: 'Group', roleId: undefined, nowMs: T0 }),
          false,
        );
        return { userIds: [user], groupIds: [group], membershipGroupIds: [] };
      });
    });

    it('of a deleted group name its members', async () => {
      const { app, realm, user, group } = await world(store());
      await store().realms.update(realm, { type: 'Group', id: group }, () => ({
        members: [{ do: 'add', ids: [user] }],
        nowMs: T0,
      }));
      await changesOf(store(), app, async () => {
        await store().realms.remove(realm, { type: 'Group', id: group }, T0);
        return { userIds: [user], groupIds: [group], membershipGroupIds: [group] };
      });
    });

    it('come in pages whose watermarks leave nothing out', async () => {
      const { app } = await world(store());
      const head = await store().directory.head();
      const ids = await Promise.all(Array.from({ length: 5 }, () => addUser(store(), {})));
      const seen: string[] = [];
      let after = head;
      let pages = 0;
      for (let isLast = false; !isLast; pages += 1) {
        const page = await store().directory.changes(app, after, 2);
        seen.push(...page.userIds);
        ({ next: after, isLast } = page);
      }
      assert.deepEqual(seen.toSorted(), ids.toSorted());
      assert.equal(pages, 3);
      assert.deepEqual(await store().directory.changes(app, after, 2), {
        userIds: [],
        groupIds: [],
        memberChanges: new Map(),
        regroupedIds: [],
        next: after,
        isLast: true,
      });
    });
  });
}

interface World {
  readonly app: string;
  readonly realm: number;
  readonly user: string;
  readonly group: string;
}

/** An app, a user and an empty group of one test in the directory that all tests of a suite share. */
async function world(store: Store): Promise<World> {
  const app = newApp();
  await store.apps.save(app);
  const user = await addUser(store, {});
  const group = await store.realms.insert(store.directoryRealm, newGroup(`group ${randomUUID()}`));
  return { app: app.id, realm: store.directoryRealm, user, group: group.id };
}

async function addUser(
  store: Store,
  attributes: JsonObject,
  options: { readonly isActive?: boolean } = {},
): Promise<string> {
  const id = randomUUID();
  const added = newUser({ userName: id, active: options.isActive ?? true }, { id });
  const stored = await store.realms.insert(store.directoryRealm, {
    ...added,
    text: JSON.stringify({ id, ...attributes }),
  });
  return stored.id;
}

function newApp(options: Partial<AppRecord> = {}): AppRecord {
  const id = randomUUID();
  return {
    id,
    name: `app ${id}`,
    definition: {},
    sealedSecret: null,
    secretExpiresMs: null,
    createdMs: T0,
    modifiedMs: T0,
    ...options,
  };
}

function newRole(value: string, options: Partial<AppRole> = {}): AppRole {
  return {
    id: randomUUID(),
    value,
    displayName: `Role ${value}`,
    description: '',
    isEnabled: true,
    allowedMemberTypes: ['User', 'Group'],
    ...options,
  };
}

function assignment(
  appId: string,
  principalId: string,
  roleId: string,
  type: 'User' | 'Group' = 'User',
): Parameters<Store['apps']['assign']>[0][number] {
  return { appId, principalId, roleId, type, nowMs: T0 };
}

function byIds<T extends { readonly id: string }>(
  ids: readonly string[],
): (found: readonly T[]) => readonly (T | undefined)[] {
  return (found) => ids.map((id) => found.find((one) => one.id === id));
}

/** What a job finds behind an action, which says itself what that has to be; order does not matter. */
async function changesOf(
  store: Store,
  app: string,
  action: () => Promise<Pick<DirectoryChanges, 'userIds' | 'groupIds'> & { membershipGroupIds: readonly string[] }>,
): Promise<DirectoryChanges> {
  const after = await store.directory.head();
  const expected = await action();
  const found = await store.directory.changes(app, after, 1_000);
  for (const key of ['userIds', 'groupIds'] as const) {
    assert.deepEqual(found[key].toSorted(), expected[key].toSorted(), key);
  }
  assert.deepEqual([...found.memberChanges.keys()].toSorted(), expected.membershipGroupIds.toSorted());
  return found;
}
