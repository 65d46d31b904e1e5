import type { CycleRun } from '../cycle/cycle-run.ts';
import { targetsOf } from '../cycle/group-members.ts';
import type { LogRecord } from '../log/log-record.ts';
import { MEMBER_BATCH_DEFAULT, planMembers } from '../plan/plan-references.ts';
import type { Link } from '../ports/engine-store.ts';

/** Members of a group, by source ids, as undoing a cycle changes them. */
export interface MembersBack {
  /** Whom the cycle took out. */
  readonly add: readonly string[];
  /** Whom the cycle brought in. */
  readonly remove: readonly string[];
}

export const MEMBERS = 'members';

/** What the log of a cycle says about a group's members, turned round; whoever came and went again is left out. */
export function membersBack(records: readonly LogRecord[]): MembersBack | undefined {
  const add = new Set<string>();
  const remove = new Set<string>();
  const changes = records.flatMap((one) => one.modifiedProperties.filter(({ displayName }) => displayName === MEMBERS));
  for (const { oldValue, newValue } of changes) {
    for (const id of idsOf(newValue)) if (!add.delete(id)) remove.add(id);
    for (const id of idsOf(oldValue)) if (!remove.delete(id)) add.add(id);
  }
  return add.size + remove.size === 0 ? undefined : { add: [...add], remove: [...remove] };
}

function idsOf(text: string | null): readonly string[] {
  return text === null ? [] : text.split(', ');
}

/** Sends members back; tells whose account is gone and who therefore stays as they are. */
export async function sendMembersBack(run: CycleRun, group: Link, back: MembersBack): Promise<readonly string[]> {
  const rules = run.job.objects.group;
  const path = rules.mapping.mappings.find((row) => row.path.name === MEMBERS)?.path;
  if (path === undefined) return [...back.add, ...back.remove];
  const targets = await targetsOf(run, [...back.add, ...back.remove]);
  const sources = new Map([...targets].map(([source, target]) => [target, source]));
  const known = (ids: readonly string[]): readonly string[] =>
    ids.flatMap((id) => {
      const target = targets.get(id);
      return target === undefined ? [] : [target];
    });
  const batchMax = run.job.definition.memberBatchSize ?? MEMBER_BATCH_DEFAULT;
  const change = { current: known(back.remove), wanted: known(back.add) };
  const sourcesOf = (ids: readonly string[]): readonly string[] => ids.flatMap((id) => sources.get(id) ?? []);
  for (const batch of planMembers(path, change, batchMax)) {
    await run.keepLease();
    await run.ports.client.update(rules.endpoint, group.targetId, { operations: batch.operations });
    await run.recordMembers({
      groupId: group.sourceId,
      addedUserIds: sourcesOf(batch.addedIds),
      removedUserIds: sourcesOf(batch.removedIds),
    });
  }
  return [...back.add, ...back.remove].filter((id) => !targets.has(id));
}
