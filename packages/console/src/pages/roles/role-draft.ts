import type { AppRoleShape } from 'lockstep/admin-api/answers';

/** A role as it stands in the form. */
export interface RoleDraft {
  readonly value: string;
  readonly displayName: string;
  readonly description: string;
  readonly isEnabled: boolean;
  readonly forUsers: boolean;
  readonly forGroups: boolean;
}

/** What is wrong with a draft, by the name of its phrase. */
export type RoleFault = 'noValue' | 'taken' | 'noMembers';

export const emptyRole: RoleDraft = {
  value: '',
  displayName: '',
  description: '',
  isEnabled: true,
  forUsers: true,
  forGroups: true,
};

/** The form of a role that exists. */
export function draftOfRole({
  value,
  displayName,
  description,
  isEnabled,
  allowedMemberTypes,
}: AppRoleShape): RoleDraft {
  return {
    value,
    displayName,
    description,
    isEnabled,
    forUsers: allowedMemberTypes.includes('User'),
    forGroups: allowedMemberTypes.includes('Group'),
  };
}

/** @param taken values of the app's other roles */
export function roleFault(draft: RoleDraft, taken: readonly string[]): RoleFault | undefined {
  const value = draft.value.trim();
  if (value === '') return 'noValue';
  if (taken.includes(value)) return 'taken';
  return draft.forUsers || draft.forGroups ? undefined : 'noMembers';
}

/** A role as it is declared. */
export type DeclaredRole = Omit<AppRoleShape, 'id' | 'isEnabled'> & { readonly enabled: boolean };

/** What the server is sent. A role without a name is called by its value. */
export function roleToSave(draft: RoleDraft): DeclaredRole {
  const value = draft.value.trim();
  return {
    value,
    displayName: draft.displayName.trim() === '' ? value : draft.displayName.trim(),
    description: draft.description.trim(),
    enabled: draft.isEnabled,
    allowedMemberTypes: [...(draft.forUsers ? ['User' as const] : []), ...(draft.forGroups ? ['Group' as const] : [])],
  };
}
