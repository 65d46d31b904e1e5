import { type DirectoryType, RECYCLE_BIN } from './directory-schema.ts';

/** What a search box and its switches ask for. */
export interface DirectorySearch {
  /** A filter of one's own, which has to hold as well. */
  readonly filter?: string | undefined;
  /** The beginning of a name or address, without regard to case. */
  readonly search?: string | undefined;
  /** `deleted` = in the recycle bin. */
  readonly state?: 'enabled' | 'disabled' | 'deleted' | undefined;
}

const NAMES: Readonly<Record<DirectoryType, readonly string[]>> = {
  User: ['displayName', 'userPrincipalName', 'mail', 'employeeId'],
  Group: ['displayName', 'mail'],
};

/** The SCIM filter of a search (RFC 7644 §3.4.2.2); `undefined` = everybody. Texts are quoted as JSON, which SCIM's strings are. */
export function searchFilter(type: DirectoryType, { filter, search, state }: DirectorySearch): string | undefined {
  const text = search?.trim() ?? '';
  // In the recycle bin the sign-in name is given free, and no index knows it any more.
  const names = NAMES[type].filter((name) => state !== 'deleted' || name !== 'userPrincipalName');
  const parts = [
    filter === undefined ? '' : `(${filter})`,
    text === '' ? '' : `(${names.map((name) => `${name} sw ${JSON.stringify(text)}`).join(' or ')})`,
    state === 'disabled' ? 'accountEnabled eq false' : '',
    state === 'deleted' ? `${RECYCLE_BIN} eq "yes"` : '',
    state === 'enabled' ? 'not (accountEnabled eq false)' : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? undefined : parts.join(' and ');
}
