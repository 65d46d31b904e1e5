import type { SourceObject } from '../expression/step.ts';
import type { DirectoryGroup, DirectoryUser } from '../ports/directory.ts';

/**
 * A person as expressions see them: the attributes of the directory plus the computed ones. `IsSoftDeleted` is the text
 * `True` when the person is unassigned, fails a filter, is soft-deleted or disabled (Entra docs "How provisioning works").
 */
export function userSource(user: DirectoryUser, isSoftDeleted: boolean): SourceObject {
  return {
    ...user.attributes,
    objectId: user.id,
    accountEnabled: user.isAccountEnabled,
    manager: user.managerId ?? null,
    IsSoftDeleted: isSoftDeleted ? 'True' : 'False',
    appRoleAssignments: user.roles
      .filter(({ value }) => value !== '')
      .map(({ id, value, displayName }) => ({ id, value, displayName })),
  };
}

/** A group as expressions see it. Members are read page by page and are not among the attributes. */
export function groupSource(group: DirectoryGroup, isSoftDeleted: boolean): SourceObject {
  return { ...group.attributes, objectId: group.id, IsSoftDeleted: isSoftDeleted ? 'True' : 'False' };
}
