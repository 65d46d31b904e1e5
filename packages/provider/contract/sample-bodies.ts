import { ENTERPRISE_USER_SCHEMA, GROUP_SCHEMA, type JsonObject, PATCH_SCHEMA, USER_SCHEMA } from '@lockstep/scim';

/** Everything an app of the gallery could be sent about a user. */
export function fullUser(userName: string, more: JsonObject = {}): JsonObject {
  return {
    schemas: [USER_SCHEMA, ENTERPRISE_USER_SCHEMA],
    userName,
    externalId: `object of ${userName}`,
    active: true,
    displayName: 'Eva Lind',
    title: 'Head of Sales',
    preferredLanguage: 'sv-SE',
    name: { givenName: 'Eva', familyName: 'Lind', formatted: 'Eva Lind' },
    emails: [{ value: userName, type: 'work', primary: true }],
    phoneNumbers: [{ value: '+46 8 123 456', type: 'work' }],
    addresses: [{ type: 'work', locality: 'Uppsala' }],
    [ENTERPRISE_USER_SCHEMA]: { department: 'Sales', organization: 'Lumen Works', employeeNumber: '701' },
    ...more,
  };
}

/** The smallest user. */
export function user(userName: string, more: JsonObject = {}): JsonObject {
  return { schemas: [USER_SCHEMA], userName, ...more };
}

/** A user with one e-mail address for work. */
export function userWithEmail(userName: string, email: string, more: JsonObject = {}): JsonObject {
  return user(userName, { emails: [{ value: email, type: 'work' }], ...more });
}

export function group(displayName: string, memberIds: readonly string[] = []): JsonObject {
  return { schemas: [GROUP_SCHEMA], displayName, members: memberIds.map((value) => ({ value })) };
}

/** A PATCH of operations. */
export function patch(...operations: readonly JsonObject[]): JsonObject {
  return { schemas: [PATCH_SCHEMA], Operations: operations };
}
