import type { PatchOperation } from '@lockstep/scim';
import { type Exchange, TargetError } from '@lockstep/scim/client';
import type { LogStep } from '../log/log-record.ts';
import { makeRecord } from '../log/make-record.ts';
import type { TargetPath } from '../mapping/target-path.ts';
import { MEMBER_BATCH_DEFAULT, planMembers } from '../plan/plan-references.ts';
import type { Link, PendingReference } from '../ports/engine-store.ts';
import type { CycleRun } from './cycle-run.ts';
import { failureOf } from './failure.ts';
import { relearnMembers, sentMembers, targetsOf, wantedMembers } from './group-members.ts';
import { openTrace } from './open-trace.ts';
import { passMembers } from './pass-members.ts';
import { endIfHopeless } from './process-page.ts';
import { awaitingGuard, isFirstTime, referenceEscrowOf } from './settle.ts';
import { namesOf, unresolvedRecord } from './unresolved.ts';

/** Groups whose members are to be compared. */
export interface MemberSync {
  readonly groupIds: readonly string[];
  /** Of a group named here only these members are compared: they are what changed. */
  readonly changed?: ReadonlyMap<string, readonly string[]>;
  /** Groups whose last request was never answered. */
  readonly uncertain?: ReadonlySet<string>;
}

/**
 * Makes the membership of groups in the app equal to the directory's: only ids that come or go are sent, in batches
 * small enough for every app. Members without an account wait until they have one.
 */
export async function syncMembers(run: CycleRun, sync: MemberSync): Promise<void> {
  const { groupIds } = sync;
  const rules = run.job.objects.group;
  const row = rules.mapping.mappings.find((one) => one.path.name === 'members');
  if (!rules.isEnabled || row === undefined || groupIds.length === 0) return;
  const { store } = run.ports;
  const jobId = run.job.definition.id;
  const links = await store.links(jobId, 'group', groupIds);
  const escrows = new Map((await store.referenceEscrows(jobId, 'group', groupIds)).map((one) => [one.sourceId, one]));
  for (const link of links.values()) {
    if (run.ports.isStopping()) return;
    const escrow = escrows.get(link.sourceId);
    const isInDoubt = sync.uncertain?.has(link.sourceId) === true || run.doubts.of('group', link.sourceId).length > 0;
    const isUncertain = isInDoubt || (escrow !== undefined && !isFirstTime(escrow));
    const among = isUncertain || escrow !== undefined ? undefined : sync.changed?.get(link.sourceId);
    if (link.state === 'managed') await syncGroup(run, { group: link, path: row.path, among, isUncertain });
  }
}

interface GroupSync {
  readonly group: Link;
  readonly path: TargetPath;
  readonly among: readonly string[] | undefined;
  readonly isUncertain: boolean;
}

async function syncGroup(run: CycleRun, sync: GroupSync): Promise<void> {
  const { group } = sync;
  const startedMs = run.ports.clock.nowMs();
  const before = await run.ports.store.pendingReferences(run.job.definition.id, 'group', [group.sourceId]);
  // What waits is stored as a whole: a list that was cut cannot be changed in part.
  const among = before.length < PENDING_MAX ? sync.among : undefined;
  const trace = openTrace(run.ports, run.keepLease);
  try {
    if (sync.isUncertain) await relearnMembers({ ...run, ports: trace.ports }, group);
    const planned = await planGroup(run, { ...sync, among });
    if (!(await sendAll(run, group, planned))) return;
    await recordSynced(run, group, { planned, before, among });
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    const subject = subjectOf(group);
    await recordFailure(run, { group, subject, error, startedMs, wire: trace.exchanges, memberIds: [] });
    endIfHopeless(run, error);
  }
}

/** The store gives so many at most. */
const PENDING_MAX = 1_000;

interface PlannedGroup {
  readonly changes: readonly BatchChange[];
  readonly waiting: readonly PendingReference[];
  readonly unstaged: readonly string[];
  readonly isCounting: boolean;
}

