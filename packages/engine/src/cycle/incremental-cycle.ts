import type { JobState } from '../ports/engine-store.ts';
import type { CycleRun } from './cycle-run.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { processIds, retryEscrows } from './recover.ts';
import { resolveReferences } from './resolve-references.ts';
import { syncMembers } from './sync-members.ts';
import { tellProgress } from './tell-progress.ts';

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
    await processIds(run, { objectType: 'user', ids: changes.userIds });
    if (run.job.objects.group.isEnabled) {
      await processIds(run, { objectType: 'group', ids: changes.groupIds });
      await syncMembers(run, [...new Set([...changes.membershipGroupIds, ...changes.groupIds])]);
    }
    await resolveReferences(run);
    if (run.ports.isStopping()) return false;
    if (changes.next !== watermark) await lease.save({ ...state, watermark: changes.next });
    watermark = changes.next;
    if (changes.userIds.length + changes.groupIds.length > 0) tellProgress(run);
    if (changes.isLast) return true;
  }
}
