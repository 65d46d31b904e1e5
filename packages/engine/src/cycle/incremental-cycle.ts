import type { DirectoryChanges } from '../ports/directory.ts';
import type { JobState } from '../ports/engine-store.ts';
import type { CycleRun } from './cycle-run.ts';
import { settleDoubts } from './doubts.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { processIds, retryEscrows } from './recover.ts';
import { resolveReferences } from './resolve-references.ts';
import { type MemberSync, syncMembers } from './sync-members.ts';
import { tellProgress } from './tell-progress.ts';
import { tellUnresolved } from './unresolved.ts';

const FEED_PAGE = 1_000;

/**
 * Handles what changed in the directory since the watermark, then what waits. Without a change it reads one empty page
 * and sends nothing.
 *
 * @returns false when the cycle was asked to stop
 */
export async function runIncremental(run: CycleRun, lease: LeaseKeeper, state: JobState): Promise<boolean> {
  const { directory } = run.ports;
  const appId = run.job.definition.id;
  // An initial cycle has just been through everybody.
  if (run.kind === 'incremental') await retryEscrows(run);
  let { watermark } = state;
  for (;;) {
    if (run.ports.isStopping()) return false;
    const changes = await directory.changes(appId, watermark, FEED_PAGE);
    await processChanges(run, changes);
    if (run.ports.isStopping()) return false;
    if (changes.next !== watermark) await lease.save({ ...state, watermark: changes.next });
    watermark = changes.next;
    if (changes.userIds.length + changes.groupIds.length > 0) tellProgress(run);
    if (changes.isLast) return true;
  }
}

async function processChanges(run: CycleRun, changes: DirectoryChanges): Promise<void> {
  await processIds(run, { objectType: 'user', ids: changes.userIds });
  if (run.job.objects.group.isEnabled) {
    await processIds(run, { objectType: 'group', ids: changes.groupIds });
    await syncMembers(run, membersOf(changes));
  }
  await settleDoubts(run);
  await resolveReferences(run);
  if (changes.isLast) await tellUnresolved(run);
}

/** A group that changed itself, or that a group came into or left, is compared as a whole, the others by the members that came or went. */
function membersOf(changes: DirectoryChanges): MemberSync {
  const whole = new Set([...changes.groupIds, ...changes.regroupedIds]);
  const changed = new Map([...changes.memberChanges].filter(([groupId]) => !whole.has(groupId)));
  return { groupIds: [...new Set([...changes.memberChanges.keys(), ...whole])], changed };
}