async function planGroup(run: CycleRun, { group, path, among }: GroupSync): Promise<PlannedGroup> {
  const wanted = await wantedMembers(run, group, among);
  const sent = await sentMembers(run, group.sourceId, among);
  const removedIds = sent.filter((id) => !wanted.targets.has(id));
  const removedTargets = await targetsOf(run, removedIds);
  const asked = among === undefined ? {} : { among: new Set(among) };
  const gate = await passMembers(run, group, { removedIds: [...removedTargets.keys()], ...asked });
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
  const sources = (ids: readonly string[]): readonly string[] =>
    ids.map((id) => sourceByTarget.get(id)).filter((id) => id !== undefined);
  return {
    changes: batches.map((batch) => ({
      added: sources(batch.addedIds),
      removed: sources(batch.removedIds),
      operations: batch.operations,
    })),
    waiting: wanted.waiting,
    unstaged: gate.unstaged,
    isCounting: gate.isCounting,
  };
}

/** The intent stays open until the last batch: after a crash the app is asked which members it has. */
async function sendAll(run: CycleRun, group: Link, { changes }: PlannedGroup): Promise<boolean> {
  if (changes.length === 0) return true;
  const { sourceId, targetId } = group;
  const { clock, random } = run.ports;
  const intent = { id: random.guid(), objectType: 'group', sourceId, action: 'update', targetId } as const;
  await run.journal([{ ...intent, atMs: clock.nowMs() }]);
  let isSent = true;
  for (const change of changes) {
    await run.keepLease();
    isSent = await sendBatch(run, group, change);
    if (!isSent) break;
  }
  await run.record([{ objectType: 'group', sourceId, intentId: intent.id }]);
  return isSent;
}

interface Synced {
  readonly planned: PlannedGroup;
  readonly before: readonly PendingReference[];
  readonly among: readonly string[] | undefined;
}

async function recordSynced(run: CycleRun, group: Link, { planned, before, among }: Synced): Promise<void> {
  const asked = new Set(among);
  const others = among === undefined ? [] : before.filter((one) => !asked.has(one.referencedId));
  const known = new Set(before.map((one) => one.referencedId));
  const fresh = planned.waiting.filter((one) => !known.has(one.referencedId));
  const log = fresh.length === 0 ? {} : { log: await unresolvedRecord(run, subjectOf(group), fresh) };
  await run.record([
    {
      objectType: 'group',
      sourceId: group.sourceId,
      pending: [...others, ...planned.waiting],
      referenceEscrow: planned.isCounting ? awaitingGuard(run, subjectOf(group)) : null,
      unstaged: planned.unstaged,
      ...log,
    },
  ]);
}

function subjectOf(group: Link): { objectType: 'group'; id: string; displayName: string } {
  const name = group.view['displayName'];
  const displayName = typeof name === 'string' ? name : group.sourceId;
  return { objectType: 'group', id: group.sourceId, displayName };
}

interface BatchChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly operations: readonly PatchOperation[];
}

/** Adding a member that is there and removing one that is not are no errors, so a batch may be sent again after a crash. */
async function sendBatch(run: CycleRun, group: Link, change: BatchChange): Promise<boolean> {
  const startedMs = run.ports.clock.nowMs();
  const subject = subjectOf(group);
  const trace = openTrace(run.ports, run.keepLease);
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
    const memberIds = [...change.added, ...change.removed];
    await recordFailure(run, { group, subject, error, startedMs, wire: trace.exchanges, memberIds });
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
    /** Whom the request was about. */
    readonly memberIds: readonly string[];
  },
): Promise<void> {
  const failure = failureOf(failed.error);
  run.tally.add('failed');
  const log = makeRecord(run, failed.subject, {
    action: 'update',
    status: 'failure',
    targetId: failed.group.targetId,
    error: { code: failure.code, reason: failure.text },
    steps: [memberStep('failure', failure.text, await namesDetail(run, failed.memberIds))],
    startedMs: failed.startedMs,
    wire: failed.wire,
  });
  const referenceEscrow = referenceEscrowOf(run, failed.subject, failure);
  await run.record([{ objectType: 'group', sourceId: failed.group.sourceId, referenceEscrow, log }]);
}

function memberStep(status: 'success' | 'failure', description: string, details: LogStep['details'] = {}): LogStep {
  const step = { name: 'EntryExportUpdate', type: 'referenceResolution', status, description } as const;
  return Object.keys(details).length === 0 ? step : { ...step, details };
}

async function namesDetail(run: CycleRun, memberIds: readonly string[]): Promise<Readonly<Record<string, string>>> {
  return memberIds.length === 0 ? {} : { Members: await namesOf(run, memberIds) };
}

function listText(ids: readonly string[]): string | null {
  return ids.length === 0 ? null : ids.join(', ');
}
