import { foldText } from '@lockstep/scim';
import type { Store } from '@lockstep/store';
import { groupId, userId } from './bench-ids.ts';

const BATCH = 1_000;

/** Fills a tenant through the store, as fast as it goes: users by number, and a group for each size. */
export async function fillTenant(
  store: Store,
  realm: number,
  wanted: { readonly users: number; readonly groupSizes: readonly number[] },
): Promise<void> {
  const nowMs = Date.now();
  for (let at = 0; at < wanted.users; at += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, wanted.users - at) }, (_, offset) => at + offset);
    await Promise.all(numbers.map((number) => store.realms.insert(realm, { ...user(number), isManaged: true, nowMs })));
  }
  for (const size of wanted.groupSizes) {
    const displayName = `Group of ${size}`;
    const text = JSON.stringify({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      id: groupId(size),
      displayName,
    });
    const keys = {
      uniqueName: foldText(displayName),
      externalId: null,
      isExternalIdUnique: false,
      display: displayName,
      values: [],
      isActive: true,
    };
    await store.realms.insert(realm, { id: groupId(size), type: 'Group', text, keys, isManaged: true, nowMs });
    for (let at = 0; at < size; at += BATCH * 10) {
      const ids = Array.from({ length: Math.min(BATCH * 10, size - at) }, (_, offset) =>
        userId((at + offset) % wanted.users),
      );
      await store.realms.update(realm, { type: 'Group', id: groupId(size) }, () => ({
        members: [{ do: 'add', ids }],
        nowMs,
      }));
    }
  }
}

function user(number: number): {
  id: string;
  type: string;
  text: string;
  keys: Parameters<Store['realms']['insert']>[1]['keys'];
} {
  const id = userId(number);
  const userName = `person${number}@company.example`;
  const resource = {
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    ],
    id,
    externalId: `ext-${number}`,
    userName,
    name: { formatted: `Person Number ${number}`, familyName: `Number ${number}`, givenName: 'Person' },
    displayName: `Person Number ${number}`,
    title: 'Engineer',
    preferredLanguage: 'nl-NL',
    active: true,
    emails: [{ value: userName, type: 'work', primary: true }],
    phoneNumbers: [{ value: '+31 20 555 0100', type: 'work' }],
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
      employeeNumber: String(100_000 + number),
      department: `Department ${number % 40}`,
    },
  };
  return {
    id,
    type: 'User',
    text: JSON.stringify(resource),
    keys: {
      uniqueName: userName,
      externalId: `ext-${number}`,
      isExternalIdUnique: false,
      display: `Person Number ${number}`,
      values: [{ path: 'emails.value', value: userName, isUnique: false }],
      isActive: true,
    },
  };
}
