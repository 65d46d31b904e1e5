import type { CycleRun } from '../cycle/cycle-run.ts';
import { sentMembers, wantedMembers } from '../cycle/group-members.ts';
import { syncMembers } from '../cycle/sync-members.ts';
import { judgeCount } from '../guard/guard.ts';
import type { StagedItem } from './staged-item.ts';

/** What became of a group's members, and why. */
export interface MembersOutcome {
  readonly state: 'done' | 'refused' | 'held' | 'failed';
  readonly text: string;
}

/**
 * Carries out the membership changes of a plan: of each group only the members it names are looked at. When somebody of
 * them is no longer to come or go, nothing is sent for the group.
 */
export async function applyMembers(
  run: CycleRun,
  items: readonly StagedItem[],
): Promise<ReadonlyMap<StagedItem, MembersOutcome>> {
  const outcomes = new Map<StagedItem, MembersOutcome>();
  const planned = items.filter((item) => item.memberIds !== undefined);
  const leaving = planned.reduce((sum, item) => sum + (item.memberIds?.removed.length ?? 0), 0);
  const verdict = judgeCount('membershipRemovals', leaving, run.job.definition.guard ?? {});
  for (const item of planned) {
    const isHeld = verdict.do === 'hold' && (item.memberIds?.removed.length ?? 0) > 0;
    outcomes.set(item, isHeld ? { state: 'held', text: verdict.text } : await applyGroup(run, item));
  }
  return outcomes;
}

async function applyGroup(run: CycleRun, item: StagedItem): Promise<MembersOutcome> {
  const name = item.source.displayName;
  if (run.ports.isStopping()) return { state: 'refused', text: 'It was stopped before its turn came.' };
  const { store } = run.ports;
  const jobId = run.job.definition.id;
  const link = (await store.links(jobId, 'group', [item.source.id])).get(item.source.id);
  if (link === undefined || (item.targetId !== null && link.targetId !== item.targetId)) {
    return { state: 'refused', text: `${name} has another account in the app than when the plan was made, or none.` };
  }
  const { added = [], removed = [] } = item.memberIds ?? {};
  const among = [...added, ...removed];
  const wanted = (await wantedMembers(run, link, among)).targets;
  const sent = new Set(await sentMembers(run, link.sourceId, among));
  const isSame =
    added.every((id) => wanted.has(id) && !sent.has(id)) && removed.every((id) => !wanted.has(id) && sent.has(id));
  if (!isSame)
    return {
      state: 'refused',
      text: `The members of ${name} are not those of the plan any more, or somebody got no account.`,
    };
  const before = run.tally.counts().failed;
  await syncMembers(run, { groupIds: [link.sourceId], changed: new Map([[link.sourceId, among]]) });
  if (run.tally.counts().failed > before) return { state: 'failed', text: `The app refused the members of ${name}.` };
  return { state: 'done', text: `Added ${added.length} and removed ${removed.length} members.` };
}
