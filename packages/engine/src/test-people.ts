import type { JsonObject } from '@lockstep/scim';
import type { DirectoryGroup, DirectoryUser } from './ports/directory.ts';

/** Eva, living, enabled and assigned; tests change what they are about. */
export function eva(changes: Partial<DirectoryUser> = {}, attributes: JsonObject = {}): DirectoryUser {
  return {
    id: '6f1d2c3b-0000-4000-8000-000000000001',
    attributes: {
      userPrincipalName: 'eva.lind@example.com',
      mail: 'eva.lind@example.com',
      mailNickname: 'eva.lind',
      givenName: 'Eva',
      surname: 'Lind',
      displayName: 'Eva Lind',
      department: 'Sales',
      telephoneNumber: '+46 1',
      ...attributes,
    },
    isAccountEnabled: true,
    deleted: 'no',
    managerId: undefined,
    isAssigned: true,
    roles: [],
    ...changes,
  };
}

/** A living, assigned group. */
export function finance(changes: Partial<DirectoryGroup> = {}): DirectoryGroup {
  return {
    id: '6f1d2c3b-0000-4000-8000-000000000009',
    attributes: { displayName: 'Finance' },
    deleted: 'no',
    isAssigned: true,
    ...changes,
  };
}
