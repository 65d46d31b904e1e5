import type { Link } from '../ports/engine-store.ts';
import type { CycleRun } from './cycle-run.ts';

/** Which members may be taken out of a group. */
export interface MemberGate {
  /** Source ids of members that stay in the group for now. */
  readonly keptIds: readonly string[];
  /** Some of them wait for the guard to count the whole cycle. */
  readonly isCounting: boolean;
  /** Staged removals that are carried out with this change, or no longer true. */
  readonly unstaged: readonly string[];
}

/** Members that would leave a group, against what the guard holds and counts (rule DEL-1). */
export async function passMembers(
  run: CycleRun,
  group: Link,
  change: {
    readonly removedIds: readonly string[];
    /** Members that were looked at; absent = all. */
    readonly among?: ReadonlySet<string>;
  },
): Promise<MemberGate> {
  const { removedIds } = change;
  const staged = run.hasStaged
    ? (await run.ports.store.stagedOf(run.job.definition.id, 'group', [group.sourceId])).filter(isMembership)
    : [];
  const decided = new Map(staged.map((one) => [one.memberId, one]));
  const isCounted = run.heldBack !== undefined && run.job.definition.guard?.maxMembershipRemovals !== undefined;
  const newIds = isCounted ? removedIds.filter((id) => !decided.has(id)) : [];
  if (newIds.length > 0) {
    run.heldBack?.push({ kind: 'membership', objectType: 'group', sourceId: group.sourceId, memberIds: newIds });
  }
  const waitingIds = removedIds.filter((id) => decided.has(id) && decided.get(id)?.state !== 'approved');
  const leaving = new Set(removedIds);
  const isSettled = (id: string): boolean =>
    change.among?.has(id) !== false && (!leaving.has(id) || decided.get(id)?.state === 'approved');
  return {
    keptIds: [...newIds, ...waitingIds],
    isCounting: newIds.length > 0,
    unstaged: staged.filter((one) => isSettled(one.memberId)).map((one) => one.id),
  };
}

function isMembership<Removal extends { readonly kind: string; readonly memberId?: string }>(
  removal: Removal,
): removal is Removal & { readonly memberId: string } {
  return removal.kind === 'membership' && removal.memberId !== undefined;
}
