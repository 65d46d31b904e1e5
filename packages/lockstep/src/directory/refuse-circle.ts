import { LockstepError } from '../lockstep-error.ts';
import type { DirectoryReads } from './directory-reads.ts';

/**
 * Refuses members that would let a group hold itself.
 *
 * @param holders of the members to add, those that are the group itself or hold it already
 * @throws {LockstepError} `conflict`, naming each
 */
export async function refuseCircle(
  directory: Pick<DirectoryReads, 'get'>,
  groupId: string,
  holders: readonly string[],
): Promise<void> {
  if (holders.length === 0) return;
  const nameOf = async (id: string): Promise<string> =>
    JSON.stringify((await directory.get('Group', id))?.attributes['displayName'] ?? id);
  const group = await nameOf(groupId);
  const issues = await Promise.all(
    holders.map(async (place) => ({
      place,
      message: sentence(group, place === groupId ? undefined : await nameOf(place)),
    })),
  );
  const hint = 'Groups that hold each other would never come to an end. Take one out of the other first.';
  throw new LockstepError('conflict', issues[0]?.message ?? '', { hint, issues });
}

function sentence(group: string, holder: string | undefined): string {
  if (holder === undefined) return `${group} cannot be a member of itself`;
  return `${holder} cannot be a member of ${group}: ${group} is within it already`;
}
