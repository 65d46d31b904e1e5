import type { SourceObject } from '../expression/step.ts';
import type { DirectoryGroup, DirectoryUser } from '../ports/directory.ts';

/** What expressions and mappings can read beside the attributes of the directory, by kind of object. */
export const computedAttributes: Readonly<Record<'user' | 'group', readonly string[]>> = {
  user: ['objectId', 'IsSoftDeleted', 'appRoleAssignments', 'originalUserPrincipalName'],
  group: ['objectId', 'IsSoftDeleted', 'members'],
};

/**
 * A person as expressions see them: the attributes of the directory plus the computed ones. `IsSoftDeleted` is the text
 * `True` when the person is unassigned, fails a filter, is soft-deleted or disabled (Entra docs "How provisioning works").
 */
export function userSource(user: DirectoryUser, isSoftDeleted: boolean): SourceObject {
  return {
    ...userAttributes(user),
    manager: user.managerId ?? null,
    IsSoftDeleted: isSoftDeleted ? 'True' : 'False',
    appRoleAssignments: user.roles
      .filter(({ value }) => value !== '')
      .map(({ id, value, displayName }) => ({ id, value, displayName })),
  };
}

/**
 * A person's own attributes, without what depends on an app. The user principal name of a guest is the address the guest was
 * invited by; `originalUserPrincipalName` keeps the raw one (rule SCOPE-5, Entra docs "How provisioning works").
 */
export function userAttributes(user: DirectoryUser): SourceObject {
  const own: SourceObject = { ...user.attributes, objectId: user.id, accountEnabled: user.isAccountEnabled };
  const name = own['userPrincipalName'];
  if (typeof name !== 'string') return own;
  const raw = own['originalUserPrincipalName'] ?? name;
  const guest = guestName(name);
  return { ...own, originalUserPrincipalName: raw, ...(guest === undefined ? {} : { userPrincipalName: guest }) };
}

const GUEST_MARK = '#EXT#@';

/** `eva_contoso.com#EXT#@tenant.example` is eva@contoso.com; undefined for the names of members. */
function guestName(name: string): string | undefined {
  const at = name.toUpperCase().lastIndexOf(GUEST_MARK);
  if (at === -1) return undefined;
  const alias = name.slice(0, at);
  const divider = alias.lastIndexOf('_');
  if (divider === -1) return `${alias}@${name.slice(at + GUEST_MARK.length)}`;
  return `${alias.slice(0, divider)}@${alias.slice(divider + 1)}`;
}

/** A group as expressions see it. Members are read page by page and are not among the attributes. */
export function groupSource(group: DirectoryGroup, isSoftDeleted: boolean): SourceObject {
  return { ...groupAttributes(group), IsSoftDeleted: isSoftDeleted ? 'True' : 'False' };
}

/** A group's own attributes, without what depends on an app. */
export function groupAttributes(group: DirectoryGroup): SourceObject {
  return { ...group.attributes, objectId: group.id };
}
