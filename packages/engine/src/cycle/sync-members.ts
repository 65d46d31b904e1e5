import type { PatchOperation } from '@lockstep/scim';
import { type Exchange, TargetError } from '@lockstep/scim/client';
import type { LogStep } from '../log/log-record.ts';
import { makeRecord } from '../log/make-record.ts';
import type { TargetPath } from '../mapping/target-path.ts';
import { MEMBER_BATCH_DEFAULT, planMembers } from '../plan/plan-references.ts';
import type { Link, PendingReference } from '../ports/engine-store.ts';
import type { CycleRun } from './cycle-run.ts';
import { failureOf } from './failure.ts';
import { openTrace } from './open-trace.ts';
import { passMembers } from './pass-members.ts';
import { endIfHopeless } from './process-page.ts';
import { referenceEscrowOf } from './settle.ts';

const PAGE = 1_000;

/**
 * Makes the membership of groups in the app equal to the directory's: only ids that come or go are sent, in batches
 * small enough for every app. Members without an account wait until they have one.
 */
export async function syncMembers(run: CycleRun, groupIds: readonly string[]): Promise<void> {
  const rules = run.job.objects.group;
  const row = rules.mapping.mappings.find((one) => one.path.name === 'members');
  if (!rules.isEnabled || row === undefined || groupIds.length === 0) return;
  const links = await run.ports.store.links(run.job.definition.id, 'group', groupIds);
  for (const link of links.values()) {
    if (run.ports.isStopping()) return;
    if (link.state === 'managed') await syncGroup(run, link, row.path);
  }
}

async function syncGroup(run: CycleRun, group: Link, path: TargetPath): Promise<void> {
  const wanted = await wantedMembers(run, group);
  const sent = await sentMembers(run, group.sourceId);
  const removedIds = sent.filter((id) => !wanted.targets.has(id));
  const removedTargets = await targetsOf(run, removedIds);
  const gate = await passMembers(run, group, { removedIds: [...removedTargets.keys()], wanted: wanted.targets });
  const sourceByTarget = new Map([...wanted.targets, ...removedTargets].map(([source, target]) => [target, source]));
  const current = sent.map((id) => wanted.targets.get(id) ?? removedTargets.get(id)).filter((id) => id !== undefined);
  // A member whose account is gone needs no request: the app has taken it out with the account.
  const goneIds = removedIds.filter((id) => !removedTargets.has(id));
  if (goneIds.length > 0) {
    await run.recordMembers({ groupId: group.sourceId, addedUserIds: [], removedUserIds: goneIds });
  }
  const keptTargets = gate.keptIds.map((id) => removedTargets.get(id)).filter((id) => id !== undefined);
  const batchMax = run.job.definition.memberBatchSize ?? MEMBER_BATCH_DEFAULT;
  const batches = planMembers(path, { current, wanted: [...wanted.targets.values(), ...keptTargets] }, batchMax);
  for (const batch of batches) {
    const sources = (ids: readonly string[]): readonly string[] =>
      ids.map((id) => sourceByTarget.get(id)).filter((id) => id !== undefined);
    const change = { added: sources(batch.addedIds), removed: sources(batch.removedIds), operations: batch.operations };
    if (!(await sendBatch(run, group, change))) return;
  }
  await run.record([
    {
      objectType: 'group',
      sourceId: group.sourceId,
      pending: wanted.waiting,
      referenceEscrow: null,
      unstaged: gate.unstaged,
    },
  ]);
}

interface WantedMembers {
  /** Source id -> account id. */
  readonly targets: ReadonlyMap<string, string>;
  readonly waiting: readonly PendingReference[];
}

