import type { DirectoryUser } from '@lockstep/engine/ports';

/** What a person or group of the directory is called: the display name, else the sign-in name, else the id. */
export function nameOf({ id, attributes }: Pick<DirectoryUser, 'id' | 'attributes'>): string {
  const name = attributes['displayName'] ?? attributes['userPrincipalName'];
  return typeof name === 'string' ? name : id;
}
