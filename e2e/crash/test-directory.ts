import { isJsonObject, type JsonObject } from '@lockstep/scim';
import type { Store } from '@lockstep/store';

/** A small directory whose people have numbers, so that two runs can be compared. */
export interface TestDirectory {
  addUser(number: number, managerNumber: number | undefined): Promise<void>;
  rename(number: number, surname: string): Promise<void>;
  setManager(number: number, managerNumber: number): Promise<void>;
  disable(number: number): Promise<void>;
  remove(number: number): Promise<void>;
  addGroup(number: number, memberNumbers: readonly number[]): Promise<void>;
  changeMembers(
    group: number,
    change: { readonly add: readonly number[]; readonly remove: readonly number[] },
  ): Promise<void>;
  assignUser(number: number): Promise<void>;
  unassignUser(number: number): Promise<void>;
  assignGroup(number: number): Promise<void>;
}

const APP_ID = 'job-1';

export function directoryOf(store: Store): TestDirectory {
  const realm = store.directoryRealm;
  const { realms, apps } = store;
  const nowMs = Date.now();
  const update = (number: number, change: JsonObject): Promise<unknown> =>
    realms.update(realm, { type: 'User', id: userId(number) }, (current) => {
      const before: unknown = JSON.parse(current.text);
      const attributes = { ...(isJsonObject(before) ? before : {}), ...change };
      return { text: JSON.stringify(attributes), keys: keysOf(attributes), nowMs };
    });
  const assign = async (principalId: string, type: 'User' | 'Group'): Promise<void> => {
    await ensureApp(store);
    await apps.assign([{ appId: APP_ID, principalId, type, roleId: '', nowMs }]);
  };
  return {
    addUser: async (number, managerNumber) => {
      const attributes = userAttributes(number, managerNumber);
      const text = JSON.stringify(attributes);
      await realms.insert(realm, {
        id: userId(number),
        type: 'User',
        text,
        keys: keysOf(attributes),
        isManaged: true,
        nowMs,
      });
    },
    rename: async (number, surname) => {
      await update(number, { surname });
    },
    setManager: async (number, managerNumber) => {
      await update(number, { manager: userId(managerNumber) });
    },
    disable: async (number) => {
      await update(number, { accountEnabled: false });
    },
    remove: async (number) => {
      await realms.remove(realm, { type: 'User', id: userId(number) }, nowMs);
    },
    addGroup: async (number, memberNumbers) => {
      const attributes = { id: groupId(number), displayName: `Group ${number}` };
      const text = JSON.stringify(attributes);
      const memberIds = memberNumbers.map(userId);
      const keys = keysOf(attributes);
      await realms.insert(realm, { id: groupId(number), type: 'Group', text, keys, memberIds, isManaged: true, nowMs });
    },
    changeMembers: async (group, change) => {
      await realms.update(realm, { type: 'Group', id: groupId(group) }, () => ({
        members: [
          { do: 'remove', ids: change.remove.map(userId) },
          { do: 'add', ids: change.add.map(userId) },
        ],
        nowMs,
      }));
    },
    assignUser: (number) => assign(userId(number), 'User'),
    unassignUser: async (number) => {
      await apps.unassign({ appId: APP_ID, principalId: userId(number), type: 'User', roleId: undefined, nowMs });
    },
    assignGroup: (number) => assign(groupId(number), 'Group'),
  };
}

async function ensureApp(store: Store): Promise<void> {
  if ((await store.apps.find(APP_ID)) !== undefined) return;
  const times = { createdMs: 0, modifiedMs: 0 };
  await store.apps.save({
    id: APP_ID,
    name: 'App',
    definition: {},
    sealedSecret: null,
    secretExpiresMs: null,
    ...times,
  });
}

function userAttributes(number: number, managerNumber: number | undefined): JsonObject {
  const name = `person${number}`;
  return {
    id: userId(number),
    userPrincipalName: `${name}@company.example`,
    displayName: `Person ${number}`,
    givenName: 'Person',
    surname: String(number),
    mail: `${name}@company.example`,
    mailNickname: name,
    accountEnabled: true,
    ...(managerNumber === undefined ? {} : { manager: userId(managerNumber) }),
  };
}

function keysOf(attributes: JsonObject): Parameters<Store['realms']['insert']>[1]['keys'] {
  const name = attributes['userPrincipalName'];
  return {
    uniqueName: typeof name === 'string' ? name : null,
    externalId: null,
    isExternalIdUnique: false,
    display: String(attributes['displayName']),
    values: [],
    isActive: attributes['accountEnabled'] !== false,
  };
}

function userId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

function groupId(number: number): string {
  return `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`;
}