async function wantedMembers(run: CycleRun, group: Link): Promise<WantedMembers> {
  const targets = new Map<string, string>();
  const waiting: PendingReference[] = [];
  let after: string | undefined;
  for (;;) {
    const page = { limit: PAGE, ...(after === undefined ? {} : { after }) };
    const ids = await run.ports.directory.memberIds(group.sourceId, page);
    const links = await run.ports.store.links(run.job.definition.id, 'user', ids);
    for (const id of ids) {
      const link = links.get(id);
      if (link?.state === 'managed') targets.set(id, link.targetId);
      else waiting.push({ objectType: 'group', sourceId: group.sourceId, attribute: 'members', referencedId: id });
    }
    if (ids.length < PAGE) return { targets, waiting };
    after = ids.at(-1);
  }
}

async function sentMembers(run: CycleRun, groupId: string): Promise<readonly string[]> {
  const all: string[] = [];
  let after: string | undefined;
  for (;;) {
    const page = { limit: PAGE, ...(after === undefined ? {} : { after }) };
    const ids = await run.ports.store.sentMembers(run.job.definition.id, groupId, page);
    all.push(...ids);
    if (ids.length < PAGE) return all;
    after = ids.at(-1);
  }
}

async function targetsOf(run: CycleRun, sourceIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const links = await run.ports.store.links(run.job.definition.id, 'user', sourceIds);
  return new Map([...links].map(([id, link]) => [id, link.targetId]));
}

interface BatchChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly operations: readonly PatchOperation[];
}

/** Adding a member that is there and removing one that is not are no errors, so a batch may be sent again after a crash. */
async function sendBatch(run: CycleRun, group: Link, change: BatchChange): Promise<boolean> {
  const startedMs = run.ports.clock.nowMs();
  const name = group.view['displayName'];
  const subject = {
    objectType: 'group',
    id: group.sourceId,
    displayName: typeof name === 'string' ? name : group.sourceId,
  } as const;
  const trace = openTrace(run.ports);
  try {
    await trace.ports.client.update(run.job.objects.group.endpoint, group.targetId, { operations: change.operations });
    await run.recordMembers({
      groupId: group.sourceId,
      addedUserIds: change.added,
      removedUserIds: change.removed,
    });
    const text = `Added ${change.added.length} and removed ${change.removed.length} members.`;
    const properties = [{ attribute: 'members', oldValue: listText(change.removed), newValue: listText(change.added) }];
    const facts = { action: 'update', status: 'success', targetId: group.targetId, changes: properties } as const;
    const log = makeRecord(run, subject, {
      ...facts,
      steps: [memberStep('success', text)],
      startedMs,
      wire: trace.exchanges,
    });
    run.tally.add('updated');
    await run.record([{ objectType: 'group', sourceId: group.sourceId, log }]);
    return true;
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    await recordFailure(run, { group, subject, error, startedMs, wire: trace.exchanges });
    endIfHopeless(run, error);
    return false;
  }
}

/** The group comes back through the escrow: its members are compared again then. */
async function recordFailure(
  run: CycleRun,
  failed: {
    readonly group: Link;
    readonly subject: Parameters<typeof makeRecord>[1];
    readonly error: TargetError;
    readonly startedMs: number;
    readonly wire: readonly Exchange[];
  },
): Promise<void> {
  const failure = failureOf(failed.error);
  run.tally.add('failed');
  const log = makeRecord(run, failed.subject, {
    action: 'update',
    status: 'failure',
    targetId: failed.group.targetId,
    error: { code: failure.code, reason: failure.text },
    steps: [memberStep('failure', failure.text)],
    startedMs: failed.startedMs,
    wire: failed.wire,
  });
  const referenceEscrow = referenceEscrowOf(run, failed.subject, failure);
  await run.record([{ objectType: 'group', sourceId: failed.group.sourceId, referenceEscrow, log }]);
}

function memberStep(status: 'success' | 'failure', description: string): LogStep {
  return { name: 'EntryExportUpdate', type: 'referenceResolution', status, description };
}

function listText(ids: readonly string[]): string | null {
  return ids.length === 0 ? null : ids.join(', ');
}
