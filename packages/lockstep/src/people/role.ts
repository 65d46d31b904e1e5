/** What somebody is in the console. */
export type Role = 'owner' | 'administrator' | 'operator' | 'auditor';

/** What a request of the admin API may need. */
export type Permission = 'read' | 'operate' | 'configure' | 'people';

/** Every role, strongest first. */
export const roles: readonly [Role, ...Role[]] = ['owner', 'administrator', 'operator', 'auditor'];

/** Every permission: look at everything but people; run cycles and keep the directory; set up apps, providers and tokens; people and keys. */
export const permissions: readonly [Permission, ...Permission[]] = ['read', 'operate', 'configure', 'people'];

/** The permission table. */
export const permissionsOfRole: Readonly<Record<Role, readonly Permission[]>> = {
  owner: ['read', 'operate', 'configure', 'people'],
  administrator: ['read', 'operate', 'configure'],
  operator: ['read', 'operate'],
  auditor: ['read'],
};

/** A text that names a role; `undefined` for any other. */
export function readRole(text: string): Role | undefined {
  return roles.find((role) => role === text);
}

/** A text that names a permission; `undefined` for any other. */
export function readPermission(text: string): Permission | undefined {
  return permissions.find((permission) => permission === text);
}
